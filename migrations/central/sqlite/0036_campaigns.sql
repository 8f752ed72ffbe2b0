-- Campaigns that make goods known, as the department records them: what was done, for which goods, where, when, and what it cost.
-- They tell tills nothing; a price that tills give is a promotion. None is deleted: one that does not go as planned is ended. Who
-- changed what stands in the audit log.

create table campaigns (
    id blob primary key,
    name text not null,
    -- price, fair, tasting, media, post, banner.
    kind text not null,
    first_day text not null,
    -- As it was planned.
    last_day text not null,
    -- The day on which it was ended: its last one, or before its first one when it was called off.
    ended_on text,
    cost_vnd integer not null,
    note text not null,
    recorded_at_ms integer not null,
    -- Whose login recorded it.
    recorded_by text not null
) strict, without rowid;
create index campaigns_first_day on campaigns (first_day, id);

create table campaign_products (
    campaign_id blob not null references campaigns (id),
    product_id blob not null references products (id),
    primary key (campaign_id, product_id)
) strict, without rowid;
create index campaign_products_product on campaign_products (product_id, campaign_id);

-- None for all stores.
create table campaign_stores (
    campaign_id blob not null references campaigns (id),
    store_id blob not null references stores (id),
    primary key (campaign_id, store_id)
) strict, without rowid;

-- People who asked about the goods: calls, messages, orders by word of mouth, as the department counted them.
create table campaign_enquiries (
    campaign_id blob not null references campaigns (id),
    day text not null,
    enquiry_count integer not null check (enquiry_count >= 0),
    primary key (campaign_id, day)
) strict, without rowid;
