papers-title = Papers
papers-lead = Look at each paper with the family. A copy helps the department; it is not needed to apply.
papers-nothing = No papers are asked for yet
papers-nothing-next = Choose programmes with the family first. What they ask for appears here.
papers-to-programmes = Choose programmes
papers-not-serving = Another officer serves this visit. Press “Serve here” above to record papers.
papers-of = { $paper } of { $name }
papers-for-programmes = { $count ->
    [one] for 1 programme
   *[other] for { $count } programmes
  }
papers-perhaps = perhaps needed: it depends on an answer that is not known yet
papers-expired-on = ended on { $date }
papers-valid-until = valid until { $date }
papers-after-applying = recorded after the application is submitted, and kept with it alone
papers-look = Look at the copy
papers-record = Record
papers-unseen = { $count ->
    [one] Nobody has looked at 1 paper yet.
   *[other] Nobody has looked at { $count } papers yet.
  }
papers-rest-missing = The rest is missing: make the list
papers-to-apply = On to the applications
papers-print-missing = { $count ->
    [one] List of what is missing (1)
   *[other] List of what is missing ({ $count })
  }
papers-print-missing-apart = { $count ->
    [one] List on a sheet of its own (1)
   *[other] List on a sheet of its own ({ $count })
  }
papers-state = Is the paper here?
paper-state-present = Present
paper-state-missing = Missing
paper-state-expired = Expired
paper-state-unseen = Not looked at yet
papers-state-missing = Choose whether the paper is present, missing or expired.
papers-missing-with-copy = You added a copy, so the paper cannot be missing. Choose present or expired.
papers-expires = Valid until
papers-expires-hint = Only if the paper carries a date. For example 31 12 2027.
papers-day = Day
papers-month = Month
papers-year = Year
papers-date-wrong = This is not a date. Write day, month and year in numbers, or leave all three empty.
papers-expired-ahead = The paper is said to be expired, but this date has not passed. Check the date.
papers-scan = Photograph or scan
papers-optional = (if there is one)
papers-scan-hint = JPEG, PNG or PDF, up to 10 MB. Pictures are kept without place, time and camera.
papers-scan-replaces = A new copy replaces the one on file.
papers-scan-again = The file did not come along. After saving, open the paper and choose it again.
paper-file-too-large = The file is larger than 10 MB. Take the photograph again at a smaller size.
paper-file-empty = The file is empty. Choose it again.
paper-file-not-accepted = The file is not a JPEG, a PNG or a PDF. Photograph the paper, or scan it as PDF.
paper-file-unreadable = The picture cannot be read. Take it again.
paper-file-too-many-pixels = The picture is larger than 60 megapixels. Take the photograph again at a smaller size.
papers-save = Save
papers-back = Back to the papers
papers-where-title = If it is missing
papers-issuer = Who gives it
papers-place = Where
papers-how = How
papers-days = { $days ->
    [one] Takes about 1 day.
   *[other] Takes about { $days } days.
  }
papers-missing-title = Papers to bring
papers-missing-none = Nothing is missing.
papers-missing-bring = Bring each paper to the centre when you have it; you need not wait for all of them.
papers-phone = Phone of the centre:
papers-missing-after = After the list
papers-print = Print
