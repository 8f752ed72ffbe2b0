-- What recognitions are decided by, as dated rows, and what lists call groups of products besides their names. A decision says at which
-- level it was made and under which criteria: both have days of their own, and a paper that says otherwise was mistyped.

create table recognition_levels (
    -- district, province, region or nation.
    code text not null,
    -- The first day of what this row says; it holds until the next row of the level.
    valid_from date not null,
    -- The level decides from then on, or no more.
    decides boolean not null,
    -- The paper that says so.
    paper text not null,
    recorded_at_ms bigint not null,
    -- Whose login recorded it; empty for what came with the program.
    recorded_by text not null,
    primary key (code, valid_from)
);
-- Districts decided OCOP results of three stars and rural industrial products until they ended; since then provinces do.
insert into recognition_levels (code, valid_from, decides, paper, recorded_at_ms, recorded_by) values
    ('district', '2014-08-28', true, '26/2014/TT-BCT', 0, ''),
    ('province', '2014-08-28', true, '26/2014/TT-BCT', 0, ''),
    ('region', '2014-08-28', true, '26/2014/TT-BCT', 0, ''),
    ('nation', '2014-08-28', true, '26/2014/TT-BCT', 0, ''),
    ('district', '2025-07-01', false, '1677/NQ-UBTVQH15, 1489/QĐ-TTg', 0, '');

create table recognition_criteria (
    -- Number of the decision, as results name it.
    name text primary key,
    valid_from date not null,
    -- The last day; null while nothing has followed.
    valid_to date,
    recorded_at_ms bigint not null,
    -- Whose login recorded it; empty for what came with the program.
    recorded_by text not null
);
insert into recognition_criteria (name, valid_from, valid_to, recorded_at_ms, recorded_by) values
    ('1048/QĐ-TTg', '2019-08-21', '2023-02-23', 0, ''),
    ('781/QĐ-TTg', '2020-06-08', '2023-02-23', 0, ''),
    ('148/QĐ-TTg', '2023-02-24', null, 0, '');

-- What lists call a group besides its names of today and before: as decree 1048/QĐ-TTg named groups that were put together since, and
-- in short.
create table product_group_words (
    words text primary key,
    code text not null references product_groups (code),
    -- The decree that named it so; empty for what is said in short.
    paper text not null
);
insert into product_group_words (words, code, paper) values
    ('Thảo dược', 'medicinal', '1048/QĐ-TTg'),
    ('Vải, may mặc', 'handicraft', '1048/QĐ-TTg'),
    ('Lưu niệm', 'handicraft', '1048/QĐ-TTg'),
    ('Nội thất, trang trí', 'handicraft', '1048/QĐ-TTg'),
    ('Dược liệu', 'medicinal', ''),
    ('Thủ công mỹ nghệ', 'handicraft', ''),
    ('Hoa, cây cảnh', 'ornamental', ''),
    ('Du lịch', 'tourism', '');
