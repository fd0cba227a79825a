-- A family and a professional met, and each may say how that was. It goes with the page it is about.

create table meeting (
    id integer primary key autoincrement,
    page integer not null references page (id) on delete cascade,
    professional integer references professional (id) on delete set null,  -- who noted it
    at integer not null,                     -- when that was
    body blob not null                       -- sealed with the page's key: the day, and what either side says
) strict;
create index meeting_page on meeting (page);
create index meeting_professional on meeting (professional);
