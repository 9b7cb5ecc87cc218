# عوامی صفحے
portal-title = ہر مدد کے لیے ایک کھڑکی
portal-lead = ایک ہی دفتر آپ کے خاندان کا اندراج ایک بار کرتا ہے اور آپ کی درخواستیں ہر محکمے کو بھیجتا ہے۔
portal-track = اب تک کیا ہوا؟
portal-centres = مرکز تلاش کریں
portal-bring = ساتھ کیا لائیں
portal-programmes = { $count ->
    [one] مرکز ایک ہی آمد میں آپ کے خاندان کے لیے ایک پروگرام جانچتا ہے۔
   *[other] مرکز ایک ہی آمد میں آپ کے خاندان کے لیے { $count } پروگرام جانچتا ہے۔
  }
portal-back = پہلا صفحہ
bring-title = ساتھ کیا لائیں
bring-lead = یہ کاغذات سب سے زیادہ مانگے جاتے ہیں۔ ہر فرد کے کاغذات کام آتے ہیں۔
bring-asked-by = { $count ->
    [one] ایک پروگرام مانگتا ہے
   *[other] { $count } پروگرام مانگتے ہیں
  }
bring-anyway = کوئی کاغذ نہیں؟ پھر بھی آئیں۔ مرکز بتائے گا کہ وہ کہاں سے ملے گا، اور کچھ ضائع نہیں ہوتا۔
centres-title = مرکز تلاش کریں
centres-lead = ان میں سے کسی بھی مرکز میں آئیں۔ پوچھنے کی کوئی فیس نہیں۔
centres-none = ابھی یہاں کوئی مرکز درج نہیں۔
centres-no-phone = فون نہیں
track-title = میری درخواست کا کیا ہوا؟
track-code = رسید پر لکھا کوڈ
track-code-hint = خالی جگہ اور چھوٹے حروف سے فرق نہیں پڑتا۔ مثلاً
track-secret = پرچی پر لکھا خفیہ نمبر
track-secret-hint = چھ ہندسے۔ دفتر کا کوئی شخص آپ سے یہ نمبر نہیں مانگے گا۔
track-button = دیکھیں کہاں تک پہنچی
track-lost = رسید گم ہو گئی؟ کوئی بھی مرکز آپ کی پہچان کے بعد دوبارہ چھاپ دے گا۔
track-code-shape = کوڈ میں دس حروف اور ہندسے ہوتے ہیں۔ رسید سے دیکھ کر لکھیں۔
track-code-check = کوڈ کا ایک حرف یا ہندسہ غلط لکھا گیا ہے۔ رسید سے ملا لیں۔
track-secret-shape = خفیہ نمبر کے چھ ہندسے ہوتے ہیں۔ یہ اس پرچی پر ہے جو آپ نے الگ کی تھی۔
track-wrong = کوڈ اور خفیہ نمبر آپس میں نہیں ملتے۔ دونوں کاغذ سے ملا لیں، یا مرکز سے پوچھیں۔
track-wait = { $seconds ->
    [one] اس کوڈ پر بہت بار غلط کوشش ہوئی۔ ایک سیکنڈ بعد دوبارہ کوشش کریں۔ مرکز فوراً مدد کر سکتا ہے۔
   *[other] اس کوڈ پر بہت بار غلط کوشش ہوئی۔ { $seconds } سیکنڈ بعد دوبارہ کوشش کریں۔ مرکز فوراً مدد کر سکتا ہے۔
  }
