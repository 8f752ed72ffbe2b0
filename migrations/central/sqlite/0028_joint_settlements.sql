-- Settlements of an operator with a producer over several stores at once. What is decided here is who is to be settled with and
-- what the operator sent; each store closes its own journal and records its part, so that no line is settled twice.

create table joint_settlements (
    -- Drawn with the form, so that a form sent twice makes one.
    id blob primary key,
    operator_id blob not null references operators (id),
    producer_id blob not null references producers (id),
    -- TC-261123-7Q3FK: it tells of no other settlement.
    number text not null,
    -- The day on which the money was sent.
    paid_on text not null,
    made_at_ms integer not null,
    -- Whose login made it.
    made_by text not null,
    unique (operator_id, number)
) strict, without rowid;
create index joint_settlements_producer on joint_settlements (producer_id, made_at_ms, id);
create index joint_settlements_operator on joint_settlements (operator_id, made_at_ms, id);

-- A store each.
create table joint_parts (
    id blob primary key,
    joint_id blob not null references joint_settlements (id),
    store_id blob not null references stores (id),
    -- What the books said was owed when it was made, and what was sent of it.
    owed_vnd integer not null,
    paid_vnd integer not null,
    unique (joint_id, store_id)
) strict, without rowid;

-- Which part a settlement or payment of a store records. No entry named one before, so nothing is folded anew.
alter table settlements add column joint_part blob;
create index settlements_joint_part on settlements (joint_part) where joint_part is not null;
