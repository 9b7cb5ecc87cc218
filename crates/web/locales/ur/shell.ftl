skip-to-content = اصل مواد پر جائیں
demo-ribbon = نمونہ: فرضی لوگ
shell-languages = زبان
shell-places = جگہیں
sign-out = باہر آئیں
footer-promise = فیصلہ محکمہ کرتا ہے۔ پوچھنا مفت ہے، اور کوئی فیس نہیں مانگ سکتا۔
place-desk = کھڑکی
place-people = لوگ
place-inbox = درخواستیں
place-grievances = شکایات
place-figures = اعداد
place-forgetting = محفوظ نہ رکھنے کی درخواست
place-review = دو بار اندراج؟
place-officers = اہلکار
place-reads = کس نے کیا دیکھا
form-errors = { $count ->
    [one] ایک جواب پھر سے دیکھیں
   *[other] { $count } جواب پھر سے دیکھیں
  }
form-nothing-lost = کچھ ضائع نہیں ہوا۔ جو آپ نے لکھا وہ یہیں ہے۔
form-error = غلطی:
form-choose = منتخب کریں
form-dropped = رابطہ ٹوٹ گیا۔ آپ کے جواب محفوظ ہیں؛ دوبارہ دبائیں۔
form-restored = پہلے لکھے ہوئے جواب واپس آ گئے ہیں۔ دیکھ کر آگے بڑھیں۔
form-busy = محفوظ ہو رہا ہے…
clock-left = { $days ->
    [one] 1 دفتری دن باقی
   *[other] { $days } دفتری دن باقی
  }
clock-due-soon = { $days ->
    [0] آج آخری دن ہے
    [one] جلد: 1 دفتری دن باقی
   *[other] جلد: { $days } دفتری دن باقی
  }
clock-overdue = { $days ->
    [one] 1 دفتری دن کی تاخیر
   *[other] { $days } دفتری دن کی تاخیر
  }
clock-waits-for-citizen = خاندان کا انتظار ہے
error-go-on = آگے چلیں
error-not-found-title = یہاں آپ کے لیے کچھ نہیں
error-not-found-safe = کچھ تبدیل نہیں ہوا۔
error-not-found-next = یہ صفحہ موجود نہیں، یا کسی اور دفتر کا ہے۔ پتا دیکھیں، یا شروع سے چلیں۔
error-other-site-title = یہ فارم کسی اور ویب سائٹ سے آیا
error-other-site-safe = کچھ تبدیل نہیں ہوا۔
error-other-site-next = صفحہ یہاں کھول کر دوبارہ بھریں۔
error-old-form-title = یہ فارم پچھلی نشست کا ہے
error-old-form-safe = کچھ تبدیل نہیں ہوا، اور آپ کا لکھا ضائع نہیں ہوا: براؤزر اسے محفوظ ہونے تک رکھتا ہے۔
error-old-form-next = واپس جائیں، صفحہ دوبارہ کھولیں، اور ایک بار پھر بھیجیں۔
error-bad-form-title = فارم پڑھا نہیں جا سکا
error-bad-form-safe = کچھ تبدیل نہیں ہوا۔
error-bad-form-next = واپس جائیں، صفحہ دوبارہ کھولیں، اور ایک بار پھر بھیجیں۔
error-too-large-title = بھیجی گئی چیز بہت بڑی ہے
error-too-large-safe = کچھ تبدیل نہیں ہوا۔
error-too-large-next = فارم 256 kB اور کاغذ 10 MB تک ہو سکتا ہے۔ عبارت چھوٹی کریں، یا تصویر چھوٹے سائز میں لیں۔
error-stale-title = آپ کے لکھنے کے دوران کسی اور نے اسے بدل دیا
error-stale-safe = آپ کا جواب نیچے محفوظ ہے مگر ابھی درج نہیں ہوا۔ بتائیں کون سا درست ہے۔
error-other-body-title = یہ فارم دوسرے جوابوں کے ساتھ پہلے بھیجا جا چکا ہے
error-other-body-safe = پہلے جواب درج ہیں۔ دوسرے درج نہیں ہوئے۔
error-other-body-next = صفحہ دوبارہ کھولیں اور جو مختلف ہے وہ بدلیں۔
error-clock-title = سرور کی گھڑی غلط ہے
error-clock-safe = کچھ تبدیل نہیں ہوا۔
error-clock-next = سرور کے ذمہ دار کو بتائیں۔ تب تک کاغذی فارم رکھیں۔
error-broken-title = ہماری طرف سے کچھ خراب ہو گیا
error-broken-safe = جو پہلے درج ہوا وہ محفوظ ہے۔ جو ابھی بھیجا، ہو سکتا ہے درج نہ ہوا ہو۔
error-broken-next = واپس جا کر دوبارہ بھیجیں: دو بار بھیجنے سے نقصان نہیں۔ پھر خراب ہو تو سرور کے ذمہ دار کو بتائیں۔
stale-on-file = اس وقت درج
stale-yours = آپ کا
stale-keep = جو درج ہے وہی رکھیں
stale-save-mine = میرا جواب درج کریں
month-1 = جنوری
month-2 = فروری
month-3 = مارچ
month-4 = اپریل
month-5 = مئی
month-6 = جون
month-7 = جولائی
month-8 = اگست
month-9 = ستمبر
month-10 = اکتوبر
month-11 = نومبر
month-12 = دسمبر
