-- What officers decided about pairs of records that may be one person: the decision in force. What was decided before and
-- taken back stands in the journal.
create table person_link (
    link_id     {{uuid}} primary key,
    version     bigint   not null,
    first       {{uuid}} not null,
    second      {{uuid}} not null,
    decision    text     not null check (decision in ('same', 'different', 'not_sure')),
    kept        {{uuid}},          -- for 'same': the record of the household the person eats with
    limits      text     not null, -- why a second officer is needed
    merged      {{bool}} not null,
    approved_by {{uuid}},
    flagged     text     not null, -- applications that a merge told
    evidence    text     not null,
    reason      text     not null,
    decided_by  {{uuid}},
    decided_on  {{date}} not null,
    check (first < second)
);
create index person_link_first on person_link (first);
create index person_link_second on person_link (second);
create index person_link_waiting on person_link (decision, merged, decided_on);

-- A record that was joined to another one counts nowhere by itself and is read through that one.
alter table person add column joined_to {{uuid}};

-- Derived: for joined records only, the record that the whole group is known by.
create table person_root (
    person_id {{uuid}} primary key,
    root      {{uuid}} not null
);
create index person_root_root on person_root (root);

-- Derived: records that were added or corrected since they were last held against the others.
create table review_due (
    person_id {{uuid}} primary key
);

-- Derived: pairs that may be one person, for officers to look at. Made again at will.
create table review_pair (
    link_id         {{uuid}} primary key,
    first           {{uuid}} not null,
    second          {{uuid}} not null,
    first_district  text     not null,
    second_district text     not null,
    score           bigint   not null,
    evidence        text     not null,
    yearly          bigint   not null, -- paisa a year that stand on both together
    open            bigint   not null, -- open applications of both together
    builder         bigint   not null
);
create index review_pair_first on review_pair (first);
create index review_pair_second on review_pair (second);
create index review_pair_stake on review_pair (yearly desc, open desc, score desc, link_id);
create index review_pair_first_district on review_pair (first_district, yearly desc, open desc, score desc, link_id);
create index review_pair_second_district on review_pair (second_district, yearly desc, open desc, score desc, link_id);

-- An application is found by the person it was made for, also from another household's file.
create index application_person on application (person_id);
create index answer_person on answer (person_id);
create index paper_person on paper (person_id);

-- Scores that a registry supplied, few among many answers: who is below a cut-off.
create index answer_score on answer (household_id) where substr(fact, 1, 7) = 'scores.';