track-where = درخواست کہاں تک پہنچی
track-receipt = رسید
track-your-application = آپ کی درخواست
track-the-office = دفتر
track-office = { $operator }، { $place }
track-applied = درخواست { $centre } کے مرکز میں دی گئی۔
track-place = فہرست میں نمبر { $place }۔
track-rule = جو قاعدہ پورا نہیں ہوا:
track-words = دفتر نے لکھا:
track-given = دیا گیا:
track-by = آخری دن
track-missing = جو ابھی نہیں ملا
track-now = آپ اب کیا کر سکتے ہیں
track-now-wait = کچھ نہیں کرنا۔ رسید اور پرچی سنبھال کر رکھیں۔
track-now-bring = جو مانگا گیا ہے وہ لے کر کسی بھی مرکز میں آئیں۔ تب تک دفتر کا وقت رکا رہتا ہے۔
track-now-missing = جو کاغذ نہیں ملا وہ جلد از جلد کسی بھی مرکز میں لائیں: اس کے بغیر فیصلہ رک سکتا ہے۔
track-now-late = مرکز آئیں یا فون کریں: دیر کی وجہ جاننا آپ کا حق ہے۔
track-now-appeal = اگر آپ سمجھتے ہیں کہ یہ غلط ہے تو اسے دوبارہ دکھوا سکتے ہیں، بغیر فیس کے: یہیں، یا رسید لے کر کسی بھی مرکز میں۔
track-ask = پوچھنے یا شکایت کے لیے:
track-forget = اس فون سے یہ رسید مٹا دیں
track-forget-hint = یہ فون آدھے گھنٹے تک خفیہ نمبر پوچھے بغیر رسید دکھاتا ہے۔
track-past-submitted = مرکز میں جمع ہوئی۔
track-past-forwarded = مرکز نے درخواست { $office } کو بھیجی۔
track-past-received = { $office } نے درخواست وصول کر لی۔
track-past-under-review = { $office } میں درخواست پر غور ہو رہا ہے۔
track-past-returned-for-information = { $office } نے درخواست واپس بھیجی: خاندان سے کچھ درکار ہے۔
track-past-resubmitted = خاندان نے جواب دے دیا۔ درخواست دوبارہ { $office } کے پاس ہے۔
track-past-approved = { $office } نے درخواست منظور کر لی۔
track-past-rejected = { $office } نے درخواست منظور نہیں کی۔
track-past-wait-listed = { $office } نے نام انتظار کی فہرست میں رکھا۔
track-past-enrolled = { $office } نے نام فہرست میں درج کر لیا۔
track-past-in-payment = { $office } کی طرف سے ادائیگی شروع ہو گئی۔
track-past-service-given = { $office } نے دے دیا۔
track-past-suspended = { $office } نے فی الحال روک دیا۔
track-past-closed = { $office } نے معاملہ بند کر دیا۔
track-past-withdrawn = خاندان نے درخواست واپس لے لی۔
track-past-duplicate = { $office } نے بند کیا: یہی درخواست کہیں اور درج ہے۔
track-past-expired = { $office } نے بند کیا: وقت پر جواب نہیں آیا۔
track-past-deceased = { $office } نے بند کیا: درخواست گزار وفات پا چکے ہیں۔
track-past-transferred = { $office } نے درخواست دوسرے دفتر کو بھیج دی۔
track-past-appeal = خاندان نے فیصلے پر دوبارہ غور کرنے کو کہا۔
track-past-upheld = دوبارہ دیکھا گیا: فیصلہ برقرار ہے۔
track-past-overturned = دوبارہ دیکھا گیا: فیصلہ منسوخ ہوا۔ { $office } پھر فیصلہ کرے گا۔
track-next-send = مرکز آج ہی آگے بھیجتا ہے۔
track-next-acknowledge = { $office } وصولی کی تصدیق کرے گا۔ آپ کو آنے کی ضرورت نہیں۔
track-next-check = { $office } کاغذات دیکھے گا۔ آپ کو آنے کی ضرورت نہیں۔
track-next-decide = { $office } فیصلہ کرے گا۔ آپ کو آنے کی ضرورت نہیں۔
track-next-answer = اب آپ کی باری ہے: جو مانگا گیا ہے وہ کسی بھی مرکز میں لائیں۔
track-next-wait = جگہ ملنے تک آپ کا نام فہرست میں رہے گا۔ آپ کو آنے کی ضرورت نہیں۔
track-next-enrol = { $office } آپ کا نام فہرست میں درج کرے گا۔
track-next-deliver = { $office } سے پہلی ادائیگی یا سہولت ملے گی۔
track-next-payments = ادائیگی جاری ہے۔ کوئی قسط نہ آئے تو مرکز کو بتائیں۔
track-next-given = اب کچھ باقی نہیں۔ اگر آپ کو کچھ نہیں ملا تو مرکز کو بتائیں۔
track-next-appeal = آپ اس پر دوبارہ غور کی درخواست کر سکتے ہیں۔
track-next-appeal-answer = فیصلہ کرنے والے کے سوا کوئی اور اسے دوبارہ دیکھ رہا ہے۔ آپ کو جواب ملے گا۔
track-next-elsewhere = اب دوسرا دفتر اسے دیکھ رہا ہے۔ مرکز کو معلوم ہے کون سا۔
track-next-ended = یہاں اب کچھ نہیں ہوگا۔ آپ کسی بھی مرکز میں دوبارہ درخواست دے سکتے ہیں۔
track-next-late = { $office } نے اس کا وعدہ کیا تھا، اور دیر ہو چکی ہے۔
