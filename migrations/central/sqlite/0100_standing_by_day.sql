-- What all stores sold on the days of a year by what it counted as: without this the whole table is read for it, of all years.
create index standing_days_day on standing_days (day, stars, store_id, categories, revenue_vnd);
