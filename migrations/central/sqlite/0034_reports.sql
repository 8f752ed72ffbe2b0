-- What people write into the department's report of a period, and reports that were sealed.

-- One row a period: the words as they were last saved.
create table report_words (
    -- As in its address: 2026-q4.
    period text primary key,
    difficulties text not null,
    proposals text not null,
    -- Number and sign, "12/BC-SCT".
    number text not null,
    -- Null until the paper has its date.
    signed_on text,
    signer_title text not null,
    signer_name text not null,
    -- One a line.
    recipients text not null,
    saved_at_ms integer not null,
    saved_by text not null
) strict, without rowid;
create index report_words_saved on report_words (saved_at_ms, period);

-- Never changed. Figures and words as they were; what came later is shown beside them.
create table sealed_reports (
    period text primary key,
    -- JSON as it was hashed.
    body text not null,
    sha256 blob not null,
    sealed_at_ms integer not null,
    sealed_by text not null
) strict, without rowid;
