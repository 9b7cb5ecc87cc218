-- Search keys as 64-bit hashes of kind and key: a third of the room of the texts, and a name is not read off an index.
-- A hash shared by two keys brings a person who does not match; the comparison drops them.
drop table person_key;
create table person_key (
    key       bigint   not null,
    person_id {{uuid}} not null,
    primary key (key, person_id)
) {{without_rowid}};

-- The keys of a person in one row, 8 bytes each: which rows of person_key to remove when they change.
create table person_keys (
    person_id {{uuid}}  primary key,
    keys      {{bytes}} not null
) {{without_rowid}};
