# Rows of lists that an officer looks at.
rows-title = د لړلیکونو کرښې چې کتل غواړي
rows-lead = د بل دفتر په لړلیک کې داسې نوم دی چې ښایي له مخکې ثبت وي. ووایئ چې هره کرښه د چا ده. هره پرېکړه ثبت پاتې کېږي او بېرته اخیستل کېدای شي.
rows-views = د کرښو برخې
rows-tab-open = پرېکړه پاتې
rows-tab-waiting = دویم افسر
rows-tab-not-sure = ډاډه نه یو
rows-tab-decided = پرېکړه شوې
rows-back = بېرته کرښو ته
rows-back-to-list = بېرته دې لړلیک ته
rows-of-all-lists = د ټولو لړلیکونو کرښې
rows-none = دلته کرښه نشته
rows-none-next = کرښې هغه وخت دلته راځي چې لړلیک راوړل شي او ډاډ نه وي چې د چا دي.
rows-no-amount = کلنۍ اندازه نه ده لیکل شوې.
rows-among = { $count ->
    [one] ښایي د 1 ثبت کس وي
   *[other] ښایي له { $count } کسانو د یوه وي
  }
rows-more = نورې کرښې
rows-look = دا کرښې یوه یوه وګورئ
rows-waiting = { $count ->
    [0] د لړلیکونو کرښې
    [one] د لړلیکونو کرښې: د 1 پرېکړه پاتې ده
   *[other] د لړلیکونو کرښې: د { $count } پرېکړه پاتې ده
  }
row-title = دا کرښه د چا ده؟
row-says = لړلیک څه وایي
row-as-written = کرښه لکه څنګه چې لیکل شوې
row-receives = ورته رسېږي
row-among = د چا کېدای شي
row-nobody = نن په ثبتو خلکو کې څوک دې کرښې ته ورته نه دی.
row-named = افسر ښودلی
row-together = له دې کرښې سره
row-file = دوسیه پرانیزئ
row-limit-lead = دا به دویم افسر تاییدوي:
row-limit-other-district = کرښه او ریکارډ په دوو ضلعو کې دي.
row-limit-numbers-differ = د ریکارډ نمبر کتل شوی دی او په کرښه کې بل نمبر دی.
row-limit-much-at-stake = پر دواړو په کال کې له 50,000 روپیو ډېر ولاړ دي.
row-limit-own-import = دا لړلیک تاسو راوړی و.
row-means = دا د چا ده؟
row-means-hint = د خپلوانو پلار، کلی او ټيليفون یو وي: یوازې دا دلیل نه دی.
row-decide-same = { $who }
row-decide-new = یو نوی کس، له دې څخه هېڅوک نه
row-decide-not-sure = لا ډاډه نه یم
row-decide-refused = کرښه رد کړئ
row-reason-hint = په څو ټکو کې. دا ثبت پاتې کېږي. یوازې د ”ډاډه نه یم“ لپاره ضروري نه دی.
row-means-missing = وټاکئ چې دا کرښه د چا ده.
row-open-first = لومړی د دې کس دوسیه پرانیزئ. د بلې ضلعې دوسیه د دلیل په لیکلو پرانیستل کېږي.
row-choose-person = له ښودل شوو خلکو یو وټاکئ. که څوک پاتې وي کرښه بیا پرانیزئ.
row-decided-already = د دې کرښې پرېکړه شوې ده. لومړی هغه پرېکړه بېرته واخلئ.
row-nothing-proposed = دلته هېڅ دویم افسر ته نه ګوري. کرښه بیا پرانیزئ.
row-own-proposal = تاسو ویلي چې دا کرښه د چا ده. بل افسر یې باید وګوري او تایید کړي.
row-own-import = دا لړلیک تاسو راوړی و. بل افسر یې باید وګوري او تایید کړي.
row-nothing-decided = د دې کرښې پرېکړه چا نه ده کړې. بیا یې پرانیزئ.
row-said-same = د ثبت کس ویل شوې
row-said-new = یو نوی کس
row-said-not-sure = ډاډه نه یو
row-said-refused = افسر رد کړې
row-said-confirmed = دویم افسر تایید کړې
row-said-taken-back = پرېکړه بېرته اخیستل شوې
row-second-lead = یو افسر وایي چې دا کرښه د هغه کس ده چې پورته نښه شوی. دواړه وګورئ. که موافق یاست، په کرښه کې لیکلې مرسته د هغه دوسیې ته ځي.
row-not-yours-to-confirm = تاسو ویلي چې دا کرښه د چا ده، یا مو یې لړلیک راوړی. بل افسر یې باید وګوري او تایید کړي.
row-confirm = تایید: د همدې کس ده
row-undo-title = د دې کرښې پرېکړه شوې ده
row-undo-means = په بېرته اخیستلو هر څه لکه مخکې کېږي: کرښه بیا انتظار کوي او چا ته پرې هېڅ نه رسېږي.
row-undo-reason = ولې بېرته اخیستل کېږي؟
row-undo-button = پرېکړه بېرته واخلئ
row-settled = دا کرښه د راوړلو پر وخت پخپله معلومه شوه؛ د پوښتنې څه نه وو.
row-next = بله کرښه
row-done-same = وساتل شو. په کرښه کې لیکلې مرسته اوس د دې کس په دوسیه کې ده.
row-done-proposed = وساتل شو. دویم افسر به یې وګوري او تایید کړي.
row-done-new = وساتل شو. په لټون کې دا کس ”په لړلیک کې“ موندل کېږي او کورنۍ ترې ثبتېدای شي.
row-done-not-sure = وساتل شو. کرښه ستاسو په نوم په ”ډاډه نه یو“ کې پاتې کېږي.
row-done-refused = وساتل شو. کرښه ستاسو په دلیل رد شوه؛ همدا کرښه بیا نه اخیستل کېږي.
row-done-confirmed = تایید شوه. په کرښه کې لیکلې مرسته اوس د دې کس په دوسیه کې ده.
row-done-back = پرېکړه بېرته واخیستل شوه. کرښه بیا انتظار کوي.
row-refused-declined = افسر رد کړې
