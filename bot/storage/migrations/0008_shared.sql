-- One voice of a case shares some of its own answers with another.

-- Two voices that may share: who invited, and who came by that invitation. It stays when one of them
-- goes, and is there before the other comes: whether somebody is there is not told to either of them.
create table tie (
    id integer primary key autoincrement,
    "case" integer not null references "case" (id) on delete cascade,
    inviter integer references voice (id) on delete set null,
    invited integer references voice (id) on delete set null,
    who text not null check (who in ('parent', 'young', 'child', 'other')),
    at integer not null,                     -- when the invitation was made
    invite blob unique                       -- keyed hash of what is in its link; null once somebody came
) strict;
create index tie_case on tie ("case");
create index tie_inviter on tie (inviter) where inviter is not null;
create index tie_invited on tie (invited) where invited is not null;

-- Invitations that can still be used: seven days, as bot/storage/invites.py has it.
insert into tie ("case", inviter, who, at, invite)
select "case", voice, who, expires - 604800, token_hash from invite where used is null;

create table share (
    id integer primary key autoincrement,
    tie integer not null references tie (id) on delete cascade,
    sharer integer not null references voice (id) on delete cascade,
    reader integer references voice (id) on delete set null,  -- null: nobody came yet, or they are gone
    at integer not null,
    looked_at integer,                       -- the reader chose to look
    dropped integer not null default 0 check (dropped in (0, 1)),  -- the reader put it away
    taken_back integer not null default 0 check (taken_back in (0, 1)),  -- no words are left
    own blob,                                -- sealed with the sharer's key
    body blob                                -- the same, sealed with the reader's key
) strict;
create index share_tie on share (tie);
create index share_sharer on share (sharer);
create index share_reader on share (reader) where reader is not null;

-- What was said in a chat because of a share: it goes when the share goes.
alter table message add column share integer references share (id) on delete cascade;
create index message_share on message (share) where share is not null;
