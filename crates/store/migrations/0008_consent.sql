-- Families who do not agree that what they said is kept: few rows, looked for by centre managers.
create index consent_refused on consent (purpose, household_id) where given = false;
