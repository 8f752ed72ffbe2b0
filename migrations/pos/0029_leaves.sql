-- Goods of a row that are past their date: how much says so itself, how much a manager allowed to sell, why and who, as JSON
-- (pos::db::carts::stored); null for most.
alter table cart_lines add column past_date text;

-- Its payable was shown for payment: when, until when that holds, and the promotions that held, as JSON; null again after any
-- change of the cart.
alter table carts add column fixed text;
