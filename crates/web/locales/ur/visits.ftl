desk-title = آج کی کھڑکی
desk-nobody = کوئی انتظار میں نہیں
desk-nobody-next = اگلا ٹوکن جاری کریں، یا پہلے آئے ہوئے خاندان کو تلاش کریں۔
desk-waiting = انتظار میں اور زیرِ خدمت
desk-minutes = منٹ
desk-state = حال
desk-served = خدمت جاری ہے
desk-waits = انتظار میں
desk-today = آج کے دورے
token-word = ٹوکن
token-number = ٹوکن { $number }
token-counter = کاؤنٹر
token-topic = آنے کی وجہ
token-language = زبان
token-issue = ٹوکن جاری کریں
token-issue-button = ٹوکن جاری کریں
token-counter-missing = کاؤنٹر منتخب کریں۔
token-topic-missing = آنے کی وجہ منتخب کریں۔
token-language-missing = آنے والے کی زبان منتخب کریں۔
visit-this = یہ دورہ
visit-the-visit = دورہ
visit-steps = اس دورے کے مرحلے
visit-nobody-yet = ابھی اندراج نہیں ہوا
visit-waiting = { $minutes ->
    [0] ابھی ابھی
    [one] 1 منٹ سے
   *[other] { $minutes } منٹ سے
  }
visit-over = یہ دورہ ختم ہو چکا
visit-call = یہاں خدمت کریں
visit-end = دورہ ختم کریں
step-is-done = ، مکمل
token-issued = ٹوکن { $number } جاری ہو گیا۔
