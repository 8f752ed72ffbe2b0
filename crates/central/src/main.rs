//! `ocop-central`: the central inventory service.

use std::process::ExitCode;

use central::command::{Cli, run};
use clap::Parser;
use clock::Clock;

#[tokio::main]
async fn main() -> ExitCode {
    let level = std::env::var("RUST_LOG").unwrap_or_else(|_| "info,sqlx=warn".to_owned());
    tracing_subscriber::fmt().with_env_filter(level).with_writer(std::io::stderr).init();
    match run(Cli::parse(), Clock::system()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "one sentence for whoever typed the command")]
            {
                eprintln!("ocop-central: {error:#}");
            }
            ExitCode::FAILURE
        }
    }
}
