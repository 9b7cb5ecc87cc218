# Rows of lists that an officer looks at.
rows-title = Rows of lists to look at
rows-lead = A list of another office names somebody who may be known already. Say whom each row means. Every decision stays on file and can be taken back.
rows-views = Views of the rows
rows-tab-open = To decide
rows-tab-waiting = Second officer
rows-tab-not-sure = Not sure
rows-tab-decided = Decided
rows-back = Back to the rows
rows-back-to-list = Back to this list
rows-of-all-lists = Rows of all lists
rows-none = No row here
rows-none-next = Rows appear here when a list is imported and it is not certain whom they mean.
rows-no-amount = No amount a year is stated.
rows-among = { $count ->
    [one] may be 1 person on file
   *[other] may be one of { $count } people
  }
rows-more = More rows
rows-look = Look at these rows one by one
rows-waiting = { $count ->
    [0] Rows of lists
    [one] Rows of lists: 1 to decide
   *[other] Rows of lists: { $count } to decide
  }
row-title = Whom does this row mean?
row-says = What the list says
row-as-written = The row as it was written
row-receives = Receives
row-among = People it may mean
row-nobody = Nobody on file looks like this row today.
row-named = named by an officer
row-together = With this row
row-file = Open the file
row-limit-lead = A second officer must confirm this one:
row-limit-other-district = The row and the record stand in two districts.
row-limit-numbers-differ = The record has a checked number, and the row has another one.
row-limit-much-at-stake = More than Rs 50,000 a year stands on them together.
row-limit-own-import = You imported this list.
row-means = Whom does it mean?
row-means-hint = Relatives share father, village and phone: by themselves these are no reason.
row-decide-same = { $who }
row-decide-new = Somebody new: nobody of those shown
row-decide-not-sure = Not sure yet
row-decide-refused = Refuse this row
row-reason-hint = In a few words. It stays on file. Only “not sure” needs none.
row-means-missing = Choose whom this row means.
row-open-first = Open this person’s file first. A file of another district opens with a reason.
row-choose-person = Choose one of the people shown. Open the row again if somebody is missing.
row-decided-already = This row is decided. Take the decision back first.
row-nothing-proposed = Nothing waits for a second officer here. Open the row again.
row-own-proposal = You said whom this row means. Another officer must look and confirm.
row-own-import = You imported this list. Another officer must look and confirm.
row-nothing-decided = Nobody decided about this row. Open it again.
row-said-same = said to be a person on file
row-said-new = somebody new
row-said-not-sure = not sure
row-said-refused = refused by an officer
row-said-confirmed = confirmed by a second officer
row-said-taken-back = decision taken back
row-second-lead = Another officer says that the row means the person marked above. Look at both. If you agree, what the row says is received goes into their file.
row-not-yours-to-confirm = You said whom this row means, or imported its list. Another officer must look and confirm.
row-confirm = Confirm: it means this person
row-undo-title = This row is decided
row-undo-means = Taking it back gives what stood before: the row waits again, and nobody receives anything by it.
row-undo-reason = Why is it taken back?
row-undo-button = Take the decision back
row-settled = The import settled this row by itself; there was nothing to ask.
row-next = Next row
row-done-same = Saved. What the row says is received stands in this person’s file now.
row-done-proposed = Saved. A second officer must look and confirm.
row-done-new = Saved. A search finds this person as “on a list”, and a family can be registered from it.
row-done-not-sure = Saved. The row stays under “Not sure”, with your name.
row-done-refused = Saved. The row is refused, with your reason; the same row is not taken again.
row-done-confirmed = Confirmed. What the row says is received stands in this person’s file now.
row-done-back = The decision is taken back. The row waits again.
row-refused-declined = refused by an officer
