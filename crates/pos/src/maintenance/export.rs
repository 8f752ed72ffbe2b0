//! The journal as text, one entry a line, for anybody's own check: `crates/central/assets/verifier/verifier.py` reads it without our program.

use std::io::{BufWriter, Write};
use std::path::Path;

use serde::Serialize;

use crate::App;
use crate::db::{entries, streams};

const ROWS: i64 = 1_000;

#[derive(Serialize)]
struct Line<'a> {
    envelope: &'a str,
    shared: &'a str,
    private: Option<&'a str>,
}

/// Writes all streams, the oldest first, and returns how many entries they have. The private parts are in it: the file is
/// the operator's alone.
///
/// # Errors
/// When the file cannot be written or the database does not answer.
pub async fn export(app: &App, file: &Path) -> anyhow::Result<usize> {
    let mut out = BufWriter::new(std::fs::File::create(file)?);
    let mut count = 0;
    for stream in streams::list_streams(app.db().read()).await? {
        let mut after = 0;
        loop {
            let rows = entries::list_after(app.db().read(), stream.stream_no, after, ROWS).await?;
            let Some(last) = rows.last() else { break };
            after = last.seq;
            for row in &rows {
                let line =
                    Line { envelope: &row.envelope, shared: &row.shared, private: row.private.as_deref() };
                serde_json::to_writer(&mut out, &line)?;
                out.write_all(b"\n")?;
            }
            count += rows.len();
        }
    }
    out.into_inner()?.sync_all()?;
    Ok(count)
}
