-- People who sign in to central's pages.

create table users (
    id blob primary key,
    -- In small letters.
    login text not null unique,
    name text not null,
    -- argon2id as a PHC string.
    password_hash text not null,
    -- admin, department, operator or producer.
    role text not null,
    -- Whose data an operator's or a producer's user sees.
    operator_id blob references operators (id),
    producer_id blob references producers (id),
    is_active integer not null check (is_active in (0, 1)),
    created_at_ms integer not null
) strict, without rowid;

-- The token stands here as a hash only: who reads the table cannot sign in with it.
create table login_sessions (
    token_hash blob primary key,
    user_id blob,
    data text not null,
    expires_at_ms integer not null
) strict, without rowid;
create index login_sessions_user on login_sessions (user_id);
create index login_sessions_expiry on login_sessions (expires_at_ms);

-- Failed logins since the last success, by account and network; each one beyond a few doubles the wait.
create table login_throttles (
    subject text primary key,
    failures integer not null,
    last_failure_ms integer not null
) strict, without rowid;
create index login_throttles_age on login_throttles (last_failure_ms);
