skip-to-content = Skip to the content
demo-ribbon = Demo: invented people
shell-languages = Language
shell-places = Places
sign-out = Sign out
footer-promise = The department decides. Asking costs nothing, and nobody may ask for a fee.
place-desk = Window
place-people = People
place-inbox = Applications
place-grievances = Complaints
place-figures = Figures
place-forgetting = Asked not to be kept
place-review = Registered twice?
place-officers = Officers
place-reads = Who read what
form-errors = { $count ->
    [one] One answer needs another look
   *[other] { $count } answers need another look
  }
form-nothing-lost = Nothing is lost. What you typed is still here.
form-error = Error:
form-choose = Choose
form-dropped = The line dropped. Your answers are kept; press again.
form-restored = Answers typed here before are back. Check them and go on.
form-busy = Saving…
clock-left = { $days ->
    [one] 1 working day left
   *[other] { $days } working days left
  }
clock-due-soon = { $days ->
    [0] Due today
    [one] Due soon: 1 working day left
   *[other] Due soon: { $days } working days left
  }
clock-overdue = { $days ->
    [one] Overdue by 1 working day
   *[other] Overdue by { $days } working days
  }
clock-waits-for-citizen = Waiting for the family
error-go-on = Go on
error-not-found-title = There is nothing here for you
error-not-found-safe = Nothing was changed.
error-not-found-next = The page does not exist, or it belongs to another office. Check the address, or start again.
error-other-site-title = This form came from another site
error-other-site-safe = Nothing was changed.
error-other-site-next = Open the page here and fill it in again.
error-old-form-title = This form is from an earlier session
error-old-form-safe = Nothing was changed, and nothing you typed is lost: the browser keeps it until it is saved.
error-old-form-next = Go back, load the page again, and send it once more.
error-bad-form-title = The form could not be read
error-bad-form-safe = Nothing was changed.
error-bad-form-next = Go back, load the page again, and send it once more.
error-too-large-title = What was sent is too large
error-too-large-safe = Nothing was changed.
error-too-large-next = A form may have 256 kB, a paper 10 MB. Shorten the text, or take the photograph at a smaller size.
error-stale-title = Somebody else changed this while you were typing
error-stale-safe = Your answer is kept below and not saved yet. Choose which one is true.
error-other-body-title = This form was already sent with other answers
error-other-body-safe = The first answers are saved. The second ones are not.
error-other-body-next = Open the page again and change what is different.
error-clock-title = The server’s clock is wrong
error-clock-safe = Nothing was changed.
error-clock-next = Tell the person who looks after the server. Keep the paper form meanwhile.
error-broken-title = Something broke on our side
error-broken-safe = What was saved before is safe. What you just sent may not be saved.
error-broken-next = Go back and send it once more: sending twice does no harm. If it breaks again, tell the person who looks after the server.
stale-on-file = On file now
stale-yours = Yours
stale-keep = Keep what is on file
stale-save-mine = Save mine instead
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
