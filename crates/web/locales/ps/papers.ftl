papers-title = کاغذونه
papers-lead = هر کاغذ له کورنۍ سره یوځای وګورئ. نقل د محکمې کار اسانوي؛ د درخواست لپاره نقل ضروري نه دی.
papers-nothing = لا هېڅ کاغذ نه دی پکار
papers-nothing-next = لومړی له کورنۍ سره پروګرامونه وټاکئ. چې کوم کاغذونه پکار وي، دلته به راشي.
papers-to-programmes = پروګرامونه وټاکئ
papers-not-serving = دا لیدنه بل افسر ګوري. د کاغذونو د لیکلو لپاره پورته «دلته خدمت وکړئ» کېکاږئ.
papers-of = { $paper }، { $name }
papers-for-programmes = { $count ->
    [one] د 1 پروګرام لپاره
   *[other] د { $count } پروګرامونو لپاره
  }
papers-perhaps = ښايي پکار شي: دا په هغه ځواب پورې اړه لري چې لا معلوم نه دی
papers-expired-on = موده یې په { $date } ختمه شوې
papers-valid-until = تر { $date } پورې سم دی
papers-after-applying = د درخواست له جمع کولو وروسته لیکل کېږي او یوازې له هغې سره ساتل کېږي
papers-look = نقل وګورئ
papers-record = ولیکئ
papers-unseen = { $count ->
    [one] 1 کاغذ لا چا نه دی کتلی.
   *[other] { $count } کاغذونه لا چا نه دي کتلي.
  }
papers-rest-missing = نور نشته: لیست یې جوړ کړئ
papers-to-apply = مخکې درخواستونو ته
papers-print-missing = { $count ->
    [one] د کم کاغذ لیست (1)
   *[other] د کمو کاغذونو لیست ({ $count })
  }
papers-print-missing-apart = { $count ->
    [one] په جلا پاڼه لیست (1)
   *[other] په جلا پاڼه لیست ({ $count })
  }
papers-state = کاغذ شته؟
paper-state-present = شته
paper-state-missing = نشته
paper-state-expired = موده یې ختمه ده
paper-state-unseen = لا نه دی کتل شوی
papers-state-missing = ووایئ چې کاغذ شته، نشته، که موده یې ختمه شوې ده.
papers-missing-with-copy = تاسو نقل لګولی، نو کاغذ ورک نه شي کېدای. «شته» یا «موده یې ختمه ده» وټاکئ.
papers-expires = تر کله سم دی
papers-expires-hint = یوازې که پر کاغذ نېټه لیکلې وي. لکه 31 12 2027.
papers-day = ورځ
papers-month = میاشت
papers-year = کال
papers-date-wrong = دا نېټه سمه نه ده. ورځ، میاشت او کال په شمېرو ولیکئ، یا درې واړه تش پرېږدئ.
papers-expired-ahead = تاسو وویل چې موده یې ختمه ده، خو دا نېټه لا نه ده تېره شوې. نېټه بیا وګورئ.
papers-scan = عکس یا سکېن
papers-optional = (که وي)
papers-scan-hint = JPEG، PNG یا PDF، تر 10 MB پورې. له عکسه د ځای، وخت او کیمرې معلومات لرې کېږي.
papers-scan-replaces = نوی نقل د زاړه ځای نیسي.
papers-scan-again = فایل ورسره رانغی. له خوندي کولو وروسته کاغذ خلاص کړئ او فایل بیا وټاکئ.
paper-file-too-large = فایل له 10 MB لوی دی. عکس په کوچنۍ کچه بیا واخلئ.
paper-file-empty = فایل تش دی. بیا یې وټاکئ.
paper-file-not-accepted = دا فایل JPEG، PNG یا PDF نه دی. د کاغذ عکس واخلئ، یا یې په PDF سکېن کړئ.
paper-file-unreadable = عکس نه لوستل کېږي. بیا یې واخلئ.
paper-file-too-many-pixels = عکس له 60 میګا پکسل لوی دی. په کوچنۍ کچه یې بیا واخلئ.
papers-save = وساتئ
papers-back = بېرته کاغذونو ته
papers-where-title = که نه وي
papers-issuer = څوک یې ورکوي
papers-place = چېرته
papers-how = څنګه
papers-days = { $days ->
    [one] شاوخوا 1 ورځ نیسي.
   *[other] شاوخوا { $days } ورځې نیسي.
  }
papers-missing-title = دا کاغذونه به راوړئ
papers-missing-none = هېڅ کاغذ کم نه دی.
papers-missing-bring = هر کاغذ چې جوړ شي مرکز ته یې راوړئ؛ د ټولو انتظار مه کوئ.
papers-phone = د مرکز ټیلیفون:
papers-missing-after = له لیست وروسته
papers-print = چاپ کړئ
