-- People who sign in to central's pages.

create table users (
    id uuid primary key,
    -- In small letters.
    login text not null unique,
    name text not null,
    -- argon2id as a PHC string.
    password_hash text not null,
    -- admin, department, operator or producer.
    role text not null,
    -- Whose data an operator's or a producer's user sees.
    operator_id uuid references operators (id),
    producer_id uuid references producers (id),
    is_active boolean not null,
    created_at_ms bigint not null
);

-- The token stands here as a hash only: who reads the table cannot sign in with it.
create table login_sessions (
    token_hash bytea primary key,
    user_id uuid,
    data text not null,
    expires_at_ms bigint not null
);
create index login_sessions_user on login_sessions (user_id);
create index login_sessions_expiry on login_sessions (expires_at_ms);

-- Failed logins since the last success, by account and network; each one beyond a few doubles the wait.
create table login_throttles (
    subject text primary key,
    failures bigint not null,
    last_failure_ms bigint not null
);
create index login_throttles_age on login_throttles (last_failure_ms);
