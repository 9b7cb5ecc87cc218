check-title = دیکھیں آپ کو کیا مل سکتا ہے
check-lead = چند سوالوں کے جواب دیں اور دیکھیں کہ آپ کا گھرانہ کن پروگراموں کا اہل ہو سکتا ہے۔
check-no-name = ہم نہ نام پوچھتے ہیں نہ نمبر، اور کچھ بھی محفوظ نہیں رکھتے۔
check-any-skipped = کوئی بھی سوال چھوڑا جا سکتا ہے۔
check-departments-decide = یہ فیصلہ نہیں ہے۔ فیصلہ صرف وہ محکمہ کرتا ہے جو پروگرام چلاتا ہے۔
check-begin-again = براہِ کرم دوبارہ شروع کریں؛ کچھ بھی محفوظ نہیں کیا گیا۔
check-size = آپ سمیت کتنے لوگ ایک چولہے سے کھاتے ہیں؟
check-size-hint = ہر وہ شخص جس کا کھانا آپ کے ساتھ پکتا ہے، بچے اور شیرخوار بھی۔
check-size-wrong = لکھیں کہ کتنے لوگ ہیں، 1 سے 40 تک۔
check-district = آپ کس ضلع میں رہتے ہیں
check-province = شناختی کارڈ پر صوبہ
check-province-hint = معلوم نہ ہو تو خالی چھوڑ دیں۔
check-go-on = آگے بڑھیں
check-members-title = یہ لوگ کون ہیں؟
check-members-lead = نام نہیں چاہییں۔ جو معلوم نہ ہو خالی رہ سکتا ہے۔
check-members-none = کم از کم ایک فرد کے بارے میں بتائیں: عمر، یا عورت ہے یا مرد۔
check-member-first = آپ خود
check-member-n = فرد { $n }
check-age = عمر سالوں میں
check-months = یا مہینے، اگر شیرخوار ہے
check-wrong-age = فرد { $number }: عمر 0 سے 120 سال تک ہونی چاہیے۔
check-wrong-months = فرد { $number }: مہینے 0 سے 35 تک ہونے چاہییں۔ بڑے بچوں کی عمر سالوں میں لکھیں۔
check-sex = عورت یا مرد
check-marital = شادی شدہ ہیں یا نہیں
check-relation = گھر کے سربراہ سے رشتہ
check-more-members = ایک اور فرد
check-to-questions = سوالوں کی طرف
check-back = واپس
check-member-woman = ایک عورت
check-member-man = ایک مرد
check-member-girl = ایک بچی
check-member-boy = ایک بچہ
check-member-child = ایک بچہ
check-member-person = ایک فرد
check-member-woman-years = { $n } سال کی خاتون
check-member-man-years = { $n } سال کے مرد
check-member-girl-years = { $n } سال کی بچی
check-member-boy-years = { $n } سال کا بچہ
check-member-child-years = { $n } سال کا بچہ
check-member-person-years = { $n } سال کا فرد
check-member-woman-months = { $n } ماہ کی بچی
check-member-man-months = { $n } ماہ کا بچہ
check-member-girl-months = { $n } ماہ کی بچی
check-member-boy-months = { $n } ماہ کا بچہ
check-member-child-months = { $n } ماہ کا بچہ
check-member-person-months = { $n } ماہ کا بچہ
check-member-again = { $name } ({ $n })
check-per = یہ رقم ہے
check-per-month = ایک مہینے کی
check-per-week = ایک ہفتے کی
check-per-day = ایک دیہاڑی کی
check-income-whole = سب کی مل کر: مزدوری، پنشن، کرایہ اور گھر بھیجی گئی رقم۔ جیسے آپ حساب رکھتے ہیں ویسے چنیں۔
check-income-person = صرف وہ جو { $name } کماتے ہیں۔ جیسے آپ حساب رکھتے ہیں ویسے چنیں۔
check-next = آگے
check-skip = یہ سوال چھوڑیں
check-so-far = اب تک
check-count-may = { $count } کے آپ اہل ہو سکتے ہیں
check-count-open = { $count } کا ابھی معلوم نہیں
check-count-no = { $count } غالباً نہیں
check-see-results = اب تک کا نتیجہ دیکھیں
check-private-hint = یہ صرف آپ کھولتے ہیں۔ یہاں کے جواب نہ کسی کاغذ پر آتے ہیں نہ کسی کوڈ میں۔
check-results-title = اب تک قواعد کیا کہتے ہیں
check-not-everybody = آپ نے اپنے چولہے سے کھانے والے سب لوگوں کا نہیں بتایا، اس لیے کچھ جواب کھلے رہتے ہیں۔
check-ask-on = مزید سوالوں کے جواب دیں
check-to-paper = مرکز لے جائیں یا پرنٹ کریں
check-may = { $count ->
    [0] آپ اہل ہو سکتے ہیں: ابھی کوئی نہیں
    [one] آپ 1 پروگرام کے اہل ہو سکتے ہیں
   *[other] آپ { $count } پروگراموں کے اہل ہو سکتے ہیں
  }
