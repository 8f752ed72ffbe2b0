-- What came of comparing each own journal with central last: central's signed word of its last entry there, and what this
-- computer has at that place. Each hash covers all entries before it, so equal hashes mean equal journals up to there.

create table comparisons (
    stream_no integer primary key references streams (stream_no),
    compared_at_ms integer not null,
    -- Central's last entry, and so how many it has.
    seq integer not null,
    central_hash blob not null,
    -- How many entries up to there this computer has, and the hash of the last; none where it has no such entry.
    own_entries integer not null,
    own_hash blob
) strict;
