-- Introductions outside any campaign, as the department records them: people who came, tasted, scanned or asked, at a point or elsewhere,
-- such as a buyer who asks for an offer. What shifts, labels and campaigns count stands in their own tables and is not entered here.
-- None is deleted: one that was entered by mistake is withdrawn.
create table introductions (
    id uuid primary key,
    -- Null when it was at no point.
    store_id uuid references stores (id),
    day date not null,
    -- visitors, tastings, scans, enquiries.
    kind text not null,
    people_count bigint not null check (people_count > 0),
    -- Which group, buyer or office; no person's telephone.
    who text not null,
    note text not null,
    recorded_at_ms bigint not null,
    -- Whose login recorded it.
    recorded_by text not null,
    is_withdrawn boolean not null
);
create index introductions_day on introductions (day, id);
