-- The shop's own picture above its receipts. A manager brings it; it lies among the till's data, so that a computer that takes
-- another one's place prints it, too.

create table receipt_logo (
    -- There is one at most.
    one integer primary key check (one = 1),
    -- A PNG, as it was brought.
    content blob not null check (length(content) between 1 and 262144),
    changed_at_ms integer not null
) strict;
