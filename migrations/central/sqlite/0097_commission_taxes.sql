-- VAT on an operator's commission is dated: the law changes it from a day on, and each line is judged by its own business date.
--
-- Rates are added and never changed or taken away: what a store froze by one of them stays right, also when all journals are read anew.
-- What an operator had holds from the first business day that central takes. operators.commission_tax_ppm is what it began with; nobody
-- reads it any more to judge or to tell a store.

create table commission_taxes (
    operator_id blob not null references operators (id),
    -- In the order in which they were set: of two from the same day on the later one holds.
    set_no integer not null,
    valid_from text not null,
    ppm integer not null,
    -- The day has come, and tills that know one rate alone were told this one.
    is_begun integer not null check (is_begun in (0, 1)),
    primary key (operator_id, set_no)
) strict, without rowid;

insert into commission_taxes (operator_id, set_no, valid_from, ppm, is_begun)
select id, 1, '2020-01-01', commission_tax_ppm, 1 from operators;
