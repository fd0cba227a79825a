-- A case has several voices: one invites another by a link that works once.

create table invite (
    token_hash blob primary key,             -- keyed hash of what is in the link
    "case" integer not null references "case" (id) on delete cascade,
    voice integer not null references voice (id) on delete cascade,  -- who invites
    who text not null check (who in ('parent', 'young', 'child', 'other')),
    expires integer not null,
    used integer                             -- when; null while it can still be used
) strict, without rowid;
create index invite_case on invite ("case");
create index invite_voice on invite (voice);
create index invite_expires on invite (expires);

-- Of what a team reads of a case, a part was taken away. Not whose.
create table part_gone (
    "case" integer not null references "case" (id) on delete cascade,
    team blob not null,                      -- keyed hash of the team's id
    primary key ("case", team)
) strict, without rowid;

-- The voices a chat had before: clearing and erasing a chat is about them too.
create index voice_before on voice (channel, chat) where current = 0;
