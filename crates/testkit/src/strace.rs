//! Crashes and disk errors at an exact system call, by strace (reliability: faults F1, F5, F11, F13, F14).
//!
//! strace counts the matching calls **of each thread apart**, so the n-th call is the same one in every run as
//! long as one thread does the writing, as SQLite's worker does.
#![expect(clippy::expect_used, reason = "a test whose fault cannot be injected has failed")]

use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Output};

use tempfile::TempDir;

/// The calls that put bytes into files: what a crash sweep counts.
pub const WRITE_CALLS: &str =
    "write,writev,pwrite64,pwritev,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink";
/// The same without `write`, which also goes to pipes and wakes threads: what SQLite does to its files.
pub const DISK_CALLS: &str = "pwrite64,pwritev,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink";
/// The calls that ask the disk to keep them; SQLite uses either.
pub const SYNC_CALLS: &str = "fsync,fdatasync";

/// What happens at a chosen call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Injection {
    calls: &'static str,
    effect: String,
}

impl Injection {
    /// Kills the program, with all its threads, at the n-th of `calls` (the first is 1), before it has an effect.
    pub fn kill_at(calls: &'static str, number: u32) -> Self {
        Self { calls, effect: format!("signal=KILL:when={number}") }
    }

    /// Lets the n-th of `calls` fail with `error`, for example `"EIO"` or `"ENOSPC"`.
    pub fn fail_at(calls: &'static str, error: &'static str, number: u32) -> Self {
        Self { calls, effect: format!("error={error}:when={number}") }
    }

    /// Lets all of `calls` fail with `error` from the n-th on.
    pub fn fail_from(calls: &'static str, error: &'static str, number: u32) -> Self {
        Self { calls, effect: format!("error={error}:when={number}+") }
    }
}

/// A prepared injection and its record.
#[derive(Debug)]
pub struct Strace {
    injection: Injection,
    folder: TempDir,
}

/// What became of a traced program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// A KILL ended it: the sweep has not yet passed the last call.
    pub was_killed: bool,
    /// Calls that were made to fail.
    pub failed_calls: usize,
}

impl Strace {
    /// Prepares an injection; panics where strace is missing.
    pub fn new(injection: Injection) -> Self {
        let installed = Command::new("strace").arg("-V").output().is_ok();
        assert!(installed, "strace is not installed: run tests/run.sh, or 'apt-get install strace'");
        let folder =
            tempfile::Builder::new().prefix("ocop-strace").tempdir().expect("a folder for the record");
        Self { injection, folder }
    }

    /// Returns `command` under strace, with its arguments, folder and variables; streams are left to the caller.
    /// The variables reach the program only, so that a preloaded shim does not also load into strace.
    pub fn wrap(&self, command: &Command) -> Command {
        let Injection { calls, effect } = &self.injection;
        let mut traced = Command::new("strace");
        // Not with --seccomp-bpf: it is faster, and strace 6.1 then injects nothing.
        // -I 2: a signal that ends strace also ends the program; otherwise it would run on, untraced.
        traced.args(["-I", "2", "-f", "-qq", "-o"]).arg(self.folder.path().join("record"));
        traced.arg("-e").arg(format!("trace={calls}")).arg("-e").arg(format!("inject={calls}:{effect}"));
        for (name, value) in command.get_envs() {
            let mut setting = name.to_owned();
            if let Some(value) = value {
                setting.push("=");
                setting.push(value);
            }
            traced.arg("-E").arg(setting);
        }
        if let Some(folder) = command.get_current_dir() {
            traced.current_dir(folder);
        }
        traced.arg("--").arg(command.get_program()).args(command.get_args());
        traced
    }

    /// Runs `command` to its end.
    pub fn run(&self, command: &Command) -> (Output, Outcome) {
        let output = self.wrap(command).output().expect("strace runs");
        let outcome = self.outcome(output.status);
        (output, outcome)
    }

