-- To which phone messages may go, who reads there: said with the consent to messages. Nothing is sent without it.
alter table consent add column phone text;

-- Operational: messages to families, made from sealed events, each event once. What was sent or dropped keeps neither the
-- number nor the words.
create table message (
    message_id   {{uuid}} primary key,
    position     bigint   not null unique, -- the event it was made from
    household_id {{uuid}} not null,
    about        {{uuid}} not null,        -- the receipt, application or complaint
    step         text     not null,
    language     text     not null,
    phone        text     not null,        -- E.164; empty once it was sent or dropped
    words        text     not null,
    state        text     not null,
    tries        bigint   not null,
    next_at      {{time}} not null,
    made_at      {{time}} not null,
    ended_at     {{time}},
    fault        text
);
create index message_state on message (state, next_at);
create index message_household on message (household_id);
create index message_about on message (about);

-- Messages begin with what is sealed from here on: nobody is told of a step of last year.
insert into setting (name, value) select 'messages-after-seal', cast(coalesce(max(number), 0) as text) from seal;
