# Deputies of a department's office, named by its supervisor.
place-deputies = Deputies
role-department-supervisor = supervisor of a department
deputies-title = Deputies for officers on leave
deputies-lead = When an officer of your office is on leave, name who stands in: an officer of the same department in another district. Every decision names both. It ends by itself after the last day.
deputies-caption = Officers of your office who decide
deputies-officer = Officer
deputies-now = Who stands in
deputies-nobody = nobody
deputies-none = Nobody decides in your office yet
deputies-none-next = The administrator appoints officers. Then they appear here.
deputy-already = This officer stands in on some of these days already. Choose other days, or end that naming first.
