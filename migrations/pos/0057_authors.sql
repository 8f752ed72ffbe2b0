-- Who did what beside the journal: a transfer to a wrong account and a wrong name on an invoice are asked about later. What was
-- written before has nobody.

-- Who set the account last.
alter table payout_accounts add column set_by blob;

-- Who named the buyer after the sale, and when; none when it was named before it, by who sold.
alter table invoices add column buyer_by blob;
alter table invoices add column buyer_at_ms integer;
