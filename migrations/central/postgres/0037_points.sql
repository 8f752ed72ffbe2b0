-- The file of each point of sale ("hồ sơ điểm"): where it is, who decided and pays, which steps it has taken, what it is checked by,
-- what was bought for it, and what it must have on its shelf. A store is the till's side of a point; a point is there before its
-- store, and each store that is there already gets its point when the program starts (the folded name is computed by it).

-- Where a point may be. A decision adds its rows and ends those of the one before it.
create table location_types (
    code text not null,
    valid_from date not null,
    -- The last day; null while nothing has followed.
    valid_to date,
    position bigint not null,
    name_vi text not null,
    name_en text not null,
    decision text not null,
    primary key (code, valid_from)
);
insert into location_types (code, valid_from, valid_to, position, name_vi, name_en, decision) values
    ('station', '2023-04-18', null, 1, 'Nhà ga, sân bay, bến xe, bến tàu', 'Station, airport, bus or boat stop', '950/QĐ-BCT'),
    ('rest_stop', '2023-04-18', null, 2, 'Trạm dừng nghỉ đường cao tốc, quốc lộ', 'Rest stop on an expressway or highway', '950/QĐ-BCT'),
    ('market', '2023-04-18', null, 3, 'Trung tâm thương mại, siêu thị, chợ', 'Mall, supermarket or market', '950/QĐ-BCT'),
    ('tourism', '2023-04-18', null, 4, 'Khu, điểm du lịch, nhà hàng, khách sạn', 'Tourist site, restaurant or hotel', '950/QĐ-BCT'),
    ('craft_village', '2023-04-18', null, 5, 'Làng nghề', 'Craft village', '950/QĐ-BCT'),
    ('service_centre', '2023-04-18', null, 6, 'Trung tâm thương mại, dịch vụ của huyện, xã; khu, cụm công nghiệp', 'Commercial and service centre of a district or commune, industrial park or cluster', '950/QĐ-BCT'),
    ('fair', '2023-04-18', null, 7, 'Trung tâm hội chợ, triển lãm', 'Fair or exhibition centre', '950/QĐ-BCT'),
    ('post_office', '2023-04-18', null, 8, 'Bưu điện, bưu điện văn hóa xã', 'Post office, commune culture post office', '950/QĐ-BCT');

create table points (
    -- Of a point whose store was there first: the store's id.
    id uuid primary key,
    name text not null,
    name_fold text not null,
    address text not null,
    -- The unit of today, and the district as papers from before 7/2025 name it.
    commune text not null,
    former_district text not null,
    -- Null until it is contracted.
    operator_id uuid references operators (id),
    -- company, cooperative, household, state_unit, or empty while unknown.
    legal_status text not null,
    tax_number text not null,
    decision_number text not null,
    decided_on date,
    -- Whose money sets it up, in the words of the decision.
    funding text not null,
    -- A code of location_types, or empty while unknown.
    location_type text not null,
    -- surveyed, chosen, contracted, equipped, open, checked or closed: that of the last step.
    state text not null,
    -- The till's side, once it is there.
    store_id uuid unique references stores (id),
    created_at_ms bigint not null
);
create index points_name on points (name_fold, id);
create index points_operator on points (operator_id, id);

-- Never changed: a step that was taken by mistake is taken back by another one.
create table point_steps (
    point_id uuid not null references points (id),
    step_no bigint not null,
    state text not null,
    on_day date not null,
    note text not null,
    -- A login, or central itself for stores that were there.
    taken_by text not null,
    taken_at_ms bigint not null,
    primary key (point_id, step_no)
);

-- What a point is checked by: one set a decision; the latest that has begun is in force.
create table criteria_sets (
    id uuid primary key,
    decision text not null,
    valid_from date not null unique,
    -- Until when the decision itself is meant; null where it does not say.
    meant_until date,
    added_by text not null
);
create table criteria (
    set_id uuid not null references criteria_sets (id),
    criterion_no bigint not null,
    -- Its part of the decision, and what it asks.
    block_vi text not null,
    block_en text not null,
    text_vi text not null,
    text_en text not null,
    primary key (set_id, criterion_no)
);
insert into criteria_sets (id, decision, valid_from, meant_until, added_by) values
    ('018791ff-0950-0000-8000-00000000950a', '950/QĐ-BCT', '2023-04-18', '2025-12-31', '');
