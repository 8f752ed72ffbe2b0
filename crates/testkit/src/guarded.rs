//! A helper program (database server, browser driver) that never outlives the test process.
//!
//! A test may end by `kill -9`, by Ctrl-C or by a panic while a static owns the helper: none of these runs
//! `Drop`. What always happens is that the kernel closes our end of a pipe. So each helper is run by a small
//! shell script that waits for the end of its standard input, stops what it started and removes its folder.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot start its helper has failed")]

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

/// Longest wait for a helper's word that it is ready: initdb on a loaded machine takes several seconds.
const READY_WAIT_S_MAX: u64 = 60;

/// A running script; dropping it ends the script and waits until it has cleaned up.
#[derive(Debug)]
pub(crate) struct Guarded {
    child: Child,
}

impl Guarded {
    /// Runs `script` by `sh` with `arguments` as its `$1`, `$2`, …, and returns it with the first answer that
    /// `find` makes out of a line it prints. Panics with all that it said when it ends without one, or says
    /// nothing for a minute.
    pub(crate) fn start<T>(
        script: &str,
        arguments: &[&str],
        mut find: impl FnMut(&str) -> Option<T>,
    ) -> (Self, T) {
        let mut child = Command::new("sh")
            .args(["-c", script, "sh"])
            .args(arguments)
            // Ctrl-C goes to the terminal's process group; the script has to survive it to clean up.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("sh starts");
        let output = child.stdout.take().expect("stdout is piped");
        let guarded = Self { child };
        let (send, lines) = channel();
        // Keeps reading after nobody listens, so that the helper never blocks on a full pipe.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _unheard = send.send(line);
            }
        });
        let mut said = String::new();
        loop {
            match lines.recv_timeout(Duration::from_secs(READY_WAIT_S_MAX)) {
                Ok(line) => match find(&line) {
                    Some(found) => return (guarded, found),
                    None => said.push_str(&(line + "\n")),
                },
                Err(reason) => panic!("the helper did not start ({reason}):\n{said}"),
            }
        }
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _status = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_that_fails_is_quoted() {
        let quoted = std::panic::catch_unwind(|| {
            Guarded::start("echo no luck; exit 1", &[], |line| line.strip_prefix("url ").map(str::to_owned))
        });
        let message = quoted.expect_err("it failed").downcast::<String>().expect("a formatted panic");
        assert!(message.contains("no luck"), "{message}");
    }

    #[test]
    fn dropping_waits_until_the_script_has_cleaned_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let mark = folder.path().join("mark");
        let (guarded, ()) = Guarded::start(
            r#"touch "$1"; echo ready; cat >/dev/null; rm "$1""#,
            &[mark.to_str().expect("a plain path")],
            |line| (line == "ready").then_some(()),
        );
        assert!(mark.exists());
        drop(guarded);
        assert!(!mark.exists());
    }
}
