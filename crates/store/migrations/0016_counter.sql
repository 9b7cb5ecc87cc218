-- Desks: to which number a token was called, to which it was handed on, and visits that came on paper.
alter table visit add column desk bigint;
alter table visit add column called_at {{time}};
alter table visit add column handed text;
alter table visit add column stated text;

-- The closing of a centre's day with the counts as they stood; a day closed twice has two.
create table day_closing (
    closing_id  {{uuid}} primary key,
    centre      text     not null,
    day         {{date}} not null,
    counts      text     not null,
    seal_number bigint,
    seal_hash   text,
    officer_id  {{uuid}},
    closed_at   {{time}} not null
);
create index day_closing_day on day_closing (centre, day);
create index delivery_day on delivery (delivered_on);

-- Lists for departments without a line, and which of their answers were entered.
create table dispatch (
    dispatch_id {{uuid}} primary key,
    version     bigint   not null,
    number      bigint   not null,
    centre      text     not null,
    operator    text     not null,
    district    text     not null,
    day         {{date}} not null,
    officer_id  {{uuid}},
    listed_at   {{time}} not null,
    unique (centre, operator, district, number)
);

create table dispatch_line (
    dispatch_id    {{uuid}} not null,
    place          bigint   not null,
    application_id {{uuid}} not null,
    answer         text,
    dated          {{date}},
    entered_by     {{uuid}},
    entered_at     {{time}},
    primary key (dispatch_id, application_id)
);
create index dispatch_line_application on dispatch_line (application_id);

-- Deputies for a time of leave, and whom an officer stood in for when they decided.
create table deputy (
    deputizing_id {{uuid}} primary key,
    version       bigint   not null,
    officer_id    {{uuid}} not null,
    deputy_id     {{uuid}} not null,
    operator      text     not null,
    district      text     not null,
    from_on       {{date}} not null,
    until_on      {{date}} not null,
    ended         {{bool}} not null
);
create index deputy_deputy on deputy (deputy_id, until_on);
create index deputy_officer on deputy (officer_id, until_on);
alter table application_step add column stead_id {{uuid}};

-- Visits that came on paper and were entered later, while they are open.
create index visit_stated on visit (centre, day) where stated is not null;
