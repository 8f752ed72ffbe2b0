-- What is open with a producer, and what a settlement settles, is counted and paged through by this index alone: a store's other
-- moves, which grow with all of its sales, are not read.
drop index stock_moves_producer;
create index stock_moves_producer on stock_moves (producer_id, store_id, incarnation, seq, move_no, product_id, due_vnd)
    where producer_id is not null;
