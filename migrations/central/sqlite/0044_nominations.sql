-- A section of the department nominates a product for points of sale; trade looks at its dossier; each point accepts or declines. What
-- a point has accepted stands in its file. Nothing here lets a till sell something or keeps it from that.

create table nominations (
    id blob primary key,
    product_id blob not null references products (id),
    -- Whose it is: trade, industry or agriculture.
    section text not null,
    reason text not null,
    -- Meant for every point that had a store then, rather than for named ones.
    is_for_all integer not null check (is_for_all in (0, 1)),
    -- proposed, returned, passed or withdrawn.
    stage text not null,
    -- Papers that were missing or lapsed when trade last looked; null before.
    gap_count integer,
    -- What was said with the last step.
    words text not null,
    nominated_by text not null,
    nominated_at_ms integer not null,
    changed_by text not null,
    changed_at_ms integer not null
) strict, without rowid;
-- Of one product one nomination is looked at at a time.
create unique index nominations_open on nominations (product_id) where stage in ('proposed', 'returned');
create index nominations_product on nominations (product_id, id);

create table nomination_answers (
    store_id blob not null references stores (id),
    nomination_id blob not null references nominations (id),
    -- waiting, accepted or declined.
    answer text not null,
    reason text not null,
    answered_by text not null,
    answered_at_ms integer,
    primary key (store_id, nomination_id)
) strict, without rowid;
create index nomination_answers_nomination on nomination_answers (nomination_id, store_id);
