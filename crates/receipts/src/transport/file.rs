//! The printer of a shop without one: each job becomes two files in a folder, its bytes and the picture of its paper.

use std::fs;
use std::io;
use std::path::Path;

use crate::printer_error::PrinterError;
use crate::profile::Profile;
use crate::{label_reader, png, reader};

/// Longest name of a job.
const NAME_BYTES_MAX: usize = 120;

/// Writes `NAME.bin` and `NAME.png`. The picture is read back from the bytes, so it shows what a printer would.
pub(crate) fn write_job(
    folder: &Path,
    name: &str,
    bytes: &[u8],
    profile: &Profile,
) -> Result<(), PrinterError> {
    let dots = match label_reader::read(bytes) {
        Some(labels) => labels,
        None => reader::read(bytes, profile).map_err(|_| PrinterError::BadJob)?.bitmap,
    };
    let picture = png::encode(&dots).map_err(|_| PrinterError::BadJob)?;
    write(folder, name, "png", &picture)?;
    write(folder, name, "bin", bytes)
}

/// Writes `NAME.bin`, the bytes of a drawer pulse.
pub(crate) fn write_pulse(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), PrinterError> {
    write(folder, name, "bin", bytes)
}

/// Under another name first, then renamed: whoever watches the folder never sees half a file.
fn write(folder: &Path, name: &str, kind: &str, bytes: &[u8]) -> Result<(), PrinterError> {
    if !is_plain(name) {
        return Err(PrinterError::BadJob);
    }
    fs::create_dir_all(folder)?;
    let unfinished = folder.join(format!("{name}.{kind}.part"));
    let finished = folder.join(format!("{name}.{kind}"));
    let written = fs::write(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, &finished));
    written.map_err(|error: io::Error| error.into())
}

/// A name that is a file name on every system, and no way out of the folder.
fn is_plain(name: &str) -> bool {
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    !name.is_empty() && name.len() <= NAME_BYTES_MAX && letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_the_folder() {
        for (name, plain) in [
            ("LS-7Q3F-000123", true),
            ("LS-7Q3F-000123_2", true),
            ("", false),
            ("..", false),
            ("a/b", false),
            ("a\\b", false),
            ("C:a", false),
            ("phiếu", false),
        ] {
            assert_eq!(is_plain(name), plain, "{name}");
        }
        assert!(!is_plain(&"a".repeat(NAME_BYTES_MAX + 1)));
    }
}
