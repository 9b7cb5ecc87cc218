# What a family can ask for its own file: the status read aloud, who looked, and taking consent back.
place-status = فون
status-title = صورتِ حال پڑھ کر سنائیں
status-lead = کوئی فون کرتا ہے یا آتا ہے اور رسید کا کوڈ بتاتا ہے۔ پوچھیں کہ کون ہے، اور پرچی کا خفیہ نمبر یا خاندان کے کسی فرد کا شناختی کارڈ نمبر بھی۔
status-secret-hint = چھ ہندسے، جیسے فون کرنے والا بتائے۔
status-number = یا: خاندان کے کسی فرد کا کارڈ نمبر
status-number-hint = جیسے فون کرنے والا بتائے۔ اسے فائل سے ملایا جاتا ہے، دکھایا نہیں جاتا۔ غیر واضح الفاظ والی رسید صرف خفیہ نمبر سے کھلتی ہے۔
status-language = فون کرنے والے کی زبان
status-language-family = خاندان کی زبان
status-button = دکھائیں کہ کیا پڑھنا ہے
status-proof-missing = خفیہ نمبر یا کارڈ نمبر پوچھیں: صرف کوڈ پر کسی کو کچھ نہیں بتایا جاتا۔
status-wrong = یہ آپس میں نہیں ملتا۔ کوڈ دہرا کر سنائیں اور دوسرا ثبوت پوچھیں؛ یا انہیں مرکز آنے کو کہیں۔
status-wait = { $seconds ->
    [one] بہت سے غلط کوڈ۔ اگلے سے پہلے ایک سیکنڈ رکیں۔
   *[other] بہت سے غلط کوڈ۔ اگلے سے پہلے { $seconds } سیکنڈ رکیں۔
  }
status-read-aloud = یہ پڑھ کر سنائیں:
status-own = یہی بات آپ کی زبان میں
status-only-this = فون پر اور کچھ نہ بتائیں۔ لکھا جاتا ہے کہ یہ پڑھ کر سنایا گیا۔
status-another = اگلا فون
status-nothing = اس رسید پر کچھ درج نہیں۔ رسید لے کر مرکز آئیں۔
status-stands = { $title }: { $status }۔ { $next } { $until }
status-until = مدت: { $date } تک۔
status-bring = جو باقی ہے وہ کسی بھی مرکز میں لائیں: { $papers }۔
purpose-call = فون پر
read-status = پڑھ کر سنائی گئی صورتِ حال
read-receipt = رسید
read-papers = کاغذات کی فہرست
looked-title = یہ فائل کس نے دیکھی
looked-lead = اس خاندان کی فائل، کاغذات اور درخواستیں ہر بار کس دفتر نے کھولیں۔ نئی پہلے۔
looked-link = یہ فائل کس نے دیکھی
looked-sheet = خاندان کے لیے چھاپیں
looked-back = خاندان پر واپس
looked-none = ابھی تک کسی نے نہیں دیکھی
looked-none-next = جو فائل کھولے وہ یہاں نظر آئے گا۔
looked-when = کب
looked-who = کس نے
looked-what = کیا
looked-why = کیوں
looked-centre = ون ونڈو مرکز { $place }
looked-department = { $operator }، { $place }
looked-office = ایک دفتر
looked-by-name = افسروں کے نام آڈیٹر کو معلوم ہیں۔ جسے لگے کہ دیکھنا درست نہ تھا وہ کسی بھی مرکز میں یا ٹریکنگ کے صفحے پر شکایت کر سکتا ہے۔
looked-after = فہرست کے بعد
looked-days = کس نے دیکھا
looked-days-lead = ان دنوں میں کسی دفتر نے اس رسید کی چیزیں کھولیں۔ افسروں کے نام آڈیٹر کو معلوم ہیں۔
looked-days-back = درخواست کہاں پہنچی
looked-line = { $who }: { $what }
withdraw-title = رضامندی واپس لینا
withdraw-lead = پہلے خاندان کو بتائیں کہ ہر ایک کا کیا نتیجہ ہوگا۔ محفوظ کرنے تک کچھ واپس نہیں لیا جاتا۔
withdraw-link = رضامندی واپس لیں
withdraw-nothing = کسی بات پر رضامندی نہیں دی گئی، اس لیے واپس لینے کو کچھ نہیں۔
withdraw-which = خاندان کیا واپس لیتا ہے؟
withdraw-none = چنیں کہ کیا واپس لیا جاتا ہے، یا صفحہ چھوڑ دیں۔
withdraw-save = چنا ہوا واپس لیں
withdraw-keep = اب نہ کچھ پوچھا جائے گا نہ درخواست دی جائے گی۔ فائل بند رہے گی جب تک دو افسر اسے مٹانے کا فیصلہ نہ کریں۔
withdraw-forward = محکموں کو اب کچھ نہیں بھیجا جائے گا۔
withdraw-verify = نمبر اور کاغذ جاری کرنے والے دفتر سے نہیں پوچھے جائیں گے۔ محکمے اس کے بجائے کاغذ مانگ سکتے ہیں۔
withdraw-message = اب کوئی پیغام نہیں بھیجا جائے گا۔
withdraw-open = { $count ->
    [0] کوئی درخواست جواب کی منتظر نہیں۔
    [one] ایک درخواست جواب کی منتظر ہے۔ محکمہ اس پر کام جاری رکھے گا جب تک خاندان اسے ”درخواستیں“ کے مرحلے پر واپس نہ لے۔
   *[other] { $count } درخواستیں جواب کی منتظر ہیں۔ محکمے ان پر کام جاری رکھیں گے جب تک خاندان انہیں ”درخواستیں“ کے مرحلے پر واپس نہ لے۔
  }
withdraw-unsent = { $count ->
    [0] بھیجنے کو کچھ باقی نہیں۔
    [one] ایک پیغام باقی ہے، وہ نہیں بھیجا جائے گا۔
   *[other] { $count } پیغام باقی ہیں، وہ نہیں بھیجے جائیں گے۔
  }
people-done-withdrawn = اب سے واپس لے لیا گیا۔ اس کا نتیجہ فوراً لاگو ہے۔
