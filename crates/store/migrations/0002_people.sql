-- Households: the people who eat from one kitchen. Record tables: written only by applying events.
create table household (
    household_id       {{uuid}} primary key,
    version            bigint   not null,
    centre             text     not null,
    district           text     not null,
    province_permanent text,
    tehsil             text,
    union_council      text,
    village            text,
    directions         text,
    phones             text     not null,
    members_complete   {{bool}} not null,
    registered_on      {{date}} not null
);
create index household_district on household (district);
create index household_centre on household (centre, registered_on);

create table person (
    person_id         {{uuid}} primary key,
    household_id      {{uuid}} not null,
    place_in_list     bigint   not null,
    given             text     not null,
    father_or_husband text,
    sex               text     check (sex in ('female', 'male', 'transgender')),
    birth             text,
    relationship      text,
    marital_status    text,
    identities        text     not null,
    left_reason       text,
    left_on           {{date}},
    check ((left_reason is null) = (left_on is null))
);
create index person_household on person (household_id, place_in_list);

-- Every value ever given; the one in force is chosen when read.
create table answer (
    answer_id    {{uuid}} primary key,
    household_id {{uuid}} not null,
    person_id    {{uuid}},
    fact         text     not null,
    value        text     not null,
    provenance   text     not null check (provenance in ('said', 'paper_seen', 'verified')),
    said_by      {{uuid}},
    shown_in     text     not null,
    visit_id     {{uuid}},
    officer_id   {{uuid}},
    given_on     {{date}} not null,
    reason       text,
    protected    {{bool}} not null,
    set_aside    text     -- why it no longer counts: 'replaced', or the reason it was withdrawn
);
create index answer_household on answer (household_id);

create table consent (
    household_id {{uuid}} not null,
    version      bigint   not null,
    purpose      text     not null,
    given        {{bool}} not null,
    by_person    {{uuid}},
    how          text     not null,
    language     text     not null,
    stated_on    {{date}} not null,
    primary key (household_id, version)
);

create table paper (
    paper_id     {{uuid}} primary key,
    household_id {{uuid}} not null,
    kind         text     not null,
    person_id    {{uuid}},
    state        text     not null check (state in ('present', 'missing', 'expired')),
    expires      {{date}},
    file         text,
    protected    {{bool}} not null,
    recorded_on  {{date}} not null
);
create index paper_household on paper (household_id);

create table paper_task (
    task_id      {{uuid}} primary key,
    household_id {{uuid}} not null,
    kind         text     not null,
    person_id    {{uuid}},
    applications text     not null,
    state        text     not null,
    opened_on    {{date}} not null
);
create index paper_task_household on paper_task (household_id);

-- Derived: search keys made by the normaliser; made again when its version changes.
create table person_key (
    kind      text     not null,
    key       text     not null,
    person_id {{uuid}} not null,
    primary key (kind, key, person_id)
);
create index person_key_person on person_key (person_id);
