-- What a search compares of a person, in one row instead of their and their household's; made with the keys.
drop table person_keys;
create table person_keys (
    person_id {{uuid}}  primary key,
    -- The keys, 8 bytes each: which rows of person_key to remove when they change.
    keys      {{bytes}} not null,
    -- JSON: given, father or husband, village, district, year of birth, numbers, phones.
    card      text      not null
) {{without_rowid}};
