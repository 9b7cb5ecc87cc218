# What a family can ask for its own file: the status read aloud, who looked, and taking consent back.
place-status = Calls
status-title = Read a status aloud
status-lead = Somebody calls or comes and says the code on the receipt. Ask who it is, and for the secret on the strip or the card number of a member of the family.
status-secret-hint = Six digits, as the caller says them.
status-number = Or: card number of a member of the family
status-number-hint = As the caller says it. It is compared with the file and not shown. A receipt in neutral words opens with its secret only.
status-language = Language of the caller
status-language-family = the family’s language
status-button = Show what to read aloud
status-proof-missing = Ask for the secret or for a card number: the code alone tells nobody anything.
status-wrong = This does not fit together. Read the code back to the caller, and ask for the other proof; or ask them to come to a centre.
status-wait = { $seconds ->
    [one] Too many wrong codes. Wait one second before the next.
   *[other] Too many wrong codes. Wait { $seconds } seconds before the next.
  }
status-read-aloud = Read this aloud:
status-own = The same in your language
status-only-this = Tell nothing else on the phone. That it was read aloud is noted.
status-another = Another caller
status-nothing = Nothing stands on this receipt. Come to the centre with it.
status-stands = { $title }: { $status }. { $next } { $until }
status-until = Until: { $date }.
status-bring = Bring what is missing to any centre: { $papers }.
purpose-call = on the phone
read-status = status read aloud
read-receipt = receipt
read-papers = list of papers
looked-title = Who looked at this file
looked-lead = Every opening of this family’s file, papers and applications, by office. The newest come first.
looked-link = Who looked at this file
looked-sheet = Print it for the family
looked-back = Back to the family
looked-none = Nobody looked so far
looked-none-next = Whoever opens the file appears here.
looked-when = When
looked-who = Who
looked-what = What
looked-why = Why
looked-centre = One-window centre { $place }
looked-department = { $operator }, { $place }
looked-office = an office
looked-by-name = Names of officers are known to the auditor. Whoever thinks that a look was not right can complain at any centre or on the tracking page.
looked-after = After the list
looked-days = Who looked
looked-days-lead = On these days an office opened what stands on this receipt. Names of officers are known to the auditor.
looked-days-back = Where it stands
looked-line = { $who }: { $what }
withdraw-title = Take consent back
withdraw-lead = Tell the family first what each would mean. Nothing is taken back until you save.
withdraw-link = Take consent back
withdraw-nothing = Nothing is agreed to, so there is nothing to take back.
withdraw-which = What does the family take back?
withdraw-none = Choose what is taken back, or leave the page.
withdraw-save = Take back what is chosen
withdraw-keep = Nothing more is asked or applied for. The file stays closed until two officers decide to erase it.
withdraw-forward = Nothing more is sent to departments.
withdraw-verify = Numbers and papers are not checked with the offices that issued them. Departments may ask for papers instead.
withdraw-message = No message is sent any more.
withdraw-open = { $count ->
    [0] No application waits for an answer.
    [one] One application waits for an answer. The department goes on with it until the family takes it back, at the step “Applications”.
   *[other] { $count } applications wait for an answer. The departments go on with them until the family takes them back, at the step “Applications”.
  }
withdraw-unsent = { $count ->
    [0] Nothing waits to be sent.
    [one] One message waits and is dropped.
   *[other] { $count } messages wait and are dropped.
  }
people-done-withdrawn = It is taken back from now on. What follows from it holds at once.
