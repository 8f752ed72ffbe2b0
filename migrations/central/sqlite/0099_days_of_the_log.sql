-- A day of the log is found by this index alone: the least and the greatest number that its acts have bound what is read of the log,
-- which only grows.
create index audit_log_at on audit_log (at_ms, seq);
