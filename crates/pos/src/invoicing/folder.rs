//! Invoices as files of the tax authority's data form, for a program of the accountant. A file that stands in the folder,
//! whole and on the disk, is the folder's yes: whoever takes it from there answers for the rest.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use super::document::Outgoing;
use super::{Answer, Problem, xml};

/// Writes one invoice. The same invoice again is the same file; another content under its name is refused.
pub(super) fn send(folder: &Path, outgoing: &Outgoing) -> Answer {
    let name = match outgoing.revision {
        1 => format!("{}.xml", outgoing.code),
        revision => format!("{}-{revision}.xml", outgoing.code),
    };
    let text = xml::message(outgoing);
    match std::fs::read_to_string(folder.join(&name)) {
        Ok(there) if there == text => return Answer::Accepted { reference: name },
        Ok(_) => return Answer::Rejected { reason: Problem::Conflict.code().to_owned() },
        Err(_) => {}
    }
    match write(folder, &name, &text) {
        Ok(()) => Answer::Accepted { reference: name },
        Err(error) => {
            tracing::error!(%error, "the folder of invoices cannot be written");
            Answer::NotReached { problem: Problem::Folder }
        }
    }
}

/// Nobody sees half a file: it takes its name when it is whole.
fn write(folder: &Path, name: &str, text: &str) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let temporary = folder.join(format!("{name}.part"));
    let mut file = File::create(&temporary)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(&temporary, folder.join(name))?;
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}
