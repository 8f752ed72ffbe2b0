-- The fixed words of the department's report: subject, opening, headings, closing, who signs, who gets it, the number's sign.

-- One row each time they were saved; the last one holds, from its day on. A sealed report keeps those it was sealed with (in its body).
create table report_templates (
    saved_at_ms integer not null,
    saved_by text not null,
    -- JSON; empty where somebody went back to the words that come with the program.
    body text not null,
    primary key (saved_at_ms, saved_by)
) strict, without rowid;