    /// Asks a wrapped command that was spawned to end, as `SIGTERM` does to the program alone.
    pub fn terminate(&self, traced: &Child) {
        let sent = Command::new("kill").args(["-s", "TERM"]).arg(traced.id().to_string()).status();
        assert!(sent.expect("kill runs").success(), "strace has already ended");
    }

    /// Asks a wrapped program to end while strace still watches it: what it does at its end is counted too. One that
    /// has ended already is left alone.
    pub fn terminate_traced(&self, traced: &Child) {
        let id = traced.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        for program in children.split_whitespace() {
            let sent = Command::new("kill").args(["-s", "TERM", program]).output();
            // It may end in this moment.
            sent.expect("kill runs");
        }
    }

    /// Reads what happened, once the wrapped command has ended with `status`.
    pub fn outcome(&self, status: ExitStatus) -> Outcome {
        const KILL: i32 = 9;
        let record = std::fs::read(self.folder.path().join("record")).unwrap_or_default();
        // strace ends by the signal that ended the program.
        Outcome {
            was_killed: status.signal() == Some(KILL),
            failed_calls: String::from_utf8_lossy(&record).matches("(INJECTED)").count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader};
    use std::path::Path;
    use std::process::Stdio;

    /// Writes three bytes by three calls and tells how it went.
    const WRITER: &str = r#"
import os
file = os.open("file", os.O_CREAT | os.O_WRONLY)
for place in range(3):
    try:
        os.pwrite(file, b"x", place)
    except OSError as error:
        os.write(1, (error.strerror + "\n").encode())
    os.fsync(file)
"#;

    fn writer(folder: &Path) -> Command {
        let mut command = crate::python();
        command.args(["-c", WRITER]).current_dir(folder);
        command
    }

    #[test]
    fn a_kill_stops_exactly_before_the_chosen_call() {
        for (number, was_killed, length) in [(1, true, 0), (2, true, 1), (3, true, 2), (4, false, 3)] {
            let folder = tempfile::tempdir().expect("a folder");
            let strace = Strace::new(Injection::kill_at("pwrite64", number));
            let (_output, outcome) = strace.run(&writer(folder.path()));
            assert_eq!(outcome, Outcome { was_killed, failed_calls: 0 }, "at {number}");
            let left = std::fs::metadata(folder.path().join("file")).expect("the file").len();
            assert_eq!(left, length, "at {number}");
        }
    }

    #[test]
    fn errors_reach_the_program_and_are_counted() {
        let once = Injection::fail_at("pwrite64", "EIO", 2);
        let always = Injection::fail_from("pwrite64", "ENOSPC", 2);
        for (injection, failed_calls, said) in [
            (once, 1, "Input/output error\n"),
            (always, 2, "No space left on device\nNo space left on device\n"),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            let (output, outcome) = Strace::new(injection).run(&writer(folder.path()));
            assert_eq!(outcome, Outcome { was_killed: false, failed_calls });
            assert_eq!(String::from_utf8_lossy(&output.stdout), said);
        }
    }

    #[test]
    fn a_server_is_terminated_with_its_strace() {
        let strace = Strace::new(Injection::kill_at("fsync", 1));
        let mut command = strace.wrap(Command::new("sh").args(["-c", "echo ready; exec sleep 600"]));
        let mut traced = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let mut lines = BufReader::new(traced.stdout.take().expect("stdout is piped")).lines();
        assert_eq!(lines.next().expect("a line").expect("text"), "ready");
        strace.terminate(&traced);
        assert!(lines.next().is_none(), "the end of its output comes when nobody holds it any more");
        let status = traced.wait().expect("it ends");
        assert_eq!(strace.outcome(status), Outcome { was_killed: false, failed_calls: 0 });
    }

    #[test]
    fn variables_reach_the_program_only() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo $FIRST ${PATH:-none}"]).env("FIRST", "đ").env_remove("PATH");
        let (output, _outcome) = Strace::new(Injection::kill_at("fsync", 1)).run(&command);
        assert_eq!(String::from_utf8_lossy(&output.stdout).split(' ').next(), Some("đ"));
    }
}
