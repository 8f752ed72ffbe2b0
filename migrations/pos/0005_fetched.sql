-- A computer may fetch from central what another one of the store wrote (streams with a number below zero). Two clones
-- of one disk gave the same receipt numbers to different sales before either knew of the other, so a number is no longer
-- unique here; within a stream it still is. SQLite cannot drop the constraint, so the table is made anew.

create table sales_made_anew (
    sale_id blob primary key,
    stream_no integer not null,
    seq integer not null,
    receipt_number text not null,
    shift_id blob not null,
    cashier_id blob not null,
    business_date text not null,
    sold_at_ms integer not null,
    payable_vnd integer not null,
    cash_vnd integer not null,
    unique (stream_no, receipt_number)
) strict, without rowid;

insert into sales_made_anew
select sale_id, stream_no, seq, receipt_number, shift_id, cashier_id, business_date, sold_at_ms, payable_vnd, cash_vnd
from sales;

drop table sales;
alter table sales_made_anew rename to sales;
create index sales_by_shift on sales (shift_id);
create index sales_by_entry on sales (stream_no, seq);
