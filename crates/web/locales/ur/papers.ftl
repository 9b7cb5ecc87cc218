papers-title = کاغذات
papers-lead = ہر کاغذ خاندان کے ساتھ مل کر دیکھیں۔ نقل سے محکمے کو آسانی ہوتی ہے؛ درخواست کے لیے نقل ضروری نہیں۔
papers-nothing = ابھی کوئی کاغذ درکار نہیں
papers-nothing-next = پہلے خاندان کے ساتھ پروگرام چنیں۔ جو کاغذات درکار ہوں گے وہ یہاں آ جائیں گے۔
papers-to-programmes = پروگرام چنیں
papers-not-serving = یہ ملاقات کوئی اور افسر دیکھ رہا ہے۔ کاغذات درج کرنے کے لیے اوپر ”یہاں خدمت کریں“ دبائیں۔
papers-of = { $paper }، { $name }
papers-for-programmes = { $count ->
    [one] 1 پروگرام کے لیے
   *[other] { $count } پروگراموں کے لیے
  }
papers-perhaps = شاید درکار ہو: یہ ایک ایسے جواب پر ہے جو ابھی معلوم نہیں
papers-expired-on = { $date } کو مدت ختم ہوئی
papers-valid-until = { $date } تک درست
papers-after-applying = درخواست جمع ہونے کے بعد درج ہوگا اور صرف اسی کے ساتھ رکھا جائے گا
papers-look = نقل دیکھیں
papers-record = درج کریں
papers-unseen = { $count ->
    [one] 1 کاغذ ابھی کسی نے نہیں دیکھا۔
   *[other] { $count } کاغذات ابھی کسی نے نہیں دیکھے۔
  }
papers-rest-missing = باقی موجود نہیں: فہرست بنائیں
papers-to-apply = آگے درخواستوں کی طرف
papers-print-missing = { $count ->
    [one] جو کم ہے اس کی فہرست (1)
   *[other] جو کم ہیں ان کی فہرست ({ $count })
  }
papers-print-missing-apart = { $count ->
    [one] الگ پرچے پر فہرست (1)
   *[other] الگ پرچے پر فہرست ({ $count })
  }
papers-state = کیا کاغذ موجود ہے؟
paper-state-present = موجود ہے
paper-state-missing = موجود نہیں
paper-state-expired = مدت ختم ہو چکی
paper-state-unseen = ابھی نہیں دیکھا
papers-state-missing = بتائیں کہ کاغذ موجود ہے، موجود نہیں، یا اس کی مدت ختم ہو چکی ہے۔
papers-missing-with-copy = آپ نے نقل لگائی ہے، اس لیے کاغذ غائب نہیں ہو سکتا۔ ”موجود ہے“ یا ”مدت ختم“ چنیں۔
papers-expires = کب تک درست ہے
papers-expires-hint = صرف اگر کاغذ پر تاریخ لکھی ہو۔ مثلاً 31 12 2027۔
papers-day = دن
papers-month = مہینہ
papers-year = سال
papers-date-wrong = یہ تاریخ درست نہیں۔ دن، مہینہ اور سال ہندسوں میں لکھیں، یا تینوں خالی چھوڑ دیں۔
papers-expired-ahead = آپ نے مدت ختم بتائی ہے مگر یہ تاریخ ابھی گزری نہیں۔ تاریخ دوبارہ دیکھیں۔
papers-scan = تصویر یا سکین
papers-optional = (اگر ہو)
papers-scan-hint = JPEG، PNG یا PDF، زیادہ سے زیادہ 10 MB۔ تصویر سے جگہ، وقت اور کیمرے کی معلومات نکال دی جاتی ہیں۔
papers-scan-replaces = نئی نقل پرانی کی جگہ لے لے گی۔
papers-scan-again = فائل ساتھ نہیں آئی۔ محفوظ کرنے کے بعد کاغذ کھول کر فائل دوبارہ چنیں۔
paper-file-too-large = فائل 10 MB سے بڑی ہے۔ تصویر چھوٹے سائز میں دوبارہ لیں۔
paper-file-empty = فائل خالی ہے۔ دوبارہ چنیں۔
paper-file-not-accepted = یہ فائل JPEG، PNG یا PDF نہیں۔ کاغذ کی تصویر لیں، یا اسے PDF میں سکین کریں۔
paper-file-unreadable = تصویر پڑھی نہیں جا سکی۔ دوبارہ لیں۔
paper-file-too-many-pixels = تصویر 60 میگا پکسل سے بڑی ہے۔ چھوٹے سائز میں دوبارہ لیں۔
papers-save = محفوظ کریں
papers-back = واپس کاغذات پر
papers-where-title = اگر موجود نہ ہو
papers-issuer = کون دیتا ہے
papers-place = کہاں سے
papers-how = کیسے
papers-days = { $days ->
    [one] تقریباً 1 دن لگتا ہے۔
   *[other] تقریباً { $days } دن لگتے ہیں۔
  }
papers-missing-title = یہ کاغذات لانے ہیں
papers-missing-none = کوئی کاغذ کم نہیں۔
papers-missing-bring = جو کاغذ بن جائے سینٹر لے آئیں؛ سب کا انتظار کرنا ضروری نہیں۔
papers-phone = سینٹر کا فون:
papers-missing-after = فہرست کے بعد
papers-print = چھاپیں
