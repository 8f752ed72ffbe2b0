-- Lists of products that came as files: the rows that were in them, what a person chose and decided, what each row would do or
-- did to the catalogue. The file itself is not kept.

create table imports (
    id uuid primary key,
    -- Who keeps the list, as a person named it; folded it finds the columns of the file before.
    source text not null,
    source_fold text not null,
    file_name text not null,
    file_hash bytea not null,
    file_bytes bigint not null,
    -- Names of the sheets, as JSON.
    sheets text not null,
    -- Where the head stands in which sheet, and which column says what; null until chosen.
    sheet bigint,
    head_row bigint,
    head_rows bigint,
    columns text,
    -- What new products get where the list says nothing.
    default_unit text not null,
    default_group text not null,
    default_tax_class text not null,
    -- brought, judged, applied.
    status text not null,
    brought_by text not null,
    brought_at_ms bigint not null,
    applied_by text,
    applied_at_ms bigint
);
create index imports_brought on imports (brought_at_ms, id);
create index imports_hash on imports (file_hash, brought_at_ms, id);

create table import_rows (
    import_id uuid not null references imports (id),
    sheet bigint not null,
    row_number bigint not null,
    -- Its cells with their kinds, as JSON.
    cells text not null,
    primary key (import_id, sheet, row_number)
);

-- What a person said of a row: is, new, left_out.
create table import_decisions (
    import_id uuid not null references imports (id),
    row_number bigint not null,
    decision text not null,
    product_id uuid,
    decided_by text not null,
    decided_at_ms bigint not null,
    primary key (import_id, row_number)
);

-- What a row would do, and after applying what it did.
create table import_judgements (
    import_id uuid not null references imports (id),
    row_number bigint not null,
    outcome text not null,
    -- The product that is meant, or that a new row makes.
    product_id uuid,
    -- What the row says, what is wrong, what differs, as JSON.
    detail text not null,
    is_applied boolean not null,
    primary key (import_id, row_number)
);
create index import_judgements_outcome on import_judgements (import_id, outcome, row_number);

-- Products of the catalogue that stood in no row, as they were then.
create table import_vanished (
    import_id uuid not null references imports (id),
    product_id uuid not null,
    sku text not null,
    name text not null,
    producer text not null,
    primary key (import_id, product_id)
);

-- Which column says what in files of one source with one head.
create table import_layouts (
    source_fold text not null,
    -- SHA-256 of the headings, folded.
    shape bytea not null,
    columns text not null,
    default_unit text not null,
    default_group text not null,
    default_tax_class text not null,
    used_at_ms bigint not null,
    primary key (source_fold, shape)
);
