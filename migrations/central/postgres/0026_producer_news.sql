-- News that producers asked for, and those that were made for them.

-- A row is the producer's consent to be told of sales at this number (law 91/2025/QH15): it goes when the producer says so.
create table news_wishes (
    producer_id uuid primary key references producers (id),
    phone text not null,
    asked_at_ms bigint not null,
    -- Whose login asked.
    asked_by text not null
);

create table producer_news (
    id uuid primary key,
    producer_id uuid not null references producers (id),
    -- weekly or sold_out.
    kind text not null,
    -- What it tells of: the first day of a week, or goods in a store since a delivery. Told once.
    about text not null,
    -- Empty when there was nothing to tell.
    words text not null,
    made_at_ms bigint not null,
    -- Null until it was handed on.
    sent_at_ms bigint,
    unique (producer_id, kind, about)
);
create index producer_news_waiting on producer_news (made_at_ms, id) where sent_at_ms is null;
create index producer_news_latest on producer_news (producer_id, made_at_ms, id);
