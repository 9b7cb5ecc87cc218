-- Imports of lists of departments and organisations. Record tables: written only by applying events.
create table import (
    import_id  {{uuid}} primary key,
    version    bigint   not null,
    opened     text     not null, -- what was said of the list, its columns and its file, as JSON
    source     text     not null,
    programme  text,
    file       text     not null,
    stated_on  {{date}} not null,
    state      text     not null check (state in ('running', 'finished', 'cancelled')),
    batches    bigint   not null,
    tally      text     not null, -- what the rows came to as they were taken, as JSON
    opened_at  {{time}} not null,
    opened_by  {{uuid}},
    ended_at   {{time}}
);
create index import_file on import (file);
create index import_source on import (source, opened_at);
create index import_opened on import (opened_at);

-- Listed beneficiaries: the rows of lists, as they were written, and whom they mean.
create table listing (
    listing_id        {{uuid}} primary key,
    version           bigint   not null, -- decisions about it; 0 while nobody decided
    import_id         {{uuid}} not null,
    line              bigint   not null,
    row_key           text     not null,
    state             text     not null check (state in ('new', 'matched', 'review', 'refused')),
    reason            text,              -- of a refusal
    notes             text     not null,
    person_id         {{uuid}},          -- its own key when it is nobody the registry knows
    among             text     not null, -- whom it may mean, and why, as JSON
    given             text     not null,
    father_or_husband text,
    number            text,
    phone             text,
    village           text,
    tehsil            text,
    union_council     text,
    district          text,
    birth             text,
    sex               text,
    cells             text     not null,
    check ((state = 'refused') = (reason is not null))
);
create index listing_import on listing (import_id, state, line);
create index listing_person on listing (person_id);
create index listing_review on listing (district, listing_id) where state = 'review';
create unique index listing_row on listing (row_key) where state <> 'refused';

-- What listed beneficiaries receive. A person's benefits are those of every listing that means the person; of several
-- lists of one source about one programme and purpose, the newest stated day counts.
create table benefit (
    listing_id {{uuid}} not null,
    place      bigint   not null,
    import_id  {{uuid}} not null,
    person_id  {{uuid}},
    source     text     not null,
    programme  text,
    purpose    text     not null,
    amount     bigint   check (amount >= 0),
    per        text,
    since      {{date}},
    until      {{date}},
    stated_on  {{date}} not null,
    primary key (listing_id, place)
);
create index benefit_person on benefit (person_id);
create index benefit_import on benefit (import_id);

-- Derived: search keys of listed beneficiaries, beside those of registered persons.
create table listing_key (
    key        bigint   not null,
    listing_id {{uuid}} not null,
    primary key (key, listing_id)
) {{without_rowid}};
create table listing_keys (
    listing_id {{uuid}}  primary key,
    keys       {{bytes}} not null,
    card       text      not null
) {{without_rowid}};

-- Operational: what the worker that takes rows has to do, and how far it is. A dry run stands only here.
create table import_job (
    import_id  {{uuid}} primary key,
    officer_id {{uuid}},
    dry_run    {{bool}} not null,
    plan       text     not null, -- the opening event it would write, as JSON
    state      text     not null check (state in ('waiting', 'running', 'done', 'failed')),
    read_rows  bigint   not null,
    report     text,              -- of a dry run, as JSON
    fault      text,
    worker     {{uuid}},
    asked_at   {{time}} not null,
    seen_at    {{time}} not null
);
create index import_job_state on import_job (state, asked_at);
