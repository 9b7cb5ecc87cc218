# خدمت کے مقامات، عوامی صفحات کے الفاظ، اور لوگ کیا پوچھتے ہیں۔
place-sites = مدد کے مقامات
place-texts = صفحات کے الفاظ
sites-title = مدد کہاں ہے
sites-district = ضلع
sites-any-district = تمام اضلاع
sites-service = وہاں کیا ملتا ہے
sites-any-service = کچھ بھی
sites-spoken = بولی جانے والی زبان
sites-any-spoken = کوئی بھی زبان
sites-open-now = ابھی کھلا، یا اوقات معلوم نہیں
sites-show = دکھائیں
sites-all = سب دکھائیں
sites-near-me = میرے قریب ترین
sites-nearest = آپ کے قریب ترین
sites-near-refused = فون نے جگہ نہیں بتائی۔ اپنا ضلع چنیں۔
sites-km = تقریباً % کلومیٹر
sites-map = نقشہ: جگہ چنیں
sites-count = { $count ->
    [0] کوئی مقام نہیں۔
    [one] ایک مقام۔
   *[other] { $count } مقامات۔
  }
sites-off-map = { $count ->
    [one] ایک نقشے پر نہیں: اس کی جگہ ناپی نہیں گئی۔
   *[other] { $count } نقشے پر نہیں: ان کی جگہ ناپی نہیں گئی۔
  }
sites-none = کوئی مقام نہیں ملا
sites-none-next = سب دکھائیں، یا کسی مرکز سے پوچھیں: وہ اس فہرست سے زیادہ جانتا ہے۔
sites-in = { $district } میں
sites-further = دور کے مقامات، قریب ترین پہلے
site-open-until = ابھی کھلا ہے، { $time } تک
site-opens-at = ابھی بند ہے، آج { $time } پر کھلے گا
site-shut-now = آج کے لیے بند
site-holiday = سرکاری تعطیل: جانے سے پہلے فون کریں
site-hours-unknown = اوقات معلوم نہیں: جانے سے پہلے فون کریں
site-near = 1 کلومیٹر سے کم
site-far = تقریباً { $km } کلومیٹر
site-beds = { $count ->
    [one] ایک بستر
   *[other] { $count } بستر
  }
site-seats = { $count ->
    [one] ایک نشست
   *[other] { $count } نشستیں
  }
site-families = { $count ->
    [one] روزانہ ایک گھرانہ
   *[other] روزانہ { $count } گھرانے
  }
site-day-closed = بند
site-demo = نمونہ: فرضی
site-today = آج
site-week = کھلنے کے اوقات
site-way = وہاں کا راستہ
site-way-phone = فون کے نقشے پر راستہ دکھائیں
site-name = نام
site-address = کہاں ہے
site-note = مفید بات
site-phone = فون
site-capacity = بستر، نشستیں یا روزانہ گھرانے
site-capacity-hint = جیسا مقام بتائے؛ نہ بتائے تو خالی چھوڑیں۔
site-capacity-wrong = پورا عدد لکھیں۔
site-centre-name = ون ونڈو مرکز، { $district }
site-field-kind = یہ کیا ہے
site-kind-missing = چنیں کہ یہ کیا ہے۔
site-district-missing = ضلع چنیں۔
site-name-missing = انگریزی میں نام لکھیں۔
site-service-missing = کم از کم ایک چیز پر نشان لگائیں جو وہاں ملتی ہے۔
site-point = محل وقوع (درجے)
site-point-hint = پہلے شمال پھر مشرق، درجوں میں۔ ناپا نہ ہو تو خالی چھوڑیں۔ مثلاً 34.0158, 71.9812
site-point-shape = درجوں کے دو عدد لکھیں، جیسے 34.0158, 71.9812۔
site-point-elsewhere = یہ مقام پاکستان میں نہیں۔ پہلے شمال، پھر مشرق۔
site-hours-hint = مثلاً 9:00-12:30, 14:00-17:00۔ خالی دن بند ہے؛ ساتوں خالی ہوں تو معلوم نہیں۔
site-hours-shape = اوقات یوں لکھیں: 9:00-12:30, 14:00-17:00۔
site-hours-order = ہر وقفہ شروع کے بعد اور اگلے سے پہلے ختم ہو۔
site-spoken-hint = معلوم نہ ہو تو سب خالی چھوڑیں۔
site-centre = اس نظام کا مرکز
site-centre-hint = صرف ون ونڈو مرکز کے لیے۔
site-demo-box = فرضی، نمونے کے لیے: ہر جگہ یوں ہی نشان زدہ
site-never-refuge = خواتین کی پناہ گاہ کبھی درج نہ کریں: اس کی جگہ خفیہ ہے۔
site-new = مقام شامل کریں
site-save = محفوظ کریں
site-see = پہلے دیکھیں
site-preview = جیسے لوگ دیکھیں گے
site-preview-hint = ابھی محفوظ نہیں ہوا۔
site-reason = یہ کیوں بدلا جا رہا ہے؟
site-reason-hint = یہ تاریخ میں رہتا ہے۔
site-reason-missing = لکھیں کہ یہ کیوں بدلا جا رہا ہے۔
site-nothing = ریکارڈ سے کچھ مختلف نہیں۔
site-is-closed = یہ مقام بند ہے۔ پہلے اسے دوبارہ کھولیں۔
site-is-open = یہ مقام کھلا ہے۔
site-future = بند ہونے کا دن ابھی نہیں آیا۔
site-closed = مستقل بند
site-closed-since = { $day } سے مستقل بند:
site-close = مستقل بند کریں
site-close-title = مستقل بند ہو گیا؟
site-reopen = دوبارہ کھولیں
site-reopen-title = دوبارہ کھولنا ہے؟
site-lacks = کیا کم ہے
site-lacks-point = محل وقوع
site-lacks-hours = اوقات
site-lacks-phone = فون
site-lacks-name = ہر زبان میں نام
sites-office-title = مدد کے مقامات
sites-office-lead = یہاں محفوظ کی گئی بات ایک منٹ میں عوامی صفحات پر آ جاتی ہے۔ ہر تبدیلی تاریخ میں رہتی ہے۔
sites-office-none = ابھی کوئی مقام درج نہیں
sites-office-none-next = پہلا مقام شامل کریں۔
changes-title = تاریخ
changes-none = ابھی کچھ نہیں بدلا۔
changes-added = شامل کیا گیا۔
changes-corrected = درست کیا گیا۔
changes-closed = مستقل بند کیا گیا۔
changes-reopened = دوبارہ کھولا گیا۔
changes-withdrawn = واپس لیا گیا: اصل الفاظ پھر سے ہیں۔
changes-program = پروگرام خود
texts-title = عوامی صفحات کے الفاظ
texts-lead = مختصر متن اور اعلانات بدلے جا سکتے ہیں۔ شرائط، رقمیں اور کاغذات صرف نئے پیک سے بدلتے ہیں۔
texts-written = درست شدہ
text-hint = ہر خانے کے اوپر اصل الفاظ ہیں۔ خالی خانہ انہیں ویسے ہی رہنے دیتا ہے۔
text-longest = { $count ->
    [one] زیادہ سے زیادہ ایک حرف۔
   *[other] زیادہ سے زیادہ { $count } حروف۔
  }
