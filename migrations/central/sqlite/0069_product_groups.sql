-- Groups of products by decree, each as it was named from a day on. product_groups keeps what holds today and every code that products
-- and sales ever had: a code stays, whatever its group is called, so that sales of old periods keep theirs.

-- The last day of a group that a decree did away with: no product is put into it any more.
alter table product_groups add column ended_on text;

create table product_group_versions (
    code text not null references product_groups (code),
    -- The first day; of the days before the first version that one answers.
    valid_from text not null,
    name_vi text not null,
    name_en text not null,
    refuse_expired integer not null check (refuse_expired in (0, 1)),
    -- The paper that says so.
    decision text not null,
    recorded_at_ms integer not null,
    -- Whose login recorded it; empty for what came with the program.
    recorded_by text not null,
    primary key (code, valid_from)
) strict, without rowid;
insert into product_group_versions (code, valid_from, name_vi, name_en, refuse_expired, decision, recorded_at_ms, recorded_by)
    select code, '2023-02-24', name_vi, name_en, refuse_expired, '148/QĐ-TTg', 0, '' from product_groups;
