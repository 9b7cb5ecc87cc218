extract-title = Extract to check elsewhere
extract-why = Which record changed, when and by whom, and the seals; no name, no number, no answer. Whoever has it can check offline that nothing was changed since a seal was printed.
extract-from = First day
extract-to = Last day
extract-get = Download
extract-logged = That you downloaded it stands in the read log.
extract-days = The first day must not come after the last. Write both as days, or leave them empty.
