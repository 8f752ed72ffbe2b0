-- The department's pages of the catalogue: what the paper of a decision says, every price that a product had, which producers a
-- store added, and what the lists are read by.

-- Whatever was not copied from the paper is empty or null.
alter table recognitions add column decided_on date;
alter table recognitions add column issuer text not null default '';
-- district, province, region or nation.
alter table recognitions add column level text;
alter table recognitions add column points_hundredths bigint;
-- The set of criteria that it was scored under, and the group as it is printed on the certificate.
alter table recognitions add column criteria text not null default '';
alter table recognitions add column group_printed text not null default '';
-- Entered by mistake: it counts for nothing from then on, and what sales froze of it stays.
alter table recognitions add column is_withdrawn boolean not null default false;
create index recognitions_lapse on recognitions (valid_to, product_id) where not is_withdrawn;

create table product_prices (
    product_id uuid not null references products (id),
    version bigint not null,
    price_vnd bigint not null,
    -- Null for the price that held when prices began to be kept.
    set_at_ms bigint,
    -- A login, as in the audit log.
    set_by text not null,
    primary key (product_id, version)
);
insert into product_prices (product_id, version, price_vnd, set_at_ms, set_by)
    select id, price_version, price_vnd, null, '' from products where status <> 'provisional';

-- The store that added a producer, and whether an administrator has looked at it since. Of those from before only the latter is
-- known: stores were told of all others.
alter table producers add column told_by uuid;
alter table producers add column is_provisional boolean not null default false;
update producers set is_provisional = true where not exists
    (select 1 from catalogue_changes where kind = 'producer' and row_id = producers.id);

create index producers_name on producers (name_fold, id);
create index products_commune on products (commune);
-- What a product counts as on a day.
create index product_facts_standing on product_facts (product_id, valid_from) where not is_retired;
-- What was done to one thing.
create index audit_log_subject on audit_log (subject, seq);
