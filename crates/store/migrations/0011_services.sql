-- Service sites, as the public is told of them.
create table service_site (
    site_id       {{uuid}} primary key,
    version       bigint   not null,
    kind          text     not null,
    district      text     not null,
    details       text     not null,
    closed_on     {{date}},
    closed_reason text
);
create index service_site_district on service_site (district);

-- Words of public pages in place of the pack's. No words: taken back.
create table page_text (
    text_id {{uuid}} primary key,
    version bigint   not null,
    subject text     not null,
    name    text     not null,
    part    text     not null,
    words   text     not null
);

-- Operational: how often a page was opened on a day. No person, no place, no time of day.
create table demand (
    day     {{date}} not null,
    kind    text     not null, -- situation, programme, question, service, district, search
    subject text     not null,
    opened  bigint   not null,
    primary key (day, kind, subject)
);
