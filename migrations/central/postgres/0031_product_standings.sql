-- What is in force is asked for from the few rows that hold something, without a look at the table. The condition on the categories
-- stands in the queries too, or the index would not be used.
create index product_facts_held on product_facts (product_id, valid_from, stars, categories)
    where not is_retired and categories <> '';
