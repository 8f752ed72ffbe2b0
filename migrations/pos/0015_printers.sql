-- Printers as managers set them up on the counter's page; a counter without a row has the printer of the settings file.

create table printers (
    -- The counter's name, as shifts and sales name it.
    counter text primary key,
    -- As receipts::address writes it; empty for none.
    address text not null,
    -- Dots across the paper.
    paper_dots integer not null check (paper_dots in (384, 512, 576)),
    -- receipts::profile::Cut and FeedSteps.
    cut text not null,
    feed_steps text not null,
    -- Which pin of the plug opens the drawer.
    drawer_pin integer not null check (drawer_pin in (2, 5)),
    changed_at_ms integer not null
) strict, without rowid;

-- Whose printer a paper goes to: each printer has a queue of its own, and a fault is told at its counter alone.
alter table prints add column counter text not null default '';
-- Labels go to the label printer; its fault is told to the counter that asked for them.
alter table prints add column is_label integer not null default 0 check (is_label in (0, 1));

update prints set
    counter = coalesce(
        (select json_extract(snapshot, '$.counter') from receipts where receipts.sale_id = prints.sale_id),
        (select json_extract(snapshot, '$.counter') from slips where slips.slip_id = prints.sale_id), ''),
    is_label = exists (select 1 from slips where slips.slip_id = prints.sale_id
                       and json_type(snapshot, '$.label') is not null);
