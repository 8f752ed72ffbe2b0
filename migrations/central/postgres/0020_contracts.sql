-- What a version of the terms says beside the commission, and where it was agreed. The values of rows from before are what
-- those always meant.

-- `consigned`, or `bought` for goods that are the operator's when they come in.
alter table terms add column mode text not null default 'consigned';
-- How many days after its sale buyers may bring goods back; none leaves it to the goods.
alter table terms add column return_days bigint;
-- What part of the goods sold may be damaged or missing at the producer's cost, parts per million.
alter table terms add column shrinkage_ppm bigint not null default 0;
-- Who bears what is damaged, missing or tasted, and what is past its date: `store` or `producer`; none leaves it to a manager.
alter table terms add column loss_bearer text;
alter table terms add column expiry_bearer text;
-- After how many days silence about a settlement is consent; none is the setting of this central.
alter table terms add column agreed_after_days bigint;
-- The store whose journal told it; none for a version that was made here. Like a product that was added at a counter, it stays
-- when the books are filled anew.
alter table terms add column store_id uuid;
-- A settlement asks for the terms between an operator and a producer.
create index terms_operator on terms (operator_id, producer_id, valid_from, id);
