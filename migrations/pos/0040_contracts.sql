-- What a version of the terms says beside the commission. The values of rows from before are what those always meant.

-- `consigned`, or `bought` for goods that are the operator's when they come in.
alter table terms add column mode text not null default 'consigned';
-- How many days after its sale buyers may bring goods back; none leaves it to the goods.
alter table terms add column return_days integer;
-- What part of the goods sold may be damaged or missing at the producer's cost.
alter table terms add column shrinkage_ppm integer not null default 0;
-- Who bears what is damaged, missing or tasted, and what is past its date: `store` or `producer`; none leaves it to a manager.
alter table terms add column loss_bearer text;
alter table terms add column expiry_bearer text;
-- After how many days silence about a settlement is consent; none is what is usual at central.
alter table terms add column agreed_after_days integer;
-- An entry of this store's journal told it: it stays when the catalogue is pulled anew, since central may not have it yet.
alter table terms add column is_agreed_here integer not null default 0 check (is_agreed_here in (0, 1));
