-- Who guards the guards: a second step, locked sessions, a read log that can be asked.

-- Operational: never in the journal.
create table second_step (
    officer_id {{uuid}}  primary key,
    secret     {{bytes}} not null, -- sealed with a key of the installation
    confirmed  {{bool}}  not null,
    last_step  bigint    not null, -- of the newest code that was taken: none is taken twice
    begun_at   {{time}}  not null
);
create table recovery_code (
    code_hash  text     primary key, -- keyed
    officer_id {{uuid}} not null
);
create index recovery_code_officer on recovery_code (officer_id);

-- Who reset the second step: the officer is told at the next sign-in.
alter table officer add column reset_by {{uuid}};
alter table officer add column reset_at {{time}};
alter table officer add column reset_reason text;

-- How far a session is (open, code, enrol, locked), and the page it was locked on.
alter table session add column stage text not null default 'open';
alter table session add column place text not null default '';

-- Forms that were sent or left while the screen was locked, sealed; erased after a day.
create table kept_form (
    kept_id    {{uuid}}  primary key,
    officer_id {{uuid}}  not null,
    sealed     {{bytes}} not null,
    kept_at    {{time}}  not null
);
create index kept_form_officer on kept_form (officer_id);
create index kept_form_age on kept_form (kept_at);

-- Whether a visit, a task or a complaint stands behind a reading.
alter table read_log add column bound {{bool}} not null default false;
update read_log set bound = true
    where purpose like 'visit:%' or purpose like 'task:%' or purpose like 'complaint:%';
create index read_log_bound on read_log (bound, read_at);
create index read_log_officer on read_log (officer_id, read_at);
create index read_log_time on read_log (read_at);
