-- What officers are to know of their own accounts, and how much each has sent in a day. Operational: never in the journal.
create table account_notice (
    notice_id   {{uuid}} primary key,
    officer_id  {{uuid}} not null,
    what        text     not null check (what in ('password-changed', 'password-given', 'new-browser')),
    by_officer  {{uuid}},          -- when it was somebody else
    browser     text     not null, -- the browser that was new, keyed and hashed; a dash for anything else
    happened_at {{time}} not null,
    told        {{bool}} not null
);
create index account_notice_officer on account_notice (officer_id, happened_at);

-- The browser that a session was begun in, as above: it is not told of itself.
alter table session add column browser text not null default '';

create table upload_count (
    officer_id {{uuid}} not null,
    day        {{date}} not null,
    files      bigint   not null,
    bytes      bigint   not null,
    primary key (officer_id, day)
);
