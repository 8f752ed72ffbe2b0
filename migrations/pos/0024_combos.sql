-- Combos of the catalogue. A combo itself is a row of products: what is searched, scanned and priced. These are the goods
-- that leave the shelf for it. The rows of a combo stay when it is taken off sale: a cart may still hold it.
create table combo_parts (
    combo_id blob not null,
    -- From 0, in the catalogue's order.
    position integer not null,
    -- A product, perhaps one that the catalogue has not told of yet; such a combo is not sold.
    product_id blob not null,
    -- Thousandths of the product's unit in one combo.
    quantity_milli integer not null check (quantity_milli > 0),
    primary key (combo_id, position)
) strict, without rowid;

-- What each cart takes from the shelf: its products, and the parts of its combos.
create view cart_goods as
    select sale_id, product_id from cart_lines
    union all
    select cart_lines.sale_id, combo_parts.product_id
    from cart_lines cross join combo_parts on combo_parts.combo_id = cart_lines.product_id;

-- A program before this one passed over combos that central told of: the catalogue is read once more from its beginning.
delete from catalogue_cursor;