check-may-none = ابھی کچھ یقینی نہیں۔ مزید سوالوں کے جواب دیں، یا مرکز سے پوچھیں: کچھ امداد کے قواعد شائع نہیں ہوئے۔
check-word-may = آپ اہل ہو سکتے ہیں
check-partial = محکمہ وہ قواعد بھی دیکھتا ہے جو ہمارے پاس نہیں ہیں۔
check-about = اس کے بارے میں مزید
check-open = { $count ->
    [one] 1 کا ابھی نہیں بتا سکتے
   *[other] { $count } کا ابھی نہیں بتا سکتے
  }
check-word-open = ہم نہیں بتا سکتے جب تک یہ معلوم نہ ہو:
check-until-members = کہ آپ کے چولہے کے سب لوگ درج ہیں
check-not-published = اس کے قواعد، جو شائع نہیں ہوئے: محکمے سے پوچھیں
check-receives = آپ نے کہا کہ یہ آپ کو پہلے سے مل رہا ہے
check-no = { $count ->
    [one] 1 غالباً نہیں
   *[other] { $count } غالباً نہیں
  }
check-word-no = غالباً نہیں، کیونکہ:
check-closed = { $count ->
    [one] 1 میں ابھی درخواستیں نہیں لی جاتیں
   *[other] { $count } میں ابھی درخواستیں نہیں لی جاتیں
  }
check-said = { $count ->
    [0] آپ کے جواب
    [one] آپ کا 1 جواب
   *[other] آپ کے { $count } جواب
  }
check-change = بدلیں
check-skipped = { $count ->
    [one] 1 سوال چھوڑا گیا۔
   *[other] { $count } سوال چھوڑے گئے۔
  }
check-edit-members = افراد بدلیں
check-edit-home = جگہ یا تعداد بدلیں
check-centre = قریبی مرکز
check-paper-title = یہ مرکز لے جائیں
check-paper-date = { $date } کو دیکھا گیا۔ یہ نہ فیصلہ ہے نہ درخواست۔
check-qr = جواب بطور کوڈ، مرکز کے لیے
check-qr-why = مرکز میں یہ کوڈ دکھائیں: کلرک اسے پڑھ لیتا ہے اور کچھ دوبارہ نہیں بتانا پڑتا۔ وہاں آپ ہر جواب کی تصدیق کرتے ہیں۔
check-qr-holds = { $count ->
    [one] اس میں عمریں اور 1 جواب ہے۔ نہ نام، نہ نمبر، نہ پتہ۔
   *[other] اس میں عمریں اور { $count } جواب ہیں۔ نہ نام، نہ نمبر، نہ پتہ۔
  }
