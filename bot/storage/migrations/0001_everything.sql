-- The whole house. Blobs are sealed (bot/storage/vault.py) or keyed hashes; tests/storage/test_schema.py
-- holds the reviewed list of every text and blob column that is not sealed, each with its reason.
-- Times are Unix seconds, UTC. Ids that leave the database, or are carried outside a transaction,
-- are autoincrement: the id of an erased row never comes back as someone else's.
-- Blobs that grow stand last in their row, so that reading the rest does not read them.

-- One row a key: a keyed hash by which the wrong key is recognised before it is used.
create table key_check (
    name text primary key,
    value blob not null
) strict, without rowid;

-- What authors wrote, as long as someone is in it. Public words, so not sealed.
create table revision (
    id integer primary key autoincrement,
    dialogue text not null,
    revision text not null,
    body blob not null,
    unique (dialogue, revision)
) strict;

create table "case" (
    id integer primary key autoincrement,
    began integer not null
) strict;

create table voice (
    id integer primary key autoincrement,
    "case" integer not null references "case" (id) on delete cascade,
    channel text not null,
    chat blob not null,                      -- keyed hash of the channel's address
    current integer not null check (current in (0, 1)),
    revision integer not null references revision (id),
    began integer not null,
    touched integer not null,
    key blob not null,                       -- the voice's own key, wrapped
    address blob not null,                   -- sealed with the voice's key
    conversation blob not null               -- sealed with the voice's key
) strict;
create unique index voice_current on voice (channel, chat) where current = 1;
create index voice_touched on voice (touched);
create index voice_case on voice ("case");
create index voice_revision on voice (revision);

create table professional (
    id integer primary key autoincrement,
    email_hash blob not null unique,         -- keyed hash
    active integer not null check (active in (0, 1)),
    began integer not null,
    password text,                           -- argon2id string; null until the invitation is accepted
    email blob not null,                     -- sealed with the desk key
    name blob not null                       -- sealed with the desk key
) strict;

-- Outbox and log in one. The body of a voice's row is sealed with the voice's key; that of a row
-- without a voice (it carries the address too) with the notice key.
create table message (
    id integer primary key autoincrement,
    voice integer references voice (id) on delete cascade,
    professional integer references professional (id) on delete cascade,
    channel text not null,
    chat blob not null,                      -- keyed hash: messages to one chat keep their order
    kind text not null,                      -- say, redraw, close, clear, in, notice
    turn integer not null,
    asks integer not null check (asks in (0, 1)),
    ref integer,                             -- the channel's own number of the message
    state integer not null check (state in (0, 1, 2)),  -- pending, done, given up
    attempts integer not null default 0,
    due integer not null,
    at integer not null,
    body blob
) strict;
-- The oldest pending message of each chat, and when it is due, from the index alone.
create index message_pending on message (chat, id, due, state) where state = 0;
create index message_voice on message (voice, id) where voice is not null;
create index message_professional on message (professional) where professional is not null;

create table alarm (
    voice integer not null references voice (id) on delete cascade,
    kind text not null,
    turn integer not null,                   -- the turn it was set in: an alarm of an older turn is void
    due integer not null,
    primary key (voice, kind)
) strict, without rowid;
create index alarm_due on alarm (due);

create table seen (
    channel text not null,
    update_id integer not null,
    at integer not null,
    primary key (channel, update_id)
) strict, without rowid;
create index seen_at on seen (at);

create table set_aside (
    id integer primary key autoincrement,
    channel text not null,
    update_id integer not null,
    at integer not null,
    error blob not null,                     -- sealed with the inbox key
    body blob not null                       -- sealed with the inbox key
) strict;
create index set_aside_at on set_aside (at);

create table page (
    id integer primary key autoincrement,
    "case" integer not null references "case" (id) on delete cascade,
    voice integer references voice (id) on delete cascade,
    team blob not null,                      -- keyed hash of the team's id
    state text not null check (state in ('new', 'reading', 'answered', 'closed')),
    professional integer references professional (id) on delete set null,
    came integer not null,
    passed_on_at integer,                    -- unread too long, so a second person was told
    read_at integer,
    answered_at integer,
    closed_at integer,
    delete_after integer,
    key blob not null,                       -- the page's own key, wrapped
    body blob not null                       -- sealed with the page's key
) strict;
create index page_team on page (team, state, came);
create index page_delete_after on page (delete_after) where delete_after is not null;
create index page_case on page ("case");
create index page_voice on page (voice);
create index page_professional on page (professional);

create table reply (
    id integer primary key autoincrement,
    page integer not null references page (id) on delete cascade,
    professional integer references professional (id) on delete set null,
    at integer not null,
    body blob not null                       -- sealed with the page's key
) strict;
create index reply_page on reply (page);
create index reply_professional on reply (professional);

create table membership (
    professional integer not null references professional (id) on delete cascade,
    team blob not null,                      -- keyed hash of the team's id
    name blob not null,                      -- the team's id, sealed with the desk key
    primary key (professional, team)
) strict, without rowid;
create index membership_team on membership (team);

create table login (
    token_hash blob primary key,
    professional integer not null references professional (id) on delete cascade,
    began integer not null,
    used integer not null                    -- when it was last used
) strict, without rowid;
create index login_professional on login (professional);

create table invitation (
    token_hash blob primary key,
    professional integer not null references professional (id) on delete cascade,
    purpose text not null,
    expires integer not null,
    used integer                             -- when; null while it can still be used
) strict, without rowid;
create index invitation_professional on invitation (professional);

create table linked_chat (
    professional integer primary key references professional (id) on delete cascade,
    chat_hash blob not null unique,          -- keyed hash of the channel's address
    address blob not null                    -- sealed with the desk key
) strict;

create table attempt (
    key blob not null,                       -- keyed hash of what is being guessed at
    at integer not null
) strict;
create index attempt_key on attempt (key, at);
create index attempt_at on attempt (at);

-- Who did what when, without content. Plain numbers: it outlives the page and the professional.
create table audit (
    id integer primary key autoincrement,
    at integer not null,
    professional integer,
    what text not null,
    page integer
) strict;
create index audit_at on audit (at);
