-- From its first day on nothing of its goods is agreed any more, until a later version begins; what else it says repeats what it ended.
alter table terms add column ends boolean not null default false;