text-too-long = { $count ->
    [one] بہت لمبا: زیادہ سے زیادہ ایک حرف۔
   *[other] بہت لمبا: زیادہ سے زیادہ { $count } حروف۔
  }
text-part-tile = تصویر کے نیچے دو لفظ
text-part-title = سرخی
text-part-line = سرخی کے نیچے جملہ
text-part-notice = اعلان
demand-title = لوگ کیا پوچھتے ہیں
demand-lead = صفحات کتنی بار کھلے:
demand-what = کیا
demand-few = 5 سے کم
demand-none = ابھی کچھ نہیں پوچھا گیا
demand-none-next = جب کوئی عوامی صفحہ کھولتا ہے تو گنتی ہوتی ہے۔
demand-rounded = پانچ تک گول کیا گیا۔ لوگ نہیں، صرف صفحے کھلنا گنا جاتا ہے: نہ شخص، نہ جگہ، نہ وقت، نہ تلاش کا لفظ رکھا جاتا ہے۔ لائن کے بغیر پڑھے صفحے گنے نہیں جاتے۔
demand-situation = کیا ہوا ہے
demand-programme = پروگرام
demand-question = جانچ کے سوالات
demand-service = مقامات میں تلاش
demand-district = اضلاع
demand-search = تلاش
demand-search-found = کچھ ملا
demand-search-nothing = کچھ نہیں ملا
service-register = اندراج اور درخواست
service-identity-card = شناختی کارڈ
service-b-form = بچے کا ب فارم
service-cash-pos = انگوٹھے سے رقم (POS)
service-cash-atm = کارڈ سے رقم (ATM)
service-health = علاج
service-nutrition = ماں اور بچے کی غذا
service-disability-board = معذوری بورڈ
service-night-shelter = رات کا بستر
service-meals = مفت کھانا
service-training = کورس
service-free-computer = مفت کمپیوٹر اور پرنٹر
site-kind-centre = ون ونڈو مرکز
site-kind-nadra = نادرا دفتر
site-kind-payment = ادائیگی مرکز
site-kind-hospital = ہسپتال یا مرکزِ صحت
site-kind-shelter = پناہ گاہ
site-kind-vocational = تربیتی مرکز
site-kind-office = محکمے کا دفتر
spoken-urdu = اردو
spoken-pashto = پشتو
spoken-hindko = ہندکو
spoken-khowar = کھوار
spoken-saraiki = سرائیکی
spoken-english = انگریزی
spoken-sign = اشاروں کی زبان
weekday-1 = پیر
weekday-2 = منگل
weekday-3 = بدھ
weekday-4 = جمعرات
weekday-5 = جمعہ
weekday-6 = ہفتہ
weekday-7 = اتوار
