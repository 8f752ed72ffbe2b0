-- What banks tell of money that came, by a provider such as SePay in an operator's name. Nothing of the payer is kept: of
-- the words of a transfer only digests of what may be a payment reference of ours, ten characters each.

-- What the provider shows to prove that it speaks for an operator: one key each, a new one takes the old one's place.
create table bank_keys (
    operator_id blob primary key references operators (id),
    -- The first part of the key, which names the row.
    name text not null unique,
    -- SHA-256 over the whole key; the key itself is shown once and kept nowhere.
    key_hash blob not null,
    made_at_ms integer not null
) strict, without rowid;

-- Money that came in; what went out is not taken.
create table bank_notices (
    operator_id blob not null references operators (id),
    -- The provider's own number: what is told again under it must be the same.
    notice text not null,
    amount_vnd integer not null,
    -- An account of one of the operator's stores.
    account text not null,
    -- As the bank says.
    booked_at_ms integer not null,
    received_at_ms integer not null,
    primary key (operator_id, notice)
) strict, without rowid;

-- Most rows of a notice are no reference of anybody: central does not know which ones the stores gave out.
create table bank_notice_references (
    operator_id blob not null,
    reference_hash blob not null,
    notice text not null,
    primary key (operator_id, reference_hash, notice)
) strict, without rowid;
