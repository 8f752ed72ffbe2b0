-- Keys with which a person's programs read what the person may read. The key stands here as a hash only.

create table api_keys (
    id blob primary key,
    user_id blob not null references users (id),
    -- What the key is for, in the person's words.
    name text not null,
    key_hash blob not null unique,
    made_at_ms integer not null,
    -- The last day on which it was used, in Vietnam; null for never.
    used_on text
) strict, without rowid;
create index api_keys_user on api_keys (user_id, made_at_ms);
