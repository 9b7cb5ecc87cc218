check-title = وګورئ چې څه درته رسېدای شي
check-lead = څو پوښتنو ته ځواب ورکړئ او وګورئ چې ستاسو کورنۍ د کومو پروګرامونو وړ کېدای شي.
check-no-name = موږ نه نوم پوښتو نه شمېره، او هیڅ نه ساتو.
check-any-skipped = هره پوښتنه پرېښودل کېدای شي.
check-departments-decide = دا پرېکړه نه ده. پرېکړه یوازې هغه محکمه کوي چې پروګرام چلوي.
check-begin-again = مهرباني وکړئ بیا پیل وکړئ؛ هیڅ نه دي ساتل شوي.
check-size = ستاسو په ګډون څومره کسان له یوه نغري خوري؟
check-size-hint = هر هغه څوک چې خواړه یې له تاسو سره پخېږي، ماشومان او تي خوړونکي هم.
check-size-wrong = ولیکئ چې څو کسان دي، له 1 تر 40 پورې.
check-district = هغه ولسوالۍ چې پکې اوسئ
check-province = د شناختي کارډ صوبه
check-province-hint = که نه پوهېږئ، تش یې پرېږدئ.
check-go-on = مخکې لاړ شئ
check-members-title = دا څوک دي؟
check-members-lead = نومونه نه غواړو. څه چې نه پوهېږئ تش پاتې کېدای شي.
check-members-none = لږ تر لږه د یوه کس په اړه ووایاست: عمر، یا ښځه ده که نر.
check-member-first = تاسو پخپله
check-member-n = کس { $n }
check-age = عمر په کلونو
check-months = یا میاشتې، که تي خوړونکی وي
check-wrong-age = کس { $number }: عمر باید له 0 تر 120 کلونو وي.
check-wrong-months = کس { $number }: میاشتې باید له 0 تر 35 وي. د لویو ماشومانو عمر په کلونو ولیکئ.
check-sex = ښځه یا نر
check-marital = واده شوي که نه
check-relation = د کورنۍ له مشر سره خپلوي
check-more-members = یو بل کس
check-to-questions = پوښتنو ته
check-back = شاته
check-member-woman = یوه ښځه
check-member-man = یو سړی
check-member-girl = یوه نجلۍ
check-member-boy = یو هلک
check-member-child = یو ماشوم
check-member-person = یو کس
check-member-woman-years = د { $n } کلونو ښځه
check-member-man-years = د { $n } کلونو سړی
check-member-girl-years = د { $n } کلونو نجلۍ
check-member-boy-years = د { $n } کلونو هلک
check-member-child-years = د { $n } کلونو ماشوم
check-member-person-years = د { $n } کلونو کس
check-member-woman-months = د { $n } میاشتو نجلۍ
check-member-man-months = د { $n } میاشتو هلک
check-member-girl-months = د { $n } میاشتو نجلۍ
check-member-boy-months = د { $n } میاشتو هلک
check-member-child-months = د { $n } میاشتو ماشوم
check-member-person-months = د { $n } میاشتو ماشوم
check-member-again = { $name } ({ $n })
check-per = دا پیسې دي
check-per-month = د یوې میاشتې
check-per-week = د یوې اوونۍ
check-per-day = د یوې ورځې مزدوري
check-income-whole = د ټولو یو ځای: مزدوري، پنشن، کرایه او کور ته رالېږل شوې پیسې. څنګه چې تاسو حساب کوئ هماغسې یې وټاکئ.
check-income-person = یوازې هغه چې { $name } یې ګټي. څنګه چې تاسو حساب کوئ هماغسې یې وټاکئ.
check-next = بله
check-skip = دا پرېږدئ
check-so-far = تر اوسه
check-count-may = د { $count } وړ کېدای شئ
check-count-open = د { $count } لا نه شو ویلای
check-count-no = { $count } غالباً نه
check-see-results = تر اوسه نتیجه وګورئ
check-private-hint = دا یوازې تاسو پرانیزئ. دلته ځوابونه نه په کاغذ راځي نه په کوډ کې.
check-results-title = قواعد تر اوسه څه وايي
check-not-everybody = تاسو د خپل نغري ټول کسان نه دي ښودلي، ځکه ځینې ځوابونه خلاص پاتې کېږي.
check-ask-on = نورو پوښتنو ته ځواب ورکړئ
check-to-paper = مرکز ته یې یوسئ یا چاپ یې کړئ
check-may = { $count ->
    [0] وړ کېدای شئ: لا هیڅ نه
    [one] تاسو د 1 پروګرام وړ کېدای شئ
   *[other] تاسو د { $count } پروګرامونو وړ کېدای شئ
  }
