-- Where a producer reads about goods and money on a phone; printed as a QR on delivery notes and settlements. Null when
-- the producer has no reading key. It comes with the catalogue.
alter table producers add column reading_url text;
