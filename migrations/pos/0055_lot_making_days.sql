-- The day on which a lot was made, as the shop reads it from the producer's paper for the labels of its packs. It stands on
-- labels alone: no rule of the trade asks for it, so it is in no entry and stays on this computer.

create table lot_making_days (
    -- Refers to no table: lots are written anew when the books are made from the journal again, and this outlasts it.
    lot_id blob primary key,
    -- As dates are written here: 2026-09-15.
    made_on text not null,
    changed_at_ms integer not null
) strict;
