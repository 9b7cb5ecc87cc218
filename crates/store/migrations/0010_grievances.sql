-- Complaints and appeals: each against a clock, answered by an officer it is not about.
create table grievance (
    grievance_id   {{uuid}} primary key,
    version        bigint   not null,
    code           text     not null unique,
    secret_hash    text     not null,
    kind           text     not null,
    subject        text     not null,
    district       text     not null,
    centre         text,
    operator       text,
    programme      text,
    application_id {{uuid}},
    household_id   {{uuid}},
    receipt_id     {{uuid}},
    filed          text     not null, -- as filed, in full
    protected      {{bool}} not null,
    filed_on       {{date}} not null, -- the server's day, on which its clock started
    filed_at       {{time}} not null,
    written_on     {{date}} not null, -- earlier when it waited for a line
    status         text     not null,
    holder         text     not null,
    since          {{date}} not null,
    due            {{date}},
    officer_id     {{uuid}},
    department     {{bool}} not null,
    appeal         text,
    route          text
);
create index grievance_inbox on grievance (district, status, due);
create index grievance_open on grievance (status, due);
create index grievance_counted on grievance (filed_on, district);
create index grievance_department on grievance (operator, district) where department = true;
create index grievance_application on grievance (application_id);
create index grievance_receipt on grievance (receipt_id);
create index grievance_household on grievance (household_id);

-- Whom it is about: they see no line, no count and no page of it.
create table grievance_about (
    grievance_id {{uuid}} not null,
    officer_id   {{uuid}} not null,
    primary key (grievance_id, officer_id)
);

create table grievance_step (
    grievance_id {{uuid}} not null,
    version      bigint   not null,
    from_status  text     not null,
    to_status    text     not null,
    taken_by     text     not null,
    holder       text     not null,
    due          {{date}},
    done         text,
    words        text,
    appeal       text,
    route        text,
    officer_id   {{uuid}},
    recorded_at  {{time}} not null,
    primary key (grievance_id, version)
);
