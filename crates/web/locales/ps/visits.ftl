desk-title = د نن کړکۍ
desk-nobody = هیڅوک په انتظار نه دي
desk-nobody-next = بل ټوکن ورکړئ، یا مخکې راغلې کورنۍ ولټوئ.
desk-waiting = په انتظار او تر خدمت لاندې
desk-minutes = دقیقې
desk-state = حال
desk-served = خدمت روان دی
desk-waits = په انتظار
desk-today = د نن لیدنې
token-word = ټوکن
token-number = ټوکن { $number }
token-counter = کاونټر
token-topic = د راتګ سبب
token-language = ژبه
token-issue = ټوکن ورکړئ
token-issue-button = ټوکن ورکړئ
token-counter-missing = کاونټر وټاکئ.
token-topic-missing = د راتګ سبب وټاکئ.
token-language-missing = د راغلي کس ژبه وټاکئ.
visit-this = دا لیدنه
visit-the-visit = لیدنه
visit-steps = د دې لیدنې پړاوونه
visit-nobody-yet = لا ثبت شوې نه ده
visit-waiting = { $minutes ->
    [0] همدا اوس
    [one] له 1 دقیقې راهیسې
   *[other] له { $minutes } دقیقو راهیسې
  }
visit-over = دا لیدنه پای ته رسېدلې
visit-call = دلته خدمت وکړئ
visit-end = لیدنه پای ته ورسوئ
step-is-done = ، بشپړ
token-issued = ټوکن { $number } ورکړل شو.
