# د خدمت ځایونه، د عامه پاڼو ټکي، او خلک څه پوښتي.
place-sites = د مرستې ځایونه
place-texts = د پاڼو ټکي
sites-title = مرسته چېرته ده
sites-district = ولسوالۍ
sites-any-district = ټولې ولسوالۍ
sites-service = هلته څه شته
sites-any-service = هر څه
sites-spoken = د خبرو ژبه
sites-any-spoken = هره ژبه
sites-open-now = اوس خلاص، یا وخت معلوم نه دی
sites-show = وښایاست
sites-all = ټول وښایاست
sites-near-me = ماته نږدې
sites-nearest = تاسو ته نږدې
sites-near-refused = موبایل ځای ونه ښود. خپله ولسوالۍ وټاکئ.
sites-km = نږدې % کیلومتره
sites-map = نقشه: ځای وټاکئ
sites-count = { $count ->
    [0] هېڅ ځای نشته.
    [one] یو ځای.
   *[other] { $count } ځایونه.
  }
sites-off-map = { $count ->
    [one] یو یې په نقشه کې نشته: ځای یې نه دی اندازه شوی.
   *[other] { $count } یې په نقشه کې نشته: ځای یې نه دی اندازه شوی.
  }
sites-none = هېڅ ځای ونه موندل شو
sites-none-next = ټول وښایاست، یا له کوم مرکز وپوښتئ: هغه له دې لیسټ ډېر پوهېږي.
sites-in = په { $district } کې
sites-further = لرې ځایونه، نږدې لومړی
site-open-until = اوس خلاص دی، تر { $time }
site-opens-at = اوس بند دی، نن په { $time } خلاصېږي
site-shut-now = د نن لپاره بند
site-holiday = رسمي رخصتي: له تګ مخکې ټیلیفون وکړئ
site-hours-unknown = وخت معلوم نه دی: له تګ مخکې ټیلیفون وکړئ
site-near = له 1 کیلومتر کم
site-far = نږدې { $km } کیلومتره
site-beds = { $count ->
    [one] یوه بستره
   *[other] { $count } بسترې
  }
site-seats = { $count ->
    [one] یوه څوکۍ
   *[other] { $count } څوکۍ
  }
site-families = { $count ->
    [one] هره ورځ یوه کورنۍ
   *[other] هره ورځ { $count } کورنۍ
  }
site-day-closed = بند
site-demo = نمونه: فرضي
site-today = نن
site-week = د خلاصېدو وخت
site-way = هلته لار
site-way-phone = د موبایل په نقشه لار وښایاست
site-name = نوم
site-address = چېرته دی
site-note = ګټوره خبره
site-phone = ټیلیفون
site-capacity = بسترې، څوکۍ یا هره ورځ کورنۍ
site-capacity-hint = لکه څنګه چې ځای وايي؛ که نه وايي، تش یې پرېږدئ.
site-capacity-wrong = بشپړ عدد ولیکئ.
site-centre-name = ون ونډو مرکز، { $district }
site-field-kind = دا څه دی
site-kind-missing = وټاکئ چې دا څه دی.
site-district-missing = ولسوالۍ وټاکئ.
site-name-missing = په انګلیسي نوم ولیکئ.
site-service-missing = لږ تر لږه یو شی په نښه کړئ چې هلته شته.
site-point = د ځای درجې
site-point-hint = لومړی شمال بیا ختیځ، په درجو. که نه وي اندازه شوی، تش یې پرېږدئ. لکه 34.0158, 71.9812
site-point-shape = د درجو دوه عددونه ولیکئ، لکه 34.0158, 71.9812.
site-point-elsewhere = دا ځای په پاکستان کې نه دی. لومړی شمال، بیا ختیځ.
site-hours-hint = لکه 9:00-12:30, 14:00-17:00. تشه ورځ بند؛ که اوه واړه تش وي، معلوم نه دی.
site-hours-shape = وخت داسې ولیکئ: 9:00-12:30, 14:00-17:00.
site-hours-order = هر وخت له پیل وروسته او له بل مخکې پای ته رسېږي.
site-spoken-hint = که معلومه نه وي، ټول تش پرېږدئ.
site-centre = د دې سیستم مرکز
site-centre-hint = یوازې د ون ونډو مرکز لپاره.
site-demo-box = فرضي، د نمونې لپاره: هر ځای همداسې په نښه
site-never-refuge = د ښځو پټنځای هېڅکله مه لیکئ: ځای یې پټ دی.
site-new = ځای زیات کړئ
site-save = خوندي کړئ
site-see = لومړی یې وګورئ
site-preview = لکه څنګه چې خلک به یې ویني
site-preview-hint = لا نه دی خوندي شوی.
site-reason = دا ولې بدلېږي؟
site-reason-hint = دا په تاریخچه کې پاتې کېږي.
site-reason-missing = ولیکئ چې دا ولې بدلېږي.
site-nothing = له ثبت څخه هېڅ توپیر نه لري.
site-is-closed = دا ځای بند دی. لومړی یې بیا خلاص کړئ.
site-is-open = دا ځای خلاص دی.
site-future = د بندېدو ورځ لا نه ده راغلې.
site-closed = تل ته بند
site-closed-since = له { $day } راهیسې تل ته بند:
site-close = تل ته بند کړئ
site-close-title = تل ته بند شو؟
site-reopen = بیا خلاص کړئ
site-reopen-title = بیا خلاصول غواړئ؟
site-lacks = څه کم دي
site-lacks-point = درجې
site-lacks-hours = وخت
site-lacks-phone = ټیلیفون
site-lacks-name = په هره ژبه نوم
sites-office-title = د مرستې ځایونه
sites-office-lead = څه چې دلته خوندي شي، په یوه دقیقه کې په عامه پاڼو ښکاري. هر بدلون په تاریخچه کې پاتې کېږي.
sites-office-none = لا هېڅ ځای نه دی لیکل شوی
sites-office-none-next = لومړی ځای زیات کړئ.
changes-title = تاریخچه
changes-none = لا څه نه دي بدل شوي.
changes-added = زیات شو.
changes-corrected = سم شو.
changes-closed = تل ته بند شو.
changes-reopened = بیا خلاص شو.
changes-withdrawn = بېرته واخیستل شو: اصلي ټکي بیا شته.
changes-program = پخپله پروګرام
texts-title = د عامه پاڼو ټکي
texts-lead = لنډ متنونه او خبرتیاوې بدلېدای شي. شرطونه، پیسې او کاغذونه یوازې په نوې کڅوړه بدلېږي.
texts-written = سم شوی
text-hint = د هر ځای پورته اصلي ټکي دي. تش ځای یې هماغسې پرېږدي.
text-longest = { $count ->
    [one] تر ټولو ډېر یو توری.
   *[other] تر ټولو ډېر { $count } توري.
  }
