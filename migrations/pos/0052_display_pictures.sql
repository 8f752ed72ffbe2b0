-- Pictures of the shop, for the customers' screens while nobody is served there. Managers bring them. They lie among the
-- till's data, so that each backup holds them and a computer that takes another one's place shows them too; their number and
-- size are bounded, since every backup carries them.

create table display_pictures (
    picture_id blob primary key,
    -- By its content, never by its name.
    kind text not null check (kind in ('png', 'jpeg')),
    width_px integer not null check (width_px > 0),
    height_px integer not null check (height_px > 0),
    content blob not null check (length(content) between 1 and 1048576),
    added_at_ms integer not null
) strict;
