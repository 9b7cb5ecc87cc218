-- The journal: every change of record, in order. Envelopes hold ids and codes only; person facts stand in payloads,
-- which are rows of their own so that one can be erased without breaking the chain.
create table journal (
    position     {{position}},
    {{writer_xid}}
    record_kind  text     not null,
    record_id    {{uuid}} not null,
    version      bigint   not null check (version > 0), -- order within the record, and the optimistic lock
    kind         text     not null,
    format       bigint   not null,
    happened_on  {{date}} not null,                     -- as stated; may be earlier than the day it is recorded
    recorded_at  {{time}} not null,                     -- the server's clock
    officer_id   {{uuid}},
    command_id   {{uuid}} not null,
    payload_hash {{bytes}} not null,                    -- SHA-256 of salt and payload
    unique (record_id, version)
);

create table journal_payload (
    record_id {{uuid}}  not null,
    version   bigint    not null,
    salt      {{bytes}} not null,
    payload   text      not null,
    primary key (record_id, version)
);

-- Blocks of committed events, chained by hash behind the writers. The newest is printed and kept outside the machine.
create table seal (
    number    bigint    primary key,
    last_hash {{bytes}} not null,
    events    bigint    not null check (events > 0),
    sealed_at {{time}}  not null
);

create table seal_entry (
    position bigint primary key,
    number   bigint not null references seal (number)
);
create index seal_entry_number on seal_entry (number, position);

-- A command as sent: a repeat is answered with the first outcome; the same id with another body is refused.
create table command (
    command_id  {{uuid}}  primary key,
    officer_id  {{uuid}},
    route       text      not null,
    body_hash   {{bytes}} not null,
    outcome     text      not null,
    recorded_at {{time}}  not null
);

-- Small settings of this installation, such as the key of receipt secrets and the demo mark.
create table setting (
    name  text primary key,
    value text not null
);

-- A policy pack that was published; its files stand in the blob folder under the hash.
create table pack (
    hash         text     primary key,
    bundle       text     not null,
    title        text     not null,
    programmes   bigint   not null,
    published_at {{time}} not null
);
