# د خلکو پاڼې
portal-title = د هرې مرستې لپاره یوه کړکۍ
portal-lead = یو دفتر ستاسو کورنۍ یو ځل ثبتوي او ستاسو غوښتنلیکونه هرې محکمې ته لېږي.
portal-track = تر اوسه څه وشول؟
portal-centres = مرکز پیدا کړئ
portal-bring = څه راوړئ
portal-programmes = { $count ->
    [one] مرکز په یوه راتګ کې ستاسو د کورنۍ لپاره یو پروګرام ګوري.
   *[other] مرکز په یوه راتګ کې ستاسو د کورنۍ لپاره { $count } پروګرامونه ګوري.
  }
portal-back = لومړۍ پاڼه
bring-title = څه راوړئ
bring-lead = دا کاغذونه تر ټولو زیات غوښتل کېږي. د هر غړي کاغذونه په کار راځي.
bring-asked-by = { $count ->
    [one] یو پروګرام یې غواړي
   *[other] { $count } پروګرامونه یې غواړي
  }
bring-anyway = کوم کاغذ نشته؟ بیا هم راشئ. مرکز به ووایي چې هغه چرته کېږي، او هېڅ نه ضایع کېږي.
centres-title = مرکز پیدا کړئ
centres-lead = په دې کې هر یوه مرکز ته راشئ. پوښتنه وړیا ده.
centres-none = تر اوسه دلته کوم مرکز نه دی لیکل شوی.
centres-no-phone = ټیلیفون نشته
track-title = زما په غوښتنلیک څه وشول؟
track-code = د رسید کوډ
track-code-hint = تش ځای او واړه توري فرق نه کوي. لکه
track-secret = د پرچۍ پټ نمبر
track-secret-hint = شپږ عددونه. د دفتر هېڅ کس به دا نمبر درنه ونه غواړي.
track-button = وګورئ چې چرته رسېدلی
track-lost = رسید ورک دی؟ هر مرکز یې ستاسو تر پېژندلو وروسته بیا چاپ کوي.
track-code-shape = کوډ لس توري او عددونه لري. له رسید نه یې ولیکئ.
track-code-check = د کوډ یو توری یا عدد غلط لیکل شوی. له رسید سره یې وګورئ.
track-secret-shape = پټ نمبر شپږ عددونه لري. په هغه پرچۍ دی چې تاسو جلا کړې وه.
track-wrong = کوډ او پټ نمبر یو له بل سره نه برابرېږي. دواړه له کاغذ سره وګورئ، یا له مرکز نه وپوښتئ.
track-wait = { $seconds ->
    [one] په دې کوډ ډېر ځله غلط کوشش شوی. یو سېکنډ پس بیا کوشش وکړئ. مرکز سمدستي مرسته کولی شي.
   *[other] په دې کوډ ډېر ځله غلط کوشش شوی. { $seconds } سېکنډه پس بیا کوشش وکړئ. مرکز سمدستي مرسته کولی شي.
  }
