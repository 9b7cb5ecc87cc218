-- When each fact that the record itself holds was said: where a verdict stands on it, it says so.
alter table household add column district_said {{date}};
alter table household add column province_said {{date}};
alter table person add column sex_said {{date}};
alter table person add column relationship_said {{date}};
alter table person add column marital_said {{date}};
-- What is on file was said when the family or the member came onto it; days of later corrections come with
-- `onewindow journal rebuild --keep`.
update household set district_said = registered_on,
    province_said = case when province_permanent is null then null else registered_on end;
update person set
    sex_said = case when person.sex is null then null else j.happened_on end,
    relationship_said = case when person.relationship is null then null else j.happened_on end,
    marital_said = case when person.marital_status is null then null else j.happened_on end
    from journal j where j.record_id = person.household_id and j.version = person.place_in_list;

-- A decision to forget a family that waits for a second officer.
create table erasure (
    household_id {{uuid}} primary key,
    officer_id   {{uuid}},
    reason       text     not null,
    proposed_on  {{date}} not null
);

-- The sealer on PostgreSQL looks for events by the transaction that wrote them.
{{on_postgres}} create index journal_writer on journal (writer, position);
