-- The key with which whoever holds a producer's papers reads the producer's pages without a password; at most one for each.
-- It stands here as a digest. Tills print it as a QR, so it stands in clear in what they are told of the producer
-- (catalogue_changes), and there alone.

create table reading_keys (
    producer_id blob primary key references producers (id),
    key_hash blob not null unique,
    made_at_ms integer not null
) strict, without rowid;
