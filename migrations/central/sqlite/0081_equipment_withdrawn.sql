-- A sign or equipment that was entered by mistake, or mistyped: it counts for nothing, stays in the file, and says why. What is
-- `gone` was there once; this never was.
alter table point_equipment add column is_withdrawn integer not null default 0 check (is_withdrawn in (0, 1));
alter table point_equipment add column withdrawn_note text not null default '';
