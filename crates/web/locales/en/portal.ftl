# The public pages: home, centres, what to bring, tracking.
portal-title = One window for all help
portal-lead = One office registers your family once and sends your applications to every department.
portal-track = What has happened?
portal-centres = Find a centre
portal-bring = What to bring
portal-programmes = { $count ->
    [one] The centre checks one programme for your family, in one visit.
   *[other] The centre checks { $count } programmes for your family, in one visit.
  }
portal-back = Start page
bring-title = What to bring
bring-lead = These papers are asked for most often. The ones of every member help.
bring-asked-by = { $count ->
    [one] asked for by 1 programme
   *[other] asked for by { $count } programmes
  }
bring-anyway = Something is missing? Come anyway. The centre says where to get it, and nothing is lost.
centres-title = Find a centre
centres-lead = Come to any of these centres. Asking costs nothing.
centres-none = No centre is entered here yet.
centres-no-phone = no phone
track-title = What has happened to my application?
track-code = Code on the receipt
track-code-hint = Spaces and small letters do no harm. For example
track-secret = Secret on the strip
track-secret-hint = Six digits. Nobody from the office will ask you for it.
track-button = See where it stands
track-lost = Lost the paper? Any centre prints it again after checking who you are.
track-code-shape = A code has ten letters and digits. Copy it from the receipt.
track-code-check = One letter or digit of the code is mistyped. Compare it with the receipt.
track-secret-shape = The secret has six digits. It is on the strip that you tore off.
track-wrong = Code and secret do not fit together. Compare both with the paper, or ask at the centre.
track-wait = { $seconds ->
    [one] Too many wrong tries for this code. Wait one second, then try again. The centre can help at once.
   *[other] Too many wrong tries for this code. Wait { $seconds } seconds, then try again. The centre can help at once.
  }
track-where = Where it stands
track-receipt = Receipt
track-your-application = Your application
track-the-office = the office
track-office = { $operator }, { $place }
track-applied = The application was made at the { $centre } centre.
track-place = Place { $place } on the list.
track-rule = The rule that was not met:
track-words = The office wrote:
track-given = Given:
track-by = By
track-missing = Still missing
track-now = What you can do now
track-now-wait = Nothing. Keep the receipt and the strip.
track-now-bring = Come to any centre with what is asked for. The office’s time stands still until then.
track-now-missing = Bring what is missing to any centre as soon as you can: without it the decision may have to wait.
track-now-late = Come to the centre or phone it: you have a right to know why it is late.
track-now-appeal = If you think this is wrong, you can have it looked at again, free of charge: here, or at any centre with the receipt.
track-ask = To ask or complain:
track-forget = Forget this receipt on this phone
track-forget-hint = This phone shows the receipt for half an hour without asking for the secret again.
track-past-submitted = Submitted at the centre.
track-past-forwarded = The centre sent it to { $office }.
track-past-received = Received by { $office }.
track-past-under-review = Being looked at by { $office }.
track-past-returned-for-information = Sent back by { $office }: something is needed from the family.
track-past-resubmitted = The family answered. It is again with { $office }.
track-past-approved = Approved by { $office }.
track-past-rejected = Not approved by { $office }.
track-past-wait-listed = Put on the waiting list by { $office }.
track-past-enrolled = Entered on the list by { $office }.
track-past-in-payment = Payments were started by { $office }.
track-past-service-given = Given by { $office }.
track-past-suspended = Stopped for now by { $office }.
track-past-closed = Closed by { $office }.
track-past-withdrawn = Taken back by the family.
track-past-duplicate = Closed by { $office }: the same application stands elsewhere.
track-past-expired = Closed by { $office }: no answer came in time.
track-past-deceased = Closed by { $office }: the applicant has died.
track-past-transferred = Passed on by { $office } to another office.
track-past-appeal = The family asked for the decision to be looked at again.
track-past-upheld = Looked at again: the decision stays.
track-past-overturned = Looked at again: the decision was set aside. { $office } decides once more.
track-next-send = The centre sends it on today.
track-next-acknowledge = It is confirmed as received by { $office }. You need not come.
track-next-check = The papers are checked by { $office }. You need not come.
track-next-decide = It is decided by { $office }. You need not come.
track-next-answer = It is your turn: bring what is asked for to any centre.
track-next-wait = You stay on the list until there is a place. You need not come.
track-next-enrol = Your name is entered on the list by { $office }.
track-next-deliver = The first payment or service comes from { $office }.
track-next-payments = Payments go on. If one does not come, tell the centre.
track-next-given = Nothing more is due. If you received nothing, tell the centre.
track-next-appeal = You can ask for this to be looked at again.
track-next-appeal-answer = Somebody else than who decided looks at it again. You get an answer.
track-next-elsewhere = Another office goes on with it. The centre knows which.
track-next-ended = Nothing more happens here. You may apply again at any centre.
track-next-late = This was promised by { $office } and is late.
