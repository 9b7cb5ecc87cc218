desk-title = The window today
desk-nobody = Nobody is waiting
desk-nobody-next = Issue the next token, or find a family who came before.
desk-waiting = Waiting and being served
desk-minutes = Minutes
desk-state = State
desk-served = is being served
desk-waits = waits
desk-today = Visits today
token-word = Token
token-number = Token { $number }
token-counter = Counter
token-topic = What brings them
token-language = Language
token-issue = Issue a token
token-issue-button = Issue the token
token-counter-missing = Choose the counter.
token-topic-missing = Choose what brings the visitor.
token-language-missing = Choose the visitor’s language.
visit-this = This visit
visit-the-visit = The visit
visit-steps = Steps of this visit
visit-nobody-yet = not yet registered
visit-waiting = { $minutes ->
    [0] just now
    [one] since 1 minute
   *[other] since { $minutes } minutes
  }
visit-over = this visit has ended
visit-call = Serve here
visit-end = End visit
step-is-done = , done
token-issued = Token { $number } is issued.
