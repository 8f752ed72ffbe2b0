//! Central as a process of its own, for stories that cut its power: what `ocop-central` is, built with this package.

use std::process::ExitCode;

use central::command::{Cli, run};
use clap::Parser;
use clock::Clock;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse(), Clock::system()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "a test reads why")]
            {
                eprintln!("{error:#}");
            }
            ExitCode::FAILURE
        }
    }
}
