-- What an approval grants, as far as the department stated it; for the letter to the family.
alter table application_step add column granted text;

-- A lost receipt printed again: how it was checked who asked (a text, sealed), by whom, when.
create table receipt_again (
    receipt_id  {{uuid}} not null,
    version     bigint   not null,
    checked     text     not null,
    officer_id  {{uuid}},
    recorded_at {{time}} not null,
    primary key (receipt_id, version)
);
