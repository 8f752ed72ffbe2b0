-- Goods of a sale that come back for what a cart will hold, as JSON: which receipt, which rows, who allowed it, what they
-- are worth. Nothing has happened yet: it is carried out in the transaction that sells the cart, and goes with the cart when
-- that is cleared. Null for a cart without an exchange.
alter table carts add column exchange text;
