-- Visits to a centre, from token to leaving.
create table visit (
    visit_id     {{uuid}} primary key,
    version      bigint   not null,
    centre       text     not null,
    day          {{date}} not null,
    issued_at    {{time}} not null,
    number       bigint   not null,
    counter      text     not null,
    language     text     not null,
    topic        text     not null,
    officer_id   {{uuid}},
    household_id {{uuid}},
    open_reason  text,     -- why a household of another district was opened
    left_today   text      not null,
    gates        text      not null,
    picks        text      not null,
    screened     {{bool}}  not null,
    outcome      text,
    ended_at     {{time}},
    unique (day, centre, number)
);
create index visit_household on visit (household_id);

-- What a screening said: codes and hashes, no second copy of the facts.
create table screening (
    visit_id     {{uuid}} not null,
    version      bigint   not null,
    household_id {{uuid}} not null,
    pack         text     not null,
    screened_on  {{date}} not null,
    facts        text     not null,
    verdicts     text     not null,
    primary key (visit_id, version)
);
create index screening_household on screening (household_id, screened_on);