-- The third part is not known here word for word; it asks for the paper itself and names no number.
insert into criteria (set_id, criterion_no, block_vi, block_en, text_vi, text_en) values
    ('018791ff-0950-0000-8000-00000000950a', 1, 'Địa điểm', 'Location',
        'Đặt tại một trong các loại địa điểm của Quyết định', 'Stands at a place of one of the kinds of the decision'),
    ('018791ff-0950-0000-8000-00000000950a', 2, 'Hàng hóa', 'Goods',
        'Hàng hóa đáp ứng nhu cầu, bảo đảm chất lượng, an toàn cho sức khỏe và môi trường',
        'Goods meet demand and are of good quality, safe for health and environment'),
    ('018791ff-0950-0000-8000-00000000950a', 3, 'Hàng hóa', 'Goods',
        'Hàng hóa thuộc một trong các loại: OCOP từ 3 sao; sản phẩm chủ lực cấp tỉnh; công nghiệp nông thôn tiêu biểu; nông nghiệp nông thôn tiêu biểu; đặc trưng, đặc sản, tiềm năng, lợi thế của địa phương, vùng',
        'Goods are of one of these kinds: OCOP from 3 stars; key products of the province; typical rural industrial products; typical rural agricultural products; characteristic goods, specialties, goods with potential or advantage of the place or region'),
    ('018791ff-0950-0000-8000-00000000950a', 4, 'Cơ sở vật chất và hoạt động', 'Facility and operation',
        'Cơ sở vật chất và hoạt động theo Quyết định (đối chiếu văn bản)',
        'Facility and operation as the decision says (compare with its text)');

create table point_checks (
    id uuid primary key,
    point_id uuid not null references points (id),
    set_id uuid not null references criteria_sets (id),
    checked_on date not null,
    note text not null,
    checked_by text not null,
    checked_at_ms bigint not null
);
create index point_checks_point on point_checks (point_id, checked_on, id);
create table point_answers (
    check_id uuid not null references point_checks (id),
    criterion_no bigint not null,
    -- met, not_met or unknown.
    answer text not null,
    note text not null,
    primary key (check_id, criterion_no)
);

-- Signs and equipment. What left is kept with the day on which it did.
create table point_equipment (
    id uuid primary key,
    point_id uuid not null references points (id),
    -- sign or equipment.
    kind text not null,
    name text not null,
    item_count bigint not null,
    -- Of all of them together; null where it is not known.
    value_vnd bigint,
    funding text not null,
    -- Of the handover.
    paper_number text not null,
    handed_on date,
    added_by text not null,
    added_at_ms bigint not null,
    gone_on date,
    gone_note text not null
);
create index point_equipment_point on point_equipment (point_id, added_at_ms, id);

create table point_costs (
    id uuid primary key,
    point_id uuid not null references points (id),
    -- repair, sign, equipment, rent, event or other.
    kind text not null,
    amount_vnd bigint not null,
    spent_on date not null,
    funding text not null,
    paper text not null,
    note text not null,
    added_by text not null,
    added_at_ms bigint not null,
    -- Entered by mistake: it counts for nothing.
    is_withdrawn boolean not null
);
create index point_costs_point on point_costs (point_id, spent_on, id);

-- Photographs and scans. They lie here, so a backup has them.
create table point_files (
    id uuid primary key,
    point_id uuid not null references points (id),
    -- What they show; null for the point itself.
    equipment_id uuid references point_equipment (id),
    title text not null,
    -- png, jpeg or pdf, as the content says.
    kind text not null,
    byte_count bigint not null,
    sha256 bytea not null,
    brought_by text not null,
    brought_at_ms bigint not null,
    -- The last one, so that lists need not read through it.
    content bytea not null
);
create index point_files_point on point_files (point_id, brought_at_ms, id);

-- What a point must have on its shelf from a day on; null ends it. None is there until somebody sets it.
create table point_thresholds (
    -- products, ocop_products, ocop_share (thousandths) or producers.
    measure text not null,
    valid_from date not null,
    at_least bigint,
    paper text not null,
    set_by text not null,
    set_at_ms bigint not null,
    primary key (measure, valid_from)
);
