-- News that no gateway will send any more, and why, so that the producer is told.

-- Empty while it waits or was sent; refused: the gateway will never send it; late: it waited too long. sent_at_ms then says when it was
-- given up.
alter table producer_news add column given_up text not null default '';
