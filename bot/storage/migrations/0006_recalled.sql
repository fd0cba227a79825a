-- A revision that an operator called back: nobody follows it any more from their next message on.
-- Its row stays as a mark, so that the same structure is not begun again by mistake.
alter table revision add column recalled integer not null default 0 check (recalled in (0, 1));