check-paper-private = جو آپ نے رازداری میں پوچھا وہ اس میں نہیں ہے۔ چاہیں تو سوشل ورکر کو خود بتائیں۔
check-qr-too-long = آپ کے جواب اتنے زیادہ ہیں کہ کیمرہ یہ کوڈ نہیں پڑھ سکے گا۔ نیچے کی فہرست دکھائیں، یا مرکز کو متن پڑھنے دیں۔
check-code-text = کوڈ بطور متن، نقل کرنے کے لیے
check-paper-family = جن کے بارے میں بتایا گیا
check-bring = ساتھ لانے کے کاغذات
check-print = پرنٹ کریں
check-back-to-results = نتیجے پر واپس
carry-unreadable = یہ جوابوں کا کوڈ نہیں ہے۔ چوکور کوڈ دوبارہ سکین کریں، یا OW سے شروع ہونے والا پورا متن پیسٹ کریں۔
carry-damaged = کوڈ کا کوئی حصہ غائب یا بدلا ہوا ہے۔ دوبارہ سکین کریں، یا پورا پیسٹ کریں۔
carry-newer = یہ کوڈ اس سے نئے نسخے نے بنایا ہے۔ سوال دوبارہ پوچھیں۔
carry-old-questions = یہ کوڈ ایسے سوالوں سے بنا تھا جو اب بدل چکے ہیں۔ سوال دوبارہ پوچھیں۔
keep-title = پرنٹر نہیں؟ جواب تین دن کے لیے رکھوائیں
keep-lead = ہم آپ کے جواب ایک مختصر کوڈ کے تالے میں رکھ سکتے ہیں جو صرف آپ کو ملتا ہے۔ 72 گھنٹے بعد وہ مٹا دیے جاتے ہیں۔ کوڈ کے بغیر انہیں کوئی نہیں کھول سکتا، ہم بھی نہیں۔
keep-agree = میں متفق ہوں کہ میرے جواب 72 گھنٹے تک کوڈ کے تحت رکھے جائیں۔
keep-button = رکھیں اور کوڈ دکھائیں
keep-agree-missing = رضامندی پر نشان لگائیں یا واپس جائیں: اس کے بغیر کچھ نہیں رکھا جاتا۔
keep-kept-title = یہ کوڈ لکھ لیں
keep-kept-lead = مرکز میں دکھائیں۔ ہم اسے دوبارہ نہیں دکھا سکتے۔
keep-kept-until = جواب { $date } کو { $time } بجے مٹا دیے جائیں گے۔
keep-back = اپنے جوابوں پر واپس
kiosk-finish = ختم کریں اور مٹائیں
kiosk-title = ہم آپ کے لیے کیا کر سکتے ہیں؟
kiosk-lead = یہ کمپیوٹر کچھ محفوظ نہیں رکھتا۔ ایک منٹ کوئی نہ چھوئے تو سب مٹ جاتا ہے۔
kiosk-warning = کوئی موجود نہیں؟ چند سیکنڈ میں سب مٹا دیا جائے گا۔ جاری رکھنے کے لیے کہیں بھی چھوئیں۔
kiosk-ended = سب کچھ مٹا دیا گیا
kiosk-ended-lead = اگلا شخص آپ کے کیے میں سے کچھ نہیں دیکھتا۔
kiosk-begin = شروع کریں
offline-title = یہ صفحہ آپ کے فون میں نہیں ہے
offline-lead = ابھی لائن نہیں ہے۔ یہ چیزیں لائن کے بغیر چلتی ہیں؛ باقی لائن آنے پر ملیں گی۔
offline-words = لائن نہیں ہے۔ جو نظر آ رہا ہے وہ { $date } کا ہے۔
saved-title = اس فون پر رسیدیں
saved-lead = انہیں صرف یہ فون جانتا ہے۔ تازہ خبر کے لیے لائن چاہیے۔
saved-none = اس فون پر کوئی رسید محفوظ نہیں۔
saved-erase-all = اس فون سے سب مٹائیں
save-title = اس فون پر محفوظ کریں؟
save-lead = پھر یہ صفحہ لائن کے بغیر بھی نظر آئے گا۔ جس کے ہاتھ میں یہ فون ہو وہ بھی اسے دیکھ سکتا ہے۔
save-button = یہ رسید اس فون پر محفوظ کریں
save-saved = اس فون پر محفوظ ہے۔
save-erase = اس فون سے مٹائیں
carried-title = ان کے پاس کوڈ ہے
carried-lead = گھرانے نے گھر پر جانچ کی ہے اور چوکور کوڈ، اس کا متن یا مختصر کوڈ لایا ہے۔ یہاں پڑھیں تو کچھ دوبارہ نہیں پوچھنا پڑتا۔
carried-camera = کیمرے سے سکین کریں
carried-camera-none = کیمرہ استعمال نہیں ہو سکتا۔ سکینر استعمال کریں یا متن پیسٹ کریں۔
carried-camera-looking = کوڈ کیمرے کے سامنے رکھیں۔
carried-code = کوڈ
carried-code-hint = سکینر اسے یہاں لکھتا ہے۔ یا OW سے شروع ہونے والا متن پیسٹ کریں، یا مختصر کوڈ لکھیں جیسے 7K4P-29MX-Q3RT۔
carried-read = کوڈ پڑھیں
carried-missing = پہلے کوڈ سکین، پیسٹ یا ٹائپ کریں۔
carried-not-kept = اس کوڈ کے تحت کچھ محفوظ نہیں۔ شاید تین دن گزر گئے یا لکھنے میں غلطی ہوئی۔ حروف دیکھیں، یا سوال دوبارہ پوچھیں۔
carried-confirm-title = انہوں نے گھر پر کیا بتایا
carried-confirm-lead = ابھی کچھ درج نہیں ہوا۔ نام لکھیں، سب پڑھ کر سنائیں، جو درست نہ ہو ٹھیک کریں۔
carried-other-pack = گھرانے کی جانچ کے بعد قواعد بدل گئے ہیں۔ یہاں کے نتیجے آج کے ہیں۔
carried-similar-next = کیا یہ ان میں سے ہے؟ وہ گھرانہ کھولیں اور کوڈ وہاں دوبارہ پڑھیں؛ جواب اس میں شامل ہو جائیں گے۔ اگر ان میں سے کوئی نہیں تو نیچے محفوظ کریں۔
carried-who = کون کون ہے
carried-twice = یہ فرد دو کے لیے چنا گیا ہے۔ ہر فرد ایک بار چنیں۔
carried-about = عمر، تقریباً
carried-leave-out = اس گھرانے کا نہیں
carried-complete = ایک چولہے سے کھانے والے یہی سب ہیں
carried-answers = { $count ->
    [one] 1 جواب
   *[other] { $count } جواب
  }
carried-answers-hint = جو درست نہ ہو اس کا نشان ہٹائیں؛ وہ دوبارہ پوچھا جائے گا۔
carried-read-out = میں نے پڑھ کر سنایا اور گھرانے نے تصدیق کی
carried-read-out-missing = گھرانے کو پڑھ کر سنائیں اور نشان لگائیں کہ انہوں نے تصدیق کی۔
carried-save = آج کے کہے کے طور پر محفوظ کریں
carried-reason = گھرانے کی اپنی جانچ میں دوبارہ بتایا گیا
people-done-carried = جو گھرانے نے گھر پر بتایا وہ درج ہو گیا، آج کے کہے کے طور پر۔
