-- What waits for central is summed up for every answer of a counter: from this index alone, however long the store has
-- been without a network.

drop index sales_by_entry;
create index sales_by_entry on sales (stream_no, seq, payable_vnd);
