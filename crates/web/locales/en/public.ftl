# What the public pages and the desk say of codes, floods and lost secrets.
carried-picture = Or a photograph of the code
carried-picture-hint = From any phone. It is looked at once and not kept.
carried-picture-none = No code was found in it. Hold the paper flat and near, in good light, so that the whole square is seen.
complain-many = Very many complaints are coming from your network. Yours is not lost: it stands below. Wait { $minutes } minutes, then send it again. With a receipt it goes through at once.
complaint-lost = Write them down or photograph them. If you gave your name or your phone, any centre gives you a new secret after checking who you are. Without either nobody can: nobody knows whose complaint this is. The office answers it all the same.
complaint-lost-receipt = Write them down or photograph them. If you lose them, your receipt opens this complaint too.
track-lost-complaint = Lost the secret of a complaint? If it was made with a receipt, the receipt opens it. If it carries your name or your phone, any centre gives you a new secret after checking who you are. Without either nobody can open it again, but the office answers it all the same; you can complain once more.
site-season = Other hours for a time
site-season-from = From { $from } to { $until }:
site-season-hint = Such as Ramazan, or a closure for repairs. Days left empty are closed. Leave everything empty when there are none.
site-season-first = First day
site-season-last = Last day
site-season-day = Write the day as 2027-02-08.
site-season-backwards = The last day is not before the first.
