# What a family can ask for its own file: the status read aloud, who looked, and taking consent back.
place-status = ټیلیفونونه
status-title = حال په لوړ غږ ولولئ
status-lead = څوک زنګ وهي یا راځي او د رسید کوډ وایي. وپوښتئ چې څوک دی، او د پرچۍ پټ نمبر یا د کورنۍ د یو غړي د کارډ نمبر هم.
status-secret-hint = شپږ عددونه، لکه څنګه چې یې زنګ وهونکی وایي.
status-number = یا: د کورنۍ د یو غړي د کارډ نمبر
status-number-hint = لکه څنګه چې یې زنګ وهونکی وایي. له فایل سره برابرېږي، ښودل کېږي نه. د عامو الفاظو رسید یوازې په پټ نمبر خلاصېږي.
status-language = د زنګ وهونکي ژبه
status-language-family = د کورنۍ ژبه
status-button = وښایئ چې څه ولوستل شي
status-proof-missing = پټ نمبر یا د کارډ نمبر وپوښتئ: یوازې په کوډ چا ته هېڅ نه ویل کېږي.
status-wrong = دا یو له بل سره نه برابرېږي. کوډ بېرته ورته ووایئ او بل ثبوت وپوښتئ؛ یا ورته ووایئ چې مرکز ته راشي.
status-wait = { $seconds ->
    [one] ډېر غلط کوډونه. تر بل مخکې یوه ثانیه صبر وکړئ.
   *[other] ډېر غلط کوډونه. تر بل مخکې { $seconds } ثانیې صبر وکړئ.
  }
status-read-aloud = دا په لوړ غږ ولولئ:
status-own = همدا خبره ستاسو په ژبه
status-only-this = په ټیلیفون نور څه مه وایئ. لیکل کېږي چې دا ولوستل شول.
status-another = بل زنګ
status-nothing = په دې رسید هېڅ نشته. له رسید سره مرکز ته راشئ.
status-stands = { $title }: { $status }. { $next } { $until }
status-until = موده: تر { $date }.
status-bring = څه چې کم دي، هر مرکز ته یې راوړئ: { $papers }.
purpose-call = په ټیلیفون
read-status = په لوړ غږ لوستل شوی حال
read-receipt = رسید
read-papers = د کاغذونو لړ
looked-title = دا فایل چا کتلی دی
looked-lead = د دې کورنۍ فایل، کاغذونه او غوښتنلیکونه هر ځل کوم دفتر خلاص کړي دي. نوي لومړی.
looked-link = دا فایل چا کتلی دی
looked-sheet = د کورنۍ لپاره یې چاپ کړئ
looked-back = کورنۍ ته بېرته
looked-none = تر اوسه چا نه دی کتلی
looked-none-next = څوک چې فایل خلاص کړي، دلته ښکاري.
looked-when = کله
looked-who = چا
looked-what = څه
looked-why = ولې
looked-centre = د ون ونډو مرکز { $place }
looked-department = { $operator }، { $place }
looked-office = یو دفتر
looked-by-name = د افسرانو نومونه آډیټر ته معلوم دي. څوک چې ګڼي کتل پر ځای نه وو، په هر مرکز یا د تعقیب په پاڼه شکایت کولی شي.
looked-after = تر لړ وروسته
looked-days = چا وکتل
looked-days-lead = په دې ورځو کوم دفتر د دې رسید شیان خلاص کړي دي. د افسرانو نومونه آډیټر ته معلوم دي.
looked-days-back = غوښتنلیک چېرته دی
looked-line = { $who }: { $what }
withdraw-title = رضا بېرته اخیستل
withdraw-lead = لومړی کورنۍ ته ووایئ چې د هرې یوې نتیجه به څه وي. تر ساتلو هېڅ بېرته نه اخیستل کېږي.
withdraw-link = رضا بېرته واخلئ
withdraw-nothing = په هېڅ رضا نه ده ورکړل شوې، نو د بېرته اخیستو څه نشته.
withdraw-which = کورنۍ څه بېرته اخلي؟
withdraw-none = وټاکئ چې څه بېرته اخیستل کېږي، یا پاڼه پرېږدئ.
withdraw-save = ټاکل شوې بېرته واخلئ
withdraw-keep = نور به نه څه وپوښتل شي او نه غوښتنلیک ورکړل شي. فایل تړلی پاتې کېږي تر هغې چې دوه افسران یې د ړنګولو فیصله وکړي.
withdraw-forward = محکمو ته به نور هېڅ ونه لېږل شي.
withdraw-verify = نمبرونه او کاغذونه به له ورکوونکي دفتره ونه پوښتل شي. محکمې پر ځای یې کاغذ غوښتلی شي.
withdraw-message = نور به هېڅ پیغام ونه لېږل شي.
withdraw-open = { $count ->
    [0] هېڅ غوښتنلیک د ځواب په تمه نه دی.
    [one] یو غوښتنلیک د ځواب په تمه دی. محکمه پرې کار کوي تر هغې چې کورنۍ یې د ”درخواستونه“ په ګام کې بېرته واخلي.
   *[other] { $count } غوښتنلیکونه د ځواب په تمه دي. محکمې پرې کار کوي تر هغې چې کورنۍ یې د ”درخواستونه“ په ګام کې بېرته واخلي.
  }
withdraw-unsent = { $count ->
    [0] د لېږلو هېڅ نشته.
    [one] یو پیغام پاتې دی، نه به لېږل کېږي.
   *[other] { $count } پیغامونه پاتې دي، نه به لېږل کېږي.
  }
people-done-withdrawn = له اوسه بېرته واخیستل شوه. نتیجه یې سمدستي پلې ده.
