-- What officers decided about rows of lists that were to be looked at, step by step. The step that carries the row's own
-- version is the decision in force.
create table listing_step (
    listing_id  {{uuid}} not null,
    version     bigint   not null,
    said        text     not null
                check (said in ('same', 'new', 'not_sure', 'refused', 'confirmed', 'taken_back')),
    person_id   {{uuid}},          -- whom the row means
    limits      text     not null, -- why a second officer is needed
    followers   text     not null, -- rows that came along, or went back
    reason      text     not null,
    officer_id  {{uuid}},
    recorded_at {{time}} not null,
    primary key (listing_id, version)
);
create index listing_step_said on listing_step (said, recorded_at);
create index listing_step_person on listing_step (person_id);

-- A row that an officer refused is not taken again from another file.
create index listing_declined on listing (row_key) where reason = 'declined';
