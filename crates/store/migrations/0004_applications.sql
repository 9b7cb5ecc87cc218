-- Applications: each stands with one department, against a clock.
create table application (
    application_id {{uuid}} primary key,
    version        bigint   not null,
    household_id   {{uuid}} not null,
    person_id      {{uuid}},
    programme      text     not null,
    operator       text     not null,
    district       text     not null,
    centre         text     not null,
    visit_id       {{uuid}},
    submitted      text     not null,
    protected      {{bool}} not null,
    submitted_on   {{date}} not null,
    submitted_at   {{time}} not null,
    promised       {{date}} not null,
    status         text     not null,
    clock          text     not null,
    since          {{date}} not null,
    due            {{date}},
    days_left      bigint,
    flags          text     not null
);
create index application_inbox on application (operator, district, status, due);
create index application_household on application (household_id);
create index application_visit on application (visit_id);
create index application_district on application (district, protected, status);
create index application_centre on application (centre, submitted_on);

create table application_step (
    application_id {{uuid}} not null,
    version        bigint   not null,
    from_status    text     not null,
    to_status      text     not null,
    clock          text     not null,
    due            {{date}},
    rule           text,
    words          text,
    place          bigint,
    officer_id     {{uuid}},
    recorded_at    {{time}} not null,
    primary key (application_id, version)
);

create table delivery (
    application_id {{uuid}} not null,
    version        bigint   not null,
    amount         bigint   check (amount >= 0),
    what           text     not null,
    delivered_on   {{date}} not null,
    primary key (application_id, version)
);

create table receipt (
    receipt_id   {{uuid}} primary key,
    version      bigint   not null,
    code         text     not null unique,
    secret_hash  text     not null,
    visit_id     {{uuid}},
    household_id {{uuid}} not null,
    protected    {{bool}} not null,
    language     text     not null,
    issued_on    {{date}} not null
);
create index receipt_household on receipt (household_id);
create index receipt_visit on receipt (visit_id);

create table receipt_application (
    receipt_id     {{uuid}} not null,
    application_id {{uuid}} not null,
    primary key (receipt_id, application_id)
);
create index receipt_application_application on receipt_application (application_id);
