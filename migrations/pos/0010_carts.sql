-- A counter may have several open carts. One is current: the one on screen, to which scans go. The others are parked and
-- stand in tabs. Both are `open`, so whatever ends open carts (a copy brought back, a sale that another computer made)
-- ends parked ones too.

drop index carts_open;

alter table carts add column is_current integer not null default 1 check (is_current in (0, 1));
-- 1, 2, 3 … at a counter: what its tab says, and which key brings it back. Given again when the cart is over.
alter table carts add column number integer not null default 1;
-- Whose it is, as the cashier says it; empty for none.
alter table carts add column name text not null default '';
-- When it was parked, and what stood in it then: tabs show it without pricing each cart anew.
alter table carts add column parked_at_ms integer;
alter table carts add column parked_items integer not null default 0;
alter table carts add column parked_vnd integer not null default 0;
-- Off the whole sale by hand, and a remark, as JSON (pos::db::carts::stored). No cart had a discount before this one.
alter table carts drop column discount_vnd;
alter table carts add column discount text;
alter table carts add column remark text;
-- What the last change replaced, as JSON (pos::db::carts::undo), and the cleared cart that this one stands in for.
alter table carts add column undo text;
alter table carts add column cleared_sale_id blob;

create index carts_open on carts (counter) where state = 'open';
create unique index carts_current on carts (counter) where state = 'open' and is_current = 1;

-- A price set by hand, a discount on the row and a remark, as JSON.
alter table cart_lines add column changed_price text;
alter table cart_lines add column discount text;
alter table cart_lines add column remark text;
