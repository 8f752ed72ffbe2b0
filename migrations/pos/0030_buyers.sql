-- Who the e-invoice of an open cart is to be made out to, as JSON (pos::invoicing); null for a consumer who gave no name. It
-- goes into the invoice with the sale and is erased here whenever a cart ends: no name stays where nobody asks for it.
alter table carts add column buyer text;
