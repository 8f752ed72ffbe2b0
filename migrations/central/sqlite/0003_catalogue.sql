-- Products and what they were recognised as, producers and their terms, tax rates, cashiers; and the feed by which
-- stores learn of changes.

create table producers (
    id blob primary key,
    name text not null,
    name_fold text not null,
    commune text not null,
    phone text not null
) strict, without rowid;

-- Reference rows: groups are renamed by decree, so they are data.
create table product_groups (
    code text primary key,
    name_vi text not null,
    name_en text not null,
    -- Food, drink and medicinal goods past their date are refused at the counter, without override.
    refuse_expired integer not null check (refuse_expired in (0, 1)),
    position integer not null
) strict, without rowid;
insert into product_groups (code, name_vi, name_en, refuse_expired, position) values
    ('food', 'Thực phẩm', 'Food', 1, 1),
    ('drink', 'Đồ uống', 'Drinks', 1, 2),
    ('medicinal', 'Dược liệu và sản phẩm từ dược liệu', 'Medicinal plants and products of them', 1, 3),
    ('handicraft', 'Hàng thủ công mỹ nghệ', 'Handicrafts', 0, 4),
    ('ornamental', 'Sinh vật cảnh', 'Ornamental plants and animals', 0, 5),
    ('tourism', 'Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch', 'Community and eco-tourism', 0, 6);

create table products (
    id blob primary key,
    sku text not null,
    name text not null,
    name_fold text not null,
    unit text not null,
    sold_by text not null,
    price_vnd integer not null,
    price_version integer not null,
    tax_class text not null,
    -- Null for a product that a counter added and nobody has sorted in yet.
    group_code text references product_groups (code),
    producer_id blob,
    commune text not null,
    -- active, retired, or provisional (known from a store's journal only, not in the feed).
    status text not null
) strict, without rowid;
-- Provisional products carry whatever code the counter gave them.
create unique index products_sku on products (sku) where status <> 'provisional';
create index products_producer on products (producer_id, id);
create index products_name on products (name_fold, id);

create table barcodes (
    code text primary key,
    product_id blob not null references products (id)
) strict, without rowid;
create index barcodes_product on barcodes (product_id, code);

create table recognitions (
    id blob primary key,
    product_id blob not null references products (id),
    category text not null,
    stars integer,
    valid_from text not null,
    valid_to text,
    decision_number text not null
) strict, without rowid;
create index recognitions_product on recognitions (product_id, id);

-- What a product counts as from a day on. Rows are never changed: sale lines carry their id. A row that a later
-- decision overtook is retired, and stays for the sales that froze it.
create table product_facts (
    id blob primary key,
    product_id blob not null,
    valid_from text not null,
    -- Category codes with a comma between, the leading one first; empty when nothing is in force.
    categories text not null,
    leading_category text,
    stars integer,
    group_code text,
    producer_id blob,
    commune text not null,
    is_retired integer not null check (is_retired in (0, 1))
) strict, without rowid;
create index product_facts_product on product_facts (product_id, valid_from, id);

-- Versions of consignment terms. A change of contract is a new row.
create table terms (
    id blob primary key,
    operator_id blob not null references operators (id),
    producer_id blob not null references producers (id),
    product_id blob references products (id),
    commission_ppm integer not null,
    basis text not null,
    discount_bearer text not null,
    valid_from text not null
) strict, without rowid;
create index terms_producer on terms (producer_id, id);

create table tax_rates (
    id blob primary key,
    class text not null,
    valid_from text not null,
    valid_to text,
    ppm integer not null
) strict, without rowid;

create table cashiers (
    id blob primary key,
    store_id blob not null references stores (id),
    name text not null,
    role text not null,
    pin_hash text not null,
    is_active integer not null check (is_active in (0, 1))
) strict, without rowid;
create index cashiers_store on cashiers (store_id, id);

-- The counter of the feed. Whoever writes a change locks this row until the commit, so that numbers become visible
-- in their own order and a reader never skips one. (A sequence would let it.)
create table catalogue_head (
    only_row integer primary key check (only_row = 1),
    change_seq integer not null
) strict;
insert into catalogue_head (only_row, change_seq) values (1, 0);

-- One row per row of the catalogue, as it is now: the store's wire form and its place in commit order.
create table catalogue_changes (
    kind text not null,
    row_id blob not null,
    change_seq integer not null unique,
    -- The store or operator that it concerns; null for all.
    audience_id blob,
    -- Null when the row is gone; stores then drop it.
    body text,
    changed_at_ms integer not null,
    primary key (kind, row_id)
) strict, without rowid;
