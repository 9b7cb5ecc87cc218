# Service sites, the words of public pages, and what people ask about.
place-sites = Places of help
place-texts = Page words
sites-title = Where help is
sites-district = District
sites-any-district = All districts
sites-service = What can be had there
sites-any-service = Anything
sites-spoken = Language spoken
sites-any-spoken = Any language
sites-open-now = Open now, or hours not known
sites-show = Show
sites-all = Show all
sites-near-me = Nearest to me
sites-nearest = Nearest to you
sites-near-refused = The phone did not say where it is. Choose your district instead.
sites-km = about % km
sites-map = Map: choose a place
sites-count = { $count ->
    [0] No place.
    [one] One place.
   *[other] { $count } places.
  }
sites-off-map = { $count ->
    [one] One is not on the map: nobody has measured where it is.
   *[other] { $count } are not on the map: nobody has measured where they are.
  }
sites-none = No place fits
sites-none-next = Show all, or ask at any centre: it knows more than this list.
sites-in = In { $district }
sites-further = Further away, nearest first
site-open-until = Open now, until { $time }
site-opens-at = Closed now, opens today at { $time }
site-shut-now = Closed for today
site-holiday = Public holiday: phone before you go
site-hours-unknown = Hours not known: phone before you go
site-near = less than 1 km
site-far = about { $km } km
site-beds = { $count ->
    [one] one bed
   *[other] { $count } beds
  }
site-seats = { $count ->
    [one] one seat
   *[other] { $count } seats
  }
site-families = { $count ->
    [one] one family a day
   *[other] { $count } families a day
  }
site-day-closed = closed
site-demo = demo: invented
site-today = today
site-week = Opening hours
site-way = The way there
site-way-phone = Show the way on the phone’s map
site-name = Name
site-address = Where it is
site-note = Good to know
site-phone = Phone
site-capacity = Beds, seats or families a day
site-capacity-hint = As the site states it; leave it empty when it does not.
site-capacity-wrong = Write a whole number.
site-centre-name = One-window centre, { $district }
site-field-kind = What it is
site-kind-missing = Choose what it is.
site-district-missing = Choose the district.
site-name-missing = Write a name in English.
site-service-missing = Tick at least one thing that can be had there.
site-point = Coordinates
site-point-hint = North first, then east, in degrees. Leave it empty when nobody has measured it. For example 34.0158, 71.9812
site-point-shape = Write two numbers of degrees, such as 34.0158, 71.9812.
site-point-elsewhere = This point is not in Pakistan. North comes first, then east.
site-hours-hint = For example 9:00-12:30, 14:00-17:00. A day left empty is closed; all seven empty means not known.
site-hours-shape = Write hours as 9:00-12:30, 14:00-17:00.
site-hours-order = Each span ends after it begins, and before the next one.
site-spoken-hint = Leave all empty when it is not known.
site-centre = Centre of this installation
site-centre-hint = Only for a one-window centre.
site-demo-box = Invented, for a demo: marked so everywhere
site-never-refuge = Never enter a refuge for women: its place is secret.
site-new = Add a place
site-save = Save
site-see = See it first
site-preview = As people will see it
site-preview-hint = Not saved yet.
site-reason = Why is this changed?
site-reason-hint = It stays in the history.
site-reason-missing = Write why this is changed.
site-nothing = Nothing is different from what is on file.
site-is-closed = This place is closed. Open it again first.
site-is-open = This place is open.
site-future = The day of closing has not come yet.
site-closed = closed for good
site-closed-since = Closed for good since { $day }:
site-close = Close for good
site-close-title = Closed for good?
site-reopen = Open again
site-reopen-title = Open again?
site-lacks = Missing
site-lacks-point = coordinates
site-lacks-hours = hours
site-lacks-phone = phone
site-lacks-name = a name in each language
sites-office-title = Places of help
sites-office-lead = What is saved here stands on the public pages within a minute. Every change stays in the history.
sites-office-none = No place is entered yet
sites-office-none-next = Add the first one.
changes-title = History
changes-none = Nothing was changed yet.
changes-added = Added.
changes-corrected = Corrected.
changes-closed = Closed for good.
changes-reopened = Opened again.
changes-withdrawn = Taken back: the pack’s own words stand again.
changes-program = the program
texts-title = Words of the public pages
texts-lead = Short texts and notices may be written in place of the pack’s. Criteria, amounts and papers change only with a new pack.
texts-written = corrected
text-hint = Above each field stand the pack’s own words. An empty field leaves them as they are.
text-longest = { $count ->
    [one] At most one letter.
   *[other] At most { $count } letters.
  }
text-too-long = { $count ->
    [one] Too long: at most one letter.
   *[other] Too long: at most { $count } letters.
  }
text-part-tile = Two words under the drawing
text-part-title = Heading
text-part-line = Sentence below the heading
text-part-notice = Notice
demand-title = What people ask about
demand-lead = How often pages were opened:
demand-what = What
demand-few = fewer than 5
demand-none = Nothing was asked yet
demand-none-next = It is counted when somebody opens a public page.
demand-rounded = Rounded to five. Nobody is counted, only openings: no person, place or hour is kept, and no word that was searched. Pages read without a line are not counted.
demand-situation = What has happened
demand-programme = Programmes
demand-question = Questions of the check
demand-service = Looked for among the places
demand-district = Districts
demand-search = Searches
demand-search-found = found something
demand-search-nothing = found nothing
service-register = Register and apply
service-identity-card = Identity card (CNIC)
service-b-form = B-Form of a child
service-cash-pos = Money with the thumb (POS)
service-cash-atm = Money with a card (ATM)
service-health = Treatment
service-nutrition = Food for mothers and babies
service-disability-board = Disability board
service-night-shelter = A bed for the night
service-meals = A free meal
service-training = A course
service-free-computer = Free computer and printer
site-kind-centre = One-window centre
site-kind-nadra = NADRA office
site-kind-payment = Payment point
site-kind-hospital = Hospital or health centre
site-kind-shelter = Shelter (Panahgah)
site-kind-vocational = Training centre
site-kind-office = Department’s office
spoken-urdu = Urdu
spoken-pashto = Pashto
spoken-hindko = Hindko
spoken-khowar = Khowar
spoken-saraiki = Saraiki
spoken-english = English
spoken-sign = Sign language
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
