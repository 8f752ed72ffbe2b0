-- What tills print on a producer's papers opens what their own operator's stores sold, owe and settled, and nothing of other operators.
--
-- Until now a producer had one key. It opened the pages over all operators, and every till of every operator was told it to print, so one
-- operator could read what another one sold and owes. Each of those keys counts as known to everybody, whoever had it made, since no key
-- was ever made without being told to all tills: none of them opens figures any more.
--
-- Slips that were given away carry the same key whichever store printed them, so nothing can be left open for them: what a slip of the
-- one operator opens, the other one's staff could open too. They do not end at a page that is missing, though: the digests are kept here,
-- so that an old slip is told in words that its key has ended, and that slips printed from now on carry a new one. The next start draws
-- that new one for each operator, and tells its tills; nobody has to do anything.
--
-- reading_keys holds from now on the keys for everything, which whoever made one was shown once, and no till is told.

create table operator_reading_keys (
    producer_id blob not null references producers (id),
    operator_id blob not null references operators (id),
    -- In clear, since it is told to the operator's tills; it opens nothing that the operator cannot see.
    key_text text not null,
    key_hash blob not null unique,
    made_at_ms integer not null,
    primary key (producer_id, operator_id)
) strict, without rowid;

create table former_reading_keys (
    key_hash blob primary key,
    producer_id blob not null references producers (id),
    -- Null until the start that draws what takes its place.
    replaced_at_ms integer
) strict, without rowid;

insert into former_reading_keys (key_hash, producer_id) select key_hash, producer_id from reading_keys;
delete from reading_keys;
-- The form that the key was made with: sent again, it makes no other one. Null for a key that no form asked for.
alter table reading_keys add column form_id blob;
