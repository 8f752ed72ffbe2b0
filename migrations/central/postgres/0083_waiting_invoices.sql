-- Which sales' e-invoices wait at a computer, as it told last, beside their number in conditions: so that the difference of a period's
-- invoices opens to the entries that make it. Like conditions these are no books, and nothing counts by them. Only the sale is told:
-- buyers, numbers and codes stay with the shop and its provider.

create table waiting_invoices (
    store_id uuid not null,
    incarnation uuid not null,
    -- Of the store, and not always of this journal: a computer that follows another one tells of its invoices too.
    sale_id uuid not null,
    -- Its invoices that are not issued: the first one, and those that replace it.
    waiting_count bigint not null,
    -- Of which those that were refused, and wait for a person.
    refused_count bigint not null,
    primary key (store_id, incarnation, sale_id),
    foreign key (store_id, incarnation) references conditions (store_id, incarnation)
);
