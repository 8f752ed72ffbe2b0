-- A producer's pages ask for the sales of the producer's goods, by store and day or month; without these they read every producer's.

create index sales_daily_producer on sales_daily (producer_id, store_id, day);
create index sales_monthly_producer on sales_monthly (producer_id, store_id, month);