check-may-none = لا هیڅ یقیني نه دي. نورو پوښتنو ته ځواب ورکړئ، یا په مرکز کې وپوښتئ: د ځینو مرستو قواعد خپاره شوي نه دي.
check-word-may = وړ کېدای شئ
check-partial = محکمه هغه قواعد هم ګوري چې زموږ سره نه شته.
check-about = د دې په اړه نور
check-open = { $count ->
    [one] د 1 لا نه شو ویلای
   *[other] د { $count } لا نه شو ویلای
  }
check-word-open = نه شو ویلای تر څو چې دا معلوم نه شي:
check-until-members = چې ستاسو د نغري ټول کسان لیکل شوي دي
check-not-published = د هغه قواعد چې خپاره شوي نه دي: له محکمې وپوښتئ
check-receives = تاسو وویل چې دا درته له مخکې رسېږي
check-no = { $count ->
    [one] 1 غالباً نه
   *[other] { $count } غالباً نه
  }
check-word-no = غالباً نه، ځکه چې:
check-closed = { $count ->
    [one] 1 اوس غوښتنلیکونه نه اخلي
   *[other] { $count } اوس غوښتنلیکونه نه اخلي
  }
check-said = { $count ->
    [0] ستاسو ځوابونه
    [one] ستاسو 1 ځواب
   *[other] ستاسو { $count } ځوابونه
  }
check-change = بدل یې کړئ
check-skipped = { $count ->
    [one] 1 پوښتنه پرېښودل شوه.
   *[other] { $count } پوښتنې پرېښودل شوې.
  }
check-edit-members = کسان بدل کړئ
check-edit-home = ځای یا شمېر بدل کړئ
check-centre = نږدې مرکز
check-paper-title = دا مرکز ته یوسئ
check-paper-date = په { $date } وکتل شو. دا نه پرېکړه ده نه غوښتنلیک.
check-qr = ځوابونه د مرکز لپاره د کوډ په بڼه
check-qr-why = په مرکز کې دا کوډ وښایئ: کلرک یې لولي او هیڅ دوه ځله نه ویل کېږي. هلته هر ځواب تاسو تاییدوئ.
check-qr-holds = { $count ->
    [one] پکې عمرونه او 1 ځواب دی. نه نوم، نه شمېره، نه پته.
   *[other] پکې عمرونه او { $count } ځوابونه دي. نه نوم، نه شمېره، نه پته.
  }
