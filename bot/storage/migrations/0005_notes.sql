-- What was spoken. A recording belongs to a voice, or to the page it was handed over with: sealed with
-- the key of that one, in pieces. A page has a copy of its own, so that it goes with its page and the
-- draft's with its voice.

create table note (
    id integer primary key autoincrement,
    voice integer references voice (id) on delete cascade,
    page integer references page (id) on delete cascade,
    number integer not null,                 -- what conversation and page call it: the id of the voice's
    state text not null check (state in ('waiting', 'here', 'lost')),
    at integer not null,
    attempts integer not null default 0,
    due integer not null,                    -- when it is to be fetched, or tried again
    asked integer not null default 0 check (asked in (0, 1)),  -- given to be written out, once
    about blob not null,                     -- sealed with the key of its voice or page
    check ((voice is null) <> (page is null))
) strict;
create unique index note_page on note (page, number) where page is not null;
create index note_voice on note (voice) where voice is not null;
create index note_number on note (number) where page is not null and state = 'waiting';
create index note_unasked on note (at) where state = 'here' and asked = 0 and voice is not null;
create index note_due on note (due) where state = 'waiting' and voice is not null;

create table note_piece (
    note integer not null references note (id) on delete cascade,
    place integer not null,
    body blob not null,                      -- sealed with the key of its voice or page
    primary key (note, place)
) strict;
