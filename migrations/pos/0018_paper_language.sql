-- The language of a receipt's next paper: a copy for a buyer who does not read Vietnamese. Other papers carry theirs.

alter table prints add column language text not null default 'vi' check (language in ('vi', 'en'));
