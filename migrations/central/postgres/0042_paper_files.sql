-- Photographs and scans lie in one place, whatever they show: a point of sale, a paper of a product, a decision. Whose a file is, the
-- row says that names it. Those of points move here under their own ids; what they show stays in point_files.

-- Photographs of years take longer to copy than a statement may take; and what another process adds meanwhile would be lost.
set local statement_timeout = 0;
lock table point_files in access exclusive mode;

create table paper_files (
    id uuid primary key,
    -- png, jpeg or pdf, as the content says.
    kind text not null,
    byte_count bigint not null,
    sha256 bytea not null,
    brought_by text not null,
    brought_at_ms bigint not null,
    -- The last one, so that lists need not read through it.
    content bytea not null
);
insert into paper_files (id, kind, byte_count, sha256, brought_by, brought_at_ms, content)
    select id, kind, byte_count, sha256, brought_by, brought_at_ms, content from point_files;

-- What a point's files show, without what is now above.
create table shown_files (
    id uuid primary key references paper_files (id),
    point_id uuid not null references points (id),
    -- What it shows; null for the point itself.
    equipment_id uuid references point_equipment (id),
    title text not null
);
insert into shown_files (id, point_id, equipment_id, title) select id, point_id, equipment_id, title from point_files;
drop table point_files;
alter table shown_files rename to point_files;
-- Ids tell the time, so they are in the order in which the files came.
create index point_files_point on point_files (point_id, id);
