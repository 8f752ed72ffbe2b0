-- From its first day on nothing of its goods is agreed any more, until a later version begins; what else it says repeats what it ended.
alter table terms add column ends integer not null default 0 check (ends in (0, 1));
-- A program before this one took an end for one more version of the same terms: the catalogue is read once more from its beginning.
delete from catalogue_cursor;
