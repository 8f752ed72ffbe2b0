-- VAT on an operator's commission is dated: the law changes it from a day on, and each line is judged by its own business date.
--
-- Rates are added and never changed or taken away: what a store froze by one of them stays right, also when all journals are read anew.
-- What an operator had holds from the first business day that central takes. operators.commission_tax_ppm is what it began with; nobody
-- reads it any more to judge or to tell a store.

create table commission_taxes (
    operator_id uuid not null references operators (id),
    -- In the order in which they were set: of two from the same day on the later one holds.
    set_no bigint not null,
    valid_from date not null,
    ppm bigint not null,
    -- The day has come, and tills that know one rate alone were told this one.
    is_begun boolean not null,
    primary key (operator_id, set_no)
);

insert into commission_taxes (operator_id, set_no, valid_from, ppm, is_begun)
select id, 1, date '2020-01-01', commission_tax_ppm, true from operators;
