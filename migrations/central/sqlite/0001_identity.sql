-- Who this central is, and what people with rights have done to it.
--
-- Every file here has a twin of the same name in ../postgres with the same tables and columns. Ids and
-- incarnations are 16 bytes, hashes 32, money whole đồng, quantities thousandths of the unit, instants UTC
-- milliseconds (names end in _ms), business days ISO dates. Tables whose key begins with store_id grow with sales
-- and are spread by it; all others are small and the same everywhere.

-- One row. The epoch changes when central is restored from a backup: stores then push again from central's head
-- and pull the catalogue anew.
create table identity (
    only_row integer primary key check (only_row = 1),
    central_epoch blob not null,
    created_at_ms integer not null
) strict;

-- The last row of the audit log, locked by whoever appends, so that the chain never branches.
create table audit_head (
    only_row integer primary key check (only_row = 1),
    seq integer not null,
    hash blob not null
) strict;
insert into audit_head (only_row, seq, hash)
values (1, 0, x'0000000000000000000000000000000000000000000000000000000000000000');

-- Append-only. Each row's hash covers the one before, so an edited or deleted row is found by `verify`.
create table audit_log (
    seq integer primary key,
    at_ms integer not null,
    actor text not null,
    action text not null,
    subject text not null,
    detail text not null,
    hash blob not null
) strict;
