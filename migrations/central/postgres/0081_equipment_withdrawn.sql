-- A sign or equipment that was entered by mistake, or mistyped: it counts for nothing, stays in the file, and says why. What is
-- `gone` was there once; this never was.
alter table point_equipment add column is_withdrawn boolean not null default false;
alter table point_equipment add column withdrawn_note text not null default '';
