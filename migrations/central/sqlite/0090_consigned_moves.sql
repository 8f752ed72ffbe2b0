-- Kilograms are not added to boxes: of consigned goods the report tells how often they moved, and what those that were sold brought.
-- Part of the books.
alter table consigned_daily add column move_count integer not null default 0;
-- What buyers paid; negative for what came back, nothing for goods that were not sold.
alter table consigned_daily add column revenue_vnd integer not null default 0;
insert into refold (reason) select 'consigned_moves' where exists (select 1 from entries);

-- What a campaign's goods sold is found by the goods, whatever else the stores sold on the same days.
create index sales_daily_product on sales_daily (product_id, day);
