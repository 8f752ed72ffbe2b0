-- A search by words reads all names of what is sold, so they stand together here with all that it compares: a third of
-- the pages of the table itself.
create index products_by_name on products (active, name_fold, sku, product_id);
