skip-to-content = اصلي برخې ته لاړ شئ
demo-ribbon = نمونه: فرضي خلک
shell-languages = ژبه
shell-places = ځایونه
sign-out = بهر شئ
footer-promise = پرېکړه محکمه کوي. پوښتنه وړیا ده، او هیڅوک فیس نه شي غوښتلی.
place-desk = کړکۍ
place-people = خلک
place-inbox = درخواستونه
place-grievances = شکایتونه
place-figures = شمېرې
place-forgetting = د نه ساتلو غوښتنه
place-review = دوه ځله ثبت؟
place-officers = اهلکاران
place-reads = چا څه وکتل
form-errors = { $count ->
    [one] یو ځواب بیا وګورئ
   *[other] { $count } ځوابونه بیا وګورئ
  }
form-nothing-lost = هیڅ ضایع نه شول. څه چې تاسو ولیکل هغه دلته دي.
form-error = غلطي:
form-choose = وټاکئ
form-dropped = رابطه پرې شوه. ستاسو ځوابونه خوندي دي؛ بیا یې کېکاږئ.
form-restored = مخکې لیکل شوي ځوابونه بېرته راغلل. وګورئ او مخکې لاړ شئ.
form-busy = خوندي کېږي…
clock-left = { $days ->
    [one] 1 د کار ورځ پاتې
   *[other] { $days } د کار ورځې پاتې
  }
clock-due-soon = { $days ->
    [0] نن وروستۍ ورځ ده
    [one] نژدې: 1 د کار ورځ پاتې
   *[other] نژدې: { $days } د کار ورځې پاتې
  }
clock-overdue = { $days ->
    [one] 1 د کار ورځ ځنډ
   *[other] { $days } د کار ورځې ځنډ
  }
clock-waits-for-citizen = د کورنۍ انتظار دی
error-go-on = مخکې لاړ شئ
error-not-found-title = دلته ستاسو لپاره څه نشته
error-not-found-safe = هیڅ بدل نه شول.
error-not-found-next = دا پاڼه نشته، یا د بل دفتر ده. پته وګورئ، یا له سره پیل وکړئ.
error-other-site-title = دا فورمه له بلې وېب‌پاڼې راغله
error-other-site-safe = هیڅ بدل نه شول.
error-other-site-next = پاڼه دلته پرانیزئ او بیا یې ډکه کړئ.
error-old-form-title = دا فورمه د مخکینۍ ناستې ده
error-old-form-safe = هیڅ بدل نه شول، او ستاسو لیکل ضایع نه دي: براوزر یې تر خوندي کېدو ساتي.
error-old-form-next = بېرته لاړ شئ، پاڼه بیا پرانیزئ، او یو ځل بیا یې ولېږئ.
error-bad-form-title = فورمه ونه لوستل شوه
error-bad-form-safe = هیڅ بدل نه شول.
error-bad-form-next = بېرته لاړ شئ، پاڼه بیا پرانیزئ، او یو ځل بیا یې ولېږئ.
error-too-large-title = لېږل شوی شی ډېر لوی دی
error-too-large-safe = هیڅ بدل نه شول.
error-too-large-next = فورمه تر 256 kB او کاغذ تر 10 MB کېدای شي. لیکنه لنډه کړئ، یا عکس په کوچنۍ اندازه واخلئ.
error-stale-title = ستاسو د لیکلو پر مهال بل چا دا بدل کړل
error-stale-safe = ستاسو ځواب لاندې خوندي دی خو لا ثبت نه دی. ووایئ کوم یو سم دی.
error-other-body-title = دا فورمه له نورو ځوابونو سره مخکې لېږل شوې ده
error-other-body-safe = لومړي ځوابونه ثبت دي. دویم ثبت نه شول.
error-other-body-next = پاڼه بیا پرانیزئ او څه چې توپیر لري هغه بدل کړئ.
error-clock-title = د سرور ساعت غلط دی
error-clock-safe = هیڅ بدل نه شول.
error-clock-next = د سرور مسئول خبر کړئ. تر هغې کاغذي فورمه وساتئ.
error-broken-title = زموږ له خوا یو شی خراب شو
error-broken-safe = څه چې مخکې ثبت شوي هغه خوندي دي. څه چې اوس مو ولېږل، کېدای شي ثبت شوي نه وي.
error-broken-next = بېرته لاړ شئ او بیا یې ولېږئ: دوه ځله لېږل زیان نه لري. که بیا خراب شو، د سرور مسئول خبر کړئ.
stale-on-file = اوس ثبت دی
stale-yours = ستاسو
stale-keep = څه چې ثبت دي هماغه وساتئ
stale-save-mine = زما ځواب ثبت کړئ
month-1 = جنوري
month-2 = فبروري
month-3 = مارچ
month-4 = اپرېل
month-5 = مۍ
month-6 = جون
month-7 = جولای
month-8 = اګست
month-9 = سپتمبر
month-10 = اکتوبر
month-11 = نومبر
month-12 = دسمبر
