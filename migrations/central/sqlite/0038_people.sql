-- Rights by section, access that ends by itself, and the second factor of a login.

-- For the role editor: codes of sections with blanks between them, as domain::section writes them.
alter table users add column sections text not null default '';
-- From then on the person may not sign in; null for no end. Auditors always have one.
alter table users add column access_ends_ms integer;

-- Codes by time (RFC 6238). The secret must be readable to check a code: who reads the table can make codes, but has no password.
create table second_factors (
    user_id blob primary key references users (id),
    secret blob not null,
    -- Null until the person has typed a first code; only then it is asked for.
    confirmed_at_ms integer,
    -- The last 30-second step whose code was used: no code counts twice.
    last_step integer not null
) strict, without rowid;

-- The log is looked through by person, and by what was done.
create index audit_log_actor on audit_log (actor, seq);
create index audit_log_action on audit_log (action, seq);