track-where = غوښتنلیک چرته رسېدلی
track-receipt = رسید
track-your-application = ستاسو غوښتنلیک
track-the-office = دفتر
track-office = { $operator }، { $place }
track-applied = غوښتنلیک د { $centre } په مرکز کې ورکړل شو.
track-place = په لړ کې نمبر { $place }.
track-rule = هغه قاعده چې پوره نه شوه:
track-words = دفتر لیکلي:
track-given = ورکړل شول:
track-by = تر
track-missing = څه چې لا نشته
track-now = اوس تاسو څه کولی شئ
track-now-wait = هېڅ کار نشته. رسید او پرچۍ وساتئ.
track-now-bring = څه چې غوښتل شوي، هغه واخلئ او هر مرکز ته راشئ. تر هغې د دفتر وخت ولاړ دی.
track-now-missing = څه چې کم دي، ژر یې هر مرکز ته راوړئ: بې له هغې فیصله درېدلی شي.
track-now-late = مرکز ته راشئ یا ټیلیفون وکړئ: د ځنډ د دلیل پوهېدل ستاسو حق دی.
track-now-appeal = که تاسو ګڼئ چې دا غلطه ده، بیا یې کتلی شئ، وړیا: دلته، یا له رسید سره په هر مرکز کې.
track-ask = د پوښتنې یا شکایت لپاره:
track-forget = دا رسید له دې ټیلیفون نه لرې کړئ
track-forget-hint = دا ټیلیفون نیم ساعت رسید ښیي او پټ نمبر بیا نه غواړي.
track-past-submitted = په مرکز کې ورکړل شو.
track-past-forwarded = مرکز غوښتنلیک { $office } ته ولېږلو.
track-past-received = { $office } غوښتنلیک ترلاسه کړو.
track-past-under-review = غوښتنلیک اوس { $office } ګوري.
track-past-returned-for-information = { $office } غوښتنلیک بېرته ولېږلو: له کورنۍ نه څه په کار دي.
track-past-resubmitted = کورنۍ جواب ورکړو. غوښتنلیک بیا له { $office } سره دی.
track-past-approved = { $office } غوښتنلیک منظور کړو.
track-past-rejected = { $office } غوښتنلیک منظور نه کړو.
track-past-wait-listed = { $office } نوم د انتظار په لړ کې ولیکلو.
track-past-enrolled = { $office } نوم په لړ کې ولیکلو.
track-past-in-payment = د { $office } له خوا پیسې ورکول شروع شول.
track-past-service-given = { $office } ورکړل.
track-past-suspended = { $office } د اوس لپاره ودرولو.
track-past-closed = { $office } کار بند کړو.
track-past-withdrawn = کورنۍ غوښتنلیک بېرته واخیستو.
track-past-duplicate = { $office } بند کړو: همدا غوښتنلیک په بل ځای کې شته.
track-past-expired = { $office } بند کړو: جواب په وخت رانغلو.
track-past-deceased = { $office } بند کړو: غوښتونکی وفات شوی دی.
track-past-transferred = { $office } غوښتنلیک بل دفتر ته ولېږلو.
track-past-appeal = کورنۍ وغوښتل چې فیصله بیا وکتل شي.
track-past-upheld = بیا وکتل شو: فیصله پر ځای ده.
track-past-overturned = بیا وکتل شو: فیصله لغوه شوه. { $office } به بیا فیصله وکړي.
track-next-send = مرکز یې نن لېږي.
track-next-acknowledge = { $office } به د رسېدو تصدیق وکړي. ستاسو راتګ ته ضرورت نشته.
track-next-check = { $office } به کاغذونه وګوري. ستاسو راتګ ته ضرورت نشته.
track-next-decide = { $office } به فیصله وکړي. ستاسو راتګ ته ضرورت نشته.
track-next-answer = اوس ستاسو وار دی: څه چې غوښتل شوي، هر مرکز ته یې راوړئ.
track-next-wait = تر ځای پیدا کېدو ستاسو نوم په لړ کې پاتې دی. ستاسو راتګ ته ضرورت نشته.
track-next-enrol = { $office } به ستاسو نوم په لړ کې ولیکي.
track-next-deliver = له { $office } نه به لومړۍ پیسې یا خدمت راشي.
track-next-payments = پیسې روانې دي. که کوم قسط رانغی، مرکز ته ووایئ.
track-next-given = نور څه پاتې نه دي. که تاسو ته څه نه وي رسېدلي، مرکز ته ووایئ.
track-next-appeal = تاسو غوښتلی شئ چې دا بیا وکتل شي.
track-next-appeal-answer = له فیصله کوونکي پرته بل څوک یې بیا ګوري. ځواب به درکړل شي.
track-next-elsewhere = اوس یې بل دفتر ګوري. مرکز خبر دی چې کوم.
track-next-ended = دلته نور څه نه کېږي. تاسو په هر مرکز کې بیا غوښتنلیک ورکولی شئ.
track-next-late = { $office } د دې وعده کړې وه، او وخت یې تېر شوی دی.
