-- Presents that are packed at the counter: which basket a row lies in, and what each basket of a cart is called, as JSON
-- (pos::db::carts::baskets). A basket changes no price, so the journal knows nothing of it.
alter table cart_lines add column basket integer;
alter table carts add column baskets text;

-- The sale that a paper belongs to, such as the slip of a present: from the receipt it is found and printed again.
alter table slips add column sale_id blob;
create index slips_by_sale on slips (sale_id) where sale_id is not null;
