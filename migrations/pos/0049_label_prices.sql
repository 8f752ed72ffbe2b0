-- What the price label of a scale says that a weighed pack costs, đồng. The weight follows from it in whole grams, so price ×
-- weight differs by some đồng from what the buyer read on the pack: the row costs what the label says. Null for any other row.
alter table cart_lines add column label_vnd integer check (label_vnd > 0);
