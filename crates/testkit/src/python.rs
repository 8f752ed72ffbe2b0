//! The Python for small programs that tests run.

use std::process::Command;

/// Names the interpreter, as `tests/run.sh` chose it: one with `sqlite3` and `cryptography`.
const VARIABLE: &str = "OCOP_TEST_PYTHON";

/// Returns a command with the interpreter, or with `python3` where none was chosen.
pub fn python() -> Command {
    Command::new(std::env::var_os(VARIABLE).unwrap_or_else(|| "python3".into()))
}
