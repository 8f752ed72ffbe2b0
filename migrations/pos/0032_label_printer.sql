-- The printer of labels and the labels in it, as a manager set them up on the page of printers. There is one for the shop, so
-- one row; without it the settings file holds.

create table label_printer (
    one integer primary key check (one = 1),
    -- As receipts::address writes it; empty for none.
    address text not null,
    -- What it speaks, as receipts::LabelLanguage names it.
    language text not null check (language in ('tspl', 'escpos')),
    width_mm integer not null,
    -- 0 on an endless roll.
    height_mm integer not null,
    -- Labels side by side.
    columns integer not null,
    column_gap_mm integer not null,
    row_gap_mm integer not null,
    -- Backing paper left of the first column.
    edge_mm integer not null,
    changed_at_ms integer not null
) strict;
