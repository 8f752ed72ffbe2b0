-- How each computer of a store stands, as it told last; what was told before is of no use to anybody.

create table conditions (
    store_id uuid not null,
    incarnation uuid not null,
    -- On central's clock.
    told_at_ms bigint not null,
    -- On the computer's own clock at the same moment.
    device_at_ms bigint not null,
    version text not null,
    head_seq bigint not null,
    -- JSON: counters and why their papers did not come out.
    printer_faults text not null,
    invoices_pending bigint not null,
    invoices_oldest_ms bigint,
    primary key (store_id, incarnation),
    foreign key (store_id, incarnation) references streams (store_id, incarnation)
);

-- Entries that a person has looked into: who, when, and what came of it. The entry itself stays as it is, and out of the figures.
create table exception_answers (
    store_id uuid not null,
    incarnation uuid not null,
    seq bigint not null,
    answered_by text not null,
    answered_at_ms bigint not null,
    words text not null,
    primary key (store_id, incarnation, seq)
);
