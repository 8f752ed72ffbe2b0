-- When a version of the terms came to central, and by which entry if a store told it. How long a producer may be silent about a
-- settlement is what was agreed by the time it was sent; a contract that is made or told later changes nothing about it, whatever
-- day it says that it begins on. Rows from before count as known for ever.
alter table terms add column known_at_ms bigint not null default 0;
alter table terms add column told_incarnation uuid;
alter table terms add column told_seq bigint;
