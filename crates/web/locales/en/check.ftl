check-title = Check what you may get
check-lead = Answer a few questions and see which programmes your family may qualify for.
check-no-name = We ask no name and no number, and we keep nothing.
check-any-skipped = Any question may be skipped.
check-departments-decide = This is no decision. Only the department that runs a programme decides.
check-begin-again = Please begin again; nothing was kept.
check-size = How many people eat from one kitchen, yourself included?
check-size-hint = Everybody who shares your cooking pot, children and babies too.
check-size-wrong = Write how many people, from 1 to 40.
check-district = The district you live in
check-province = The province on the identity card
check-province-hint = Leave it empty if you do not know.
check-go-on = Go on
check-members-title = Who are they?
check-members-lead = No names. What you do not know may stay empty.
check-members-none = Tell us of at least one person: an age, or woman or man.
check-member-first = You
check-member-n = Person { $n }
check-age = Age in years
check-months = or months, for a baby
check-wrong-age = Person { $number }: the age must be from 0 to 120 years.
check-wrong-months = Person { $number }: the months must be from 0 to 35. Write older children in years.
check-sex = Woman or man
check-marital = Married or not
check-relation = Who this is to the head of the family
check-more-members = One more person
check-to-questions = On to the questions
check-back = Back
check-member-woman = a woman
check-member-man = a man
check-member-girl = a girl
check-member-boy = a boy
check-member-child = a child
check-member-person = a person
check-member-woman-years = the woman of { $n }
check-member-man-years = the man of { $n }
check-member-girl-years = the girl of { $n }
check-member-boy-years = the boy of { $n }
check-member-child-years = the child of { $n }
check-member-person-years = the person of { $n }
check-member-woman-months = the girl of { $n } months
check-member-man-months = the boy of { $n } months
check-member-girl-months = the girl of { $n } months
check-member-boy-months = the boy of { $n } months
check-member-child-months = the child of { $n } months
check-member-person-months = the child of { $n } months
check-member-again = { $name } ({ $n })
check-per = The amount is
check-per-month = a month
check-per-week = a week
check-per-day = a working day
check-income-whole = Everybody together: wages, pensions, rent, and money sent home. Choose how you reckon it.
check-income-person = Only what { $name } earns. Choose how you reckon it.
check-next = Next
check-skip = Skip this
check-so-far = So far
check-count-may = { $count } you may qualify for
check-count-open = { $count } we cannot tell yet
check-count-no = { $count } probably not
check-see-results = See what it says so far
check-private-hint = Only you open this. What you answer here stands on no paper and in no code.
check-results-title = What the rules say so far
check-not-everybody = You have not told us of everybody who eats from your kitchen, so some answers stay open.
check-ask-on = Answer more questions
check-to-paper = Take it to a centre, or print it
check-may = { $count ->
    [0] You may qualify for: nothing yet
    [one] You may qualify for 1 programme
   *[other] You may qualify for { $count } programmes
  }
check-may-none = Nothing is certain yet. Answer more questions, or ask at a centre: some help has rules that are not published.
check-word-may = you may qualify
check-partial = The department also checks rules that we do not hold.
check-about = More about it
check-open = { $count ->
    [one] 1 we cannot tell yet
   *[other] { $count } we cannot tell yet
  }
check-word-open = We cannot tell until we know:
check-until-members = that everybody of your kitchen is listed
check-not-published = its rules, which are not published: ask the department
check-receives = You said that you receive it already
check-no = { $count ->
    [one] 1 probably not
   *[other] { $count } probably not
  }
check-word-no = Probably not, because:
check-closed = { $count ->
    [one] 1 takes no applications now
   *[other] { $count } take no applications now
  }
check-said = { $count ->
    [0] Your answers
    [one] Your 1 answer
   *[other] Your { $count } answers
  }
check-change = Change
check-skipped = { $count ->
    [one] 1 question was skipped.
   *[other] { $count } questions were skipped.
  }
