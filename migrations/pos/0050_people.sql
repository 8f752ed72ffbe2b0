-- People at the counters, as this shop changes them by itself, with or without a network.

-- The PIN that central sent last. A manager, or the person, may have set another one since, which a page of the catalogue that
-- comes again must not undo; a PIN that differs from this one is a new word of central's, and counts.
alter table cashiers add column told_pin_hash text;
update cashiers set told_pin_hash = pin_hash where local = 0;

-- Taken off the list here: central's list does not bring the person back.
alter table cashiers add column taken_off integer not null default 0 check (taken_off in (0, 1));

-- Who changed what about whom. Never edited.
create table cashier_changes (
    change_no integer primary key,
    cashier_id blob not null,
    by_id blob not null,
    what text not null check (what in ('added', 'pin', 'own_pin', 'taken_off')),
    at_ms integer not null
) strict;

create trigger cashier_changes_are_not_edited before update on cashier_changes
begin
    select raise(abort, 'what was changed about people stays');
end;

create trigger cashier_changes_are_not_deleted before delete on cashier_changes
begin
    select raise(abort, 'what was changed about people stays');
end;