text-too-long = { $count ->
    [one] ډېر اوږد: تر ټولو ډېر یو توری.
   *[other] ډېر اوږد: تر ټولو ډېر { $count } توري.
  }
text-part-tile = د انځور لاندې دوه ټکي
text-part-title = سرلیک
text-part-line = د سرلیک لاندې جمله
text-part-notice = خبرتیا
demand-title = خلک څه پوښتي
demand-lead = پاڼې څو ځله پرانیستل شوې:
demand-what = څه
demand-few = له 5 کم
demand-none = لا څه نه دي پوښتل شوي
demand-none-next = کله چې څوک عامه پاڼه پرانیزي، شمېرل کېږي.
demand-rounded = تر پنځو ګرد شوی. خلک نه، یوازې پرانیستل شمېرل کېږي: نه کس، نه ځای، نه وخت او نه د لټون ټکی ساتل کېږي. بې لیکې لوستل شوې پاڼې نه شمېرل کېږي.
demand-situation = څه شوي دي
demand-programme = پروګرامونه
demand-question = د کتنې پوښتنې
demand-service = په ځایونو کې لټون
demand-district = ولسوالۍ
demand-search = لټونونه
demand-search-found = څه وموندل شول
demand-search-nothing = څه ونه موندل شول
service-register = ثبت او غوښتنلیک
service-identity-card = شناختي کارډ
service-b-form = د ماشوم ب فارم
service-cash-pos = په ګوته پیسې (POS)
service-cash-atm = په کارډ پیسې (ATM)
service-health = درملنه
service-nutrition = د مور او ماشوم خواړه
service-disability-board = د معیوبیت بورډ
service-night-shelter = د شپې بستره
service-meals = وړیا خواړه
service-training = کورس
service-free-computer = وړیا کمپیوټر او پرنټر
site-kind-centre = ون ونډو مرکز
site-kind-nadra = د نادرا دفتر
site-kind-payment = د پیسو ځای
site-kind-hospital = روغتون یا روغتیايي مرکز
site-kind-shelter = پناه ګاه
site-kind-vocational = روزنیز مرکز
site-kind-office = د محکمې دفتر
spoken-urdu = اردو
spoken-pashto = پښتو
spoken-hindko = هندکو
spoken-khowar = کهوار
spoken-saraiki = سرایکي
spoken-english = انګلیسي
spoken-sign = د اشارو ژبه
weekday-1 = دوشنبه
weekday-2 = سه‌شنبه
weekday-3 = چهارشنبه
weekday-4 = پنجشنبه
weekday-5 = جمعه
weekday-6 = شنبه
weekday-7 = یکشنبه
