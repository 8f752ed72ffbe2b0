-- The group that central puts a product in: the tiles of best sellers stand by it. Empty for a product of a counter's own.
alter table products add column product_group text not null default '';

-- A program before this one passed over groups: the catalogue is read once more from its beginning.
delete from catalogue_cursor;
