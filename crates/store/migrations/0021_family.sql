-- Requests of families to correct what is on file: each answered by an officer of its centre, against a clock.
create table correction (
    correction_id {{uuid}} primary key,
    version       bigint   not null,
    household_id  {{uuid}} not null,
    centre        text     not null,
    receipt_id    {{uuid}},
    field         text     not null,
    asked         text     not null, -- as asked, in full
    asked_at      {{time}} not null,
    state         text     not null,
    since         {{date}} not null,
    due           {{date}} not null,
    answer        text,              -- as answered, in full
    answered_on   {{date}},
    officer_id    {{uuid}}           -- who answered
);
create index correction_list on correction (centre, state, due);
create index correction_state on correction (state, due);
create index correction_household on correction (household_id);
create index correction_receipt on correction (receipt_id);

-- Who may act for a family, for what, until when.
create table helper (
    helper_id    {{uuid}} primary key,
    household_id {{uuid}} not null,
    name         text     not null,
    kind         text     not null,
    phone        text,              -- E.164
    may          text     not null, -- for what
    until_on     {{date}} not null,
    by_person    {{uuid}},
    how          text     not null,
    language     text     not null,
    since        {{date}} not null,
    ended_on     {{date}},
    ended_by     text
);
create index helper_household on helper (household_id);

-- Who came: asked once in a visit of a family that has a helper.
alter table visit add column came text;
create index visit_household_came on visit (household_id) where came is not null;
