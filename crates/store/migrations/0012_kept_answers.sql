-- Operational: answers of a check that a person let us keep for three days. Sealed; the code is stored nowhere.
create table kept_answers (
    place  {{bytes}} primary key, -- made of the code and the installation's key; says nothing by itself
    sealed {{bytes}} not null,
    until  {{time}}  not null
);
create index kept_answers_until on kept_answers (until);
