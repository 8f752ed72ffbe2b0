-- A producer that is the same as another one: added twice, by a till without a network or a list. The department's figures count it as
-- that one. What is owed, contracts, settlements, logins and keys stay each producer's own, since they are between it and an
-- operator. One step at most: the other one is nobody else, so nothing is followed twice.
alter table producers add column same_as blob references producers (id);
create index producers_same_as on producers (same_as) where same_as is not null;
