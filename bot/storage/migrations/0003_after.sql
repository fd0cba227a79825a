-- What happens to a page after it was handed over: families write back, ask for it back or take it
-- back, and one that waits too long is passed on.

-- What a family wrote stands in the same thread as what professionals did, sealed with the page's key.
alter table reply add column from_family integer not null default 0 check (from_family in (0, 1));
alter table reply add column seen_at integer;   -- when someone of the team first saw what a family wrote
create index reply_unseen on reply (page) where from_family = 1 and seen_at is null;

alter table page add column asked_back_at integer;  -- someone had seen it, and the family wants it back
alter table page add column waits_since integer;    -- when it became new again; null: when it came
create index page_unread on page (came)
    where read_at is null and passed_on_at is null and state in ('new', 'reading');

-- A page that was taken back unread leaves no more than this, so that a colleague who has its
-- address hears the truth.
create table taken_back (
    page integer primary key,
    team blob not null,                      -- keyed hash of the team's id
    at integer not null
) strict;
create index taken_back_at on taken_back (at);