check-edit-members = Change who the people are
check-edit-home = Change place or number
check-centre = The nearest centre
check-paper-title = Take this to the centre
check-paper-date = Checked on { $date }. This is no decision and no application.
check-qr = The answers as a code for the centre
check-qr-why = Show this code at the centre: the clerk reads it, and nothing need be told twice. You confirm every answer there.
check-qr-holds = { $count ->
    [one] It holds ages and 1 answer. No name, no number, no address.
   *[other] It holds ages and { $count } answers. No name, no number, no address.
  }
check-paper-private = What you asked about in private is not in it. Tell the social worker if you wish.
check-qr-too-long = Your answers are too many for a code that a camera reads. Show the list below, or let the centre read the text.
check-code-text = The code as text, to copy
check-paper-family = Who was told of
check-bring = Papers to bring
check-print = Print
check-back-to-results = Back to the results
carry-unreadable = This is not a code of answers. Scan the square code again, or paste the whole text that begins with OW.
carry-damaged = Part of the code is missing or changed. Scan it again, or paste all of it.
carry-newer = The code was made by a newer release than this one. Ask the questions again.
carry-old-questions = The code was made with questions that have changed since. Ask the questions again.
keep-title = No printer? Keep the answers for three days
keep-lead = We can keep your answers, locked under a short code that only you get. After 72 hours they are erased. Without the code nobody can open them, not even we.
keep-agree = I agree that my answers are kept for 72 hours under a code.
keep-button = Keep them and show the code
keep-agree-missing = Tick that you agree, or go back: without it nothing is kept.
keep-kept-title = Write this code down
keep-kept-lead = Show it at a centre. We cannot show it again.
keep-kept-until = The answers are erased on { $date } at { $time }.
keep-back = Back to your answers
kiosk-finish = Finish and erase
kiosk-title = What can we do for you?
kiosk-lead = This computer keeps nothing. After a minute without a touch everything is erased.
kiosk-warning = Nobody here? Everything is erased in a few seconds. Touch anything to go on.
kiosk-ended = Everything is erased
kiosk-ended-lead = The next person sees nothing of what you did.
kiosk-begin = Begin
offline-title = This page is not on your phone
offline-lead = There is no line now. These work without one; the rest comes back with the line.
offline-words = No line. What you see is as of { $date }.
saved-title = Receipts on this phone
saved-lead = Only this phone knows them. The newest news needs a line.
saved-none = No receipt is saved on this phone.
saved-erase-all = Erase all from this phone
save-title = Save on this phone?
save-lead = Then you see this page without a line. Whoever holds this phone can see it too.
save-button = Save this receipt on this phone
save-saved = Saved on this phone.
save-erase = Erase it from this phone
carried-title = They bring a code
carried-lead = The family checked at home and brings a square code, its text, or a short code. Read it here and nothing need be asked twice.
carried-camera = Scan with the camera
carried-camera-none = The camera cannot be used. Use a scanner, or paste the text.
carried-camera-looking = Hold the code before the camera.
carried-code = The code
carried-code-hint = A scanner types it here. Or paste the text that begins with OW, or type a short code such as 7K4P-29MX-Q3RT.
carried-read = Read the code
carried-missing = Scan, paste or type the code first.
carried-not-kept = Nothing is kept under this code. It may be older than three days or mistyped. Check the letters, or ask the questions again.
carried-confirm-title = What they told at home
carried-confirm-lead = Nothing is on file yet. Write the names, read everything out, correct what is not so.
carried-other-pack = The rules have changed since the family checked. The verdicts here are those of today.
carried-similar-next = Is it one of these? Open that family and read the code again there; its answers are added. If it is none of these, save below.
carried-who = Who is who
carried-twice = This person is chosen for two. Choose each person once.
carried-about = Age, about
carried-leave-out = Not of this household
carried-complete = These are all who eat from one kitchen
carried-answers = { $count ->
    [one] 1 answer
   *[other] { $count } answers
  }
carried-answers-hint = Untick what is not right; it is asked again.
carried-read-out = I read this out and the family confirmed it
carried-read-out-missing = Read it out to the family and tick that they confirmed it.
carried-save = Save as said today
carried-reason = told again in the family's own check
people-done-carried = What the family told at home is on file, as said today.
