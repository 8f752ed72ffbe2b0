-- Number, date and signer of a report's paper, where they came after it was sealed: a paper is numbered and signed when its figures
-- stand. Once for each period, and never changed; what was sealed, and its hash, stay as they are.
create table report_signatures (
    period text primary key references sealed_reports (period),
    -- Number and sign, "12/BC-SCT".
    number text not null,
    -- The date of the paper.
    signed_on date not null,
    signer_title text not null,
    signer_name text not null,
    recorded_at_ms bigint not null,
    recorded_by text not null
);
