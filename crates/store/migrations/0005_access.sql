-- Officers are records: the journal keeps who was appointed to what.
create table officer (
    officer_id {{uuid}} primary key,
    version    bigint   not null,
    login      text     not null unique,
    name       text     not null,
    roles      text     not null,
    centre     text,
    district   text,
    operator   text,
    active     {{bool}} not null
);

-- Operational from here on: never in the journal.
create table credential (
    officer_id  {{uuid}} primary key,
    password    text     not null, -- Argon2id, with its parameters
    must_change {{bool}} not null
);

create table session (
    token_hash {{bytes}} primary key,
    officer_id {{uuid}}  not null,
    form_token text      not null,
    started_at {{time}}  not null,
    seen_at    {{time}}  not null
);
create index session_officer on session (officer_id);

-- Wrong tries, per sign-in name or receipt code; the key is hashed, so the table names nobody.
create table attempt (
    subject   text     primary key,
    failures  bigint   not null,
    last_at   {{time}} not null
);

create table read_log (
    position   {{position}},
    officer_id {{uuid}} not null,
    what       text     not null, -- household, search, paper, application, export
    record_id  {{uuid}},
    purpose    text     not null, -- visit:<id>, task:<id>, or a typed reason
    read_at    {{time}} not null
);
create index read_log_record on read_log (record_id);