check-paper-private = څه چې تاسو په پټه وپوښتل هغه پکې نشته. که غواړئ ټولنیز کارکوونکي ته یې پخپله ووایئ.
check-qr-too-long = ستاسو ځوابونه دومره ډېر دي چې کمره یې کوډ نه شي لوستلای. لاندې لړ وښایئ، یا مرکز ته متن ولولئ.
check-code-text = کوډ د متن په بڼه، د کاپي لپاره
check-paper-family = چا په اړه وویل شول
check-bring = له ځان سره راوړل شوي کاغذونه
check-print = چاپ یې کړئ
check-back-to-results = نتیجې ته شاته
carry-unreadable = دا د ځوابونو کوډ نه دی. څلور ګوټیز کوډ بیا سکین کړئ، یا ټول هغه متن چې په OW پیلېږي پیسټ کړئ.
carry-damaged = د کوډ یوه برخه ورکه یا بدله ده. بیا یې سکین کړئ، یا ټول یې پیسټ کړئ.
carry-newer = دا کوډ له دې نه نوې نسخې جوړ کړی. پوښتنې بیا وپوښتئ.
carry-old-questions = دا کوډ په داسې پوښتنو جوړ شوی چې اوس بدلې شوې دي. پوښتنې بیا وپوښتئ.
keep-title = پرنټر نشته؟ ځوابونه د درېو ورځو لپاره وساتئ
keep-lead = موږ ستاسو ځوابونه د لنډ کوډ لاندې ساتلای شو چې یوازې تاسو یې لرئ. له 72 ساعتونو وروسته پاکېږي. بې له کوډه یې هیڅوک نه شي پرانیستلای، موږ هم نه.
keep-agree = زه منم چې زما ځوابونه دې د 72 ساعتونو لپاره د کوډ لاندې وساتل شي.
keep-button = وساتئ او کوډ وښایئ
keep-agree-missing = پر رضایت نښه ولګوئ یا شاته لاړ شئ: بې له هغې هیڅ نه ساتل کېږي.
keep-kept-title = دا کوډ ولیکئ
keep-kept-lead = په مرکز کې یې وښایئ. موږ یې بیا نه شو ښودلای.
keep-kept-until = ځوابونه به په { $date } د { $time } بجو پاک شي.
keep-back = خپلو ځوابونو ته شاته
kiosk-finish = پای او پاک کړئ
kiosk-title = موږ ستاسو لپاره څه کولای شو؟
kiosk-lead = دا کمپیوټر هیڅ نه ساتي. که یوه دقیقه څوک لاس ور نه وړي، هر څه پاکېږي.
kiosk-warning = څوک نشته؟ په څو ثانیو کې به هر څه پاک شي. د دوام لپاره چېرته لاس ولګوئ.
kiosk-ended = هر څه پاک شول
kiosk-ended-lead = راتلونکی کس ستاسو له کارونو هیڅ نه ویني.
kiosk-begin = پیل کړئ
offline-title = دا پاڼه ستاسو په ټیلیفون کې نشته
offline-lead = اوس لین نشته. دا شیان بې له لینه کار کوي؛ نور به له لین سره راشي.
offline-words = لین نشته. څه چې وینئ د { $date } دي.
saved-title = په دې ټیلیفون کې رسیدونه
saved-lead = یوازې دا ټیلیفون یې پېژني. تازه خبر لین غواړي.
saved-none = په دې ټیلیفون کې هیڅ رسید نه دی ساتل شوی.
saved-erase-all = له دې ټیلیفونه ټول پاک کړئ
save-title = په دې ټیلیفون کې یې وساتئ؟
save-lead = بیا دا پاڼه بې له لینه هم وینئ. د چا په لاس کې چې دا ټیلیفون وي هغه یې هم لیدلای شي.
save-button = دا رسید په دې ټیلیفون کې وساتئ
save-saved = په دې ټیلیفون کې ساتل شوی.
save-erase = له دې ټیلیفونه یې پاک کړئ
carried-title = دوی کوډ راوړی
carried-lead = کورنۍ په کور کې کتلي او څلور ګوټیز کوډ، د هغه متن یا لنډ کوډ یې راوړی. دلته یې ولولئ، بیا هیڅ دوه ځله نه پوښتل کېږي.
carried-camera = په کمره یې سکین کړئ
carried-camera-none = کمره نه کارول کېږي. سکینر وکاروئ یا متن پیسټ کړئ.
carried-camera-looking = کوډ د کمرې مخې ته ونیسئ.
carried-code = کوډ
carried-code-hint = سکینر یې دلته لیکي. یا هغه متن پیسټ کړئ چې په OW پیلېږي، یا لنډ کوډ ولیکئ لکه 7K4P-29MX-Q3RT.
carried-read = کوډ ولولئ
carried-missing = لومړی کوډ سکین، پیسټ یا ټایپ کړئ.
carried-not-kept = تر دې کوډ لاندې هیڅ نه دي ساتل شوي. کېدای شي درې ورځې تېرې وي یا غلط لیکل شوی وي. توري وګورئ، یا پوښتنې بیا وپوښتئ.
carried-confirm-title = په کور کې یې څه وویل
carried-confirm-lead = لا هیڅ نه دي درج شوي. نومونه ولیکئ، ټول په لوړ غږ ولولئ، څه چې سم نه وي سم یې کړئ.
carried-other-pack = د کورنۍ له کتلو وروسته قواعد بدل شوي دي. دلته نتیجې د نن دي.
carried-similar-next = ایا په دوی کې ده؟ هغه کورنۍ پرانیزئ او کوډ هلته بیا ولولئ؛ ځوابونه به ور زیات شي. که په دوی کې نه وي، لاندې یې خوندي کړئ.
carried-who = څوک څوک دي
carried-twice = دا کس د دوو لپاره ټاکل شوی. هر کس یو ځل وټاکئ.
carried-about = عمر، نږدې
carried-leave-out = د دې کورنۍ نه دی
carried-complete = له یوه نغري خوړونکي همدا ټول دي
carried-answers = { $count ->
    [one] 1 ځواب
   *[other] { $count } ځوابونه
  }
carried-answers-hint = له هغه چې سم نه وي نښه لرې کړئ؛ بیا به وپوښتل شي.
carried-read-out = ما په لوړ غږ ولوست او کورنۍ تایید کړ
carried-read-out-missing = کورنۍ ته یې ولولئ او نښه ولګوئ چې تایید یې کړ.
carried-save = د نن د وینا په توګه یې خوندي کړئ
carried-reason = د کورنۍ په خپل کتلو کې بیا وویل شول
people-done-carried = څه چې کورنۍ په کور کې ویلي وو درج شول، د نن د وینا په توګه.
