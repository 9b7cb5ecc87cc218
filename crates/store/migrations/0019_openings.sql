-- Protected facts opened outside the serving visit: a record.
create table opening (
    opening_id   {{uuid}} primary key,
    version      bigint   not null,
    household_id {{uuid}} not null,
    district     text     not null,
    officer_id   {{uuid}} not null,
    why          text     not null,
    words        text     not null,
    opened_at    {{time}} not null,
    until        {{time}} not null,
    seen_by      {{uuid}},
    seen_at      {{time}}
);
create index opening_household on opening (household_id);
create index opening_district on opening (district, opened_at);
create index opening_time on opening (opened_at);

-- Messages that wait and hashes of passwords are sealed from here on: a registry with a key file seals what is there.
delete from setting where name = 'old-is-sealed';

-- When a first password was given: one that nobody used ends by itself. Without it, it was given before and stays.
alter table credential add column given_at {{time}};
