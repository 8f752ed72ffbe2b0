-- The dossier of a product ("hồ sơ sản phẩm"): which papers there should be, which there are, and until when they hold. A missing or
-- lapsed paper is a task for the department; it stops no sale.

-- Kinds of papers: dated rows that the department edits, since no document known here lists them for the points of sale. A change is a
-- new row from a day on; the row before it ends on the day before.
create table paper_kinds (
    code text not null,
    valid_from text not null,
    -- The last day; null while nothing has followed.
    valid_to text,
    position integer not null,
    name_vi text not null,
    name_en text not null,
    -- product; producer, whose paper counts for all its products; or recognition, for which the recorded decisions count.
    held_by text not null,
    -- Codes of the groups of goods that it is asked of, with blanks between; empty for none.
    asked_of text not null,
    -- What asks for it, in words; empty where nothing is known.
    source text not null,
    set_by text not null,
    primary key (code, valid_from)
) strict, without rowid;
-- What is usual in the trade. Whom each is asked of is a proposal, to be edited: health food and handicrafts differ most.
insert into paper_kinds (code, valid_from, valid_to, position, name_vi, name_en, held_by, asked_of, source, set_by) values
    ('recognition', '2021-10-05', null, 1, 'Giấy chứng nhận, quyết định công nhận', 'Certificate or decision of recognition',
        'recognition', 'food drink medicinal handicraft ornamental', '', ''),
    ('business_registration', '2021-10-05', null, 2, 'Giấy đăng ký kinh doanh', 'Business registration',
        'producer', 'food drink medicinal handicraft ornamental', '', ''),
    ('food_safety', '2021-10-05', null, 3, 'Giấy tờ an toàn thực phẩm (đủ điều kiện, cam kết, HACCP, ISO 22000)',
        'Food safety paper (certificate, commitment, HACCP, ISO 22000)', 'producer', 'food drink', 'NĐ 15/2018/NĐ-CP', ''),
    ('declaration', '2021-10-05', null, 4, 'Bản tự công bố hoặc bản công bố sản phẩm', 'Self-declaration or declaration',
        'product', 'food drink medicinal', 'NĐ 15/2018/NĐ-CP', ''),
    ('label', '2021-10-05', null, 5, 'Nhãn hàng hóa đúng quy định', 'Label as the rules ask',
        'product', 'food drink medicinal handicraft', 'NĐ 43/2017/NĐ-CP, NĐ 111/2021/NĐ-CP', ''),
    ('test_report', '2021-10-05', null, 6, 'Phiếu kiểm nghiệm', 'Test report', 'product', 'food drink', '', ''),
    ('traceability', '2021-10-05', null, 7, 'Mã QR truy xuất nguồn gốc', 'Traceability code', 'product', '', '', ''),
    ('brand', '2021-10-05', null, 8, 'Nhãn hiệu, chỉ dẫn địa lý', 'Brand or geographical indication', 'product', '', '', ''),
    ('contract', '2021-10-05', null, 9, 'Hợp đồng ký gửi', 'Consignment contract', 'producer', '', '', '');

-- Papers. Never deleted: a newer one takes the place of one, or it is withdrawn with a reason.
create table dossier_papers (
    id blob primary key,
    kind_code text not null,
    -- Whose it is: one of both.
    product_id blob references products (id),
    producer_id blob references producers (id),
    number text not null,
    issuer text not null,
    issued_on text,
    -- The last day; null when nothing ends it.
    expires_on text,
    note text not null,
    file_id blob references paper_files (id),
    added_by text not null,
    added_at_ms integer not null,
    -- Neither replaced nor withdrawn.
    is_current integer not null check (is_current in (0, 1)),
    replaced_by blob references dossier_papers (id),
    -- Why it was withdrawn; empty otherwise.
    withdrawn_why text not null,
    ended_by text not null,
    ended_at_ms integer,
    check ((product_id is null) <> (producer_id is null))
) strict, without rowid;
create index dossier_papers_product on dossier_papers (product_id, kind_code, expires_on);
create index dossier_papers_producer on dossier_papers (producer_id, kind_code, expires_on);

-- The scan of a decision; the latest one, where it was brought more than once.
alter table recognitions add column file_id blob references paper_files (id);
