-- A product's page of sales asks what came to the shelves and left them of this one product, whatever it sold beside: its moves are
-- found by it, and never all moves of a store read. The columns stand in the order in which its entries are looked up for their days.
create index stock_moves_product on stock_moves (product_id, store_id, incarnation, seq);
