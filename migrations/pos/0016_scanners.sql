-- Scanners that the service itself reads from a serial port: no window, focus or input method stands between them and the
-- cart of their counter. Set up by managers, one for a counter.

create table scanners (
    -- The counter's name, as shifts and sales name it.
    counter text primary key,
    -- The port: by its lasting name where the system has one.
    port text not null,
    baud integer not null,
    changed_at_ms integer not null
) strict, without rowid;
