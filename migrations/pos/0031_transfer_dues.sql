-- What is due by transfer of each sale, as the bank's notices are compared with it: what came as a transfer, at the sale, later
-- or in advance, and what is still claimed. An order's deposit carries the reference of the sale that the order becomes.
create view transfer_dues (sale_id, vnd, left_vnd, deposit_at_ms) as
select told.sale_id, json_extract(tender.value, '$.amount'), 0, told.deposit_at_ms
from (select sale_id, stream_no, seq, null as deposit_at_ms from sales
      union all
      select sale_id, stream_no, seq, null from confirmed_tenders
      union all
      select moves.sale_id, stream_no, seq, taken_at_ms from deposit_moves moves
      join deposits on deposits.sale_id = moves.sale_id where is_taken = 1) told
join entries on entries.stream_no = told.stream_no and entries.seq = told.seq
join json_each(entries.shared, '$.tenders') tender
where json_extract(tender.value, '$.kind') = 'vietqr'
union all
select sale_id, left_vnd, left_vnd, null from open_tenders where kind = 'claimed' and left_vnd > 0;

create index deposit_moves_by_sale on deposit_moves (sale_id);
-- Codes that were shown a while ago are asked for, too.
create index payment_attempts_by_time on payment_attempts (shown_at_ms);
