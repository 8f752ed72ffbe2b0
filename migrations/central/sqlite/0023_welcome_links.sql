-- Links by which a person chooses a password, once. A row stays when it is used or over, so that the page can say so; the
-- next link of the same person takes its place.

create table welcome_links (
    user_id blob primary key references users (id),
    -- The link's secret as a hash only.
    token_hash blob not null unique,
    expires_at_ms integer not null,
    -- Null until a password was chosen with it.
    used_at_ms integer
) strict, without rowid;
