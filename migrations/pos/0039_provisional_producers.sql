-- Projection: what the store alone knows of producers who were added at its counter: who to call, and what the list of goods bought
-- without an invoice (form 01/TNDN) asks for. The department gets the name.
create table producer_details (
    producer_id blob not null primary key,
    phone text not null,
    address text not null,
    id_number text not null
) strict, without rowid;
