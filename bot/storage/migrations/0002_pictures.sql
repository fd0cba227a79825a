-- What may never be sent twice by itself, such as a picture of who is around a family: when sending
-- began. While it stands there, nobody knows whether it arrived, and it is not sent again.
alter table message add column under_way integer;
