-- Which products a point is meant to carry: chosen when it opens, or accepted of those nominated for it. Its shelf is compared with it, and
-- its first labels say it. Nothing here lets a till sell something or keeps it from that.
create table point_products (
    point_id uuid not null references points (id),
    product_id uuid not null references products (id),
    -- A login.
    chosen_by text not null,
    chosen_at_ms bigint not null,
    primary key (point_id, product_id)
);
create index point_products_product on point_products (product_id, point_id);

-- What points have accepted so far, unless they declined the same product later.
insert into point_products (point_id, product_id, chosen_by, chosen_at_ms)
select points.id, nominations.product_id, min(answers.answered_by), coalesce(max(answers.answered_at_ms), 0)
from nomination_answers answers join nominations on nominations.id = answers.nomination_id
join points on points.store_id = answers.store_id
where answers.answer = 'accepted' and not exists (select 1 from nomination_answers later
    join nominations newer on newer.id = later.nomination_id
    where later.store_id = answers.store_id and newer.product_id = nominations.product_id
        and later.answer = 'declined' and later.answered_at_ms > answers.answered_at_ms)
group by points.id, nominations.product_id;
