//! `ocop-pos`: the per-store client.

use std::process::ExitCode;

use clap::Parser;
use pos::command::{Command, run};

#[tokio::main]
async fn main() -> ExitCode {
    let level = std::env::var("RUST_LOG").unwrap_or_else(|_| "info,sqlx=warn".to_owned());
    tracing_subscriber::fmt().with_env_filter(level).with_writer(std::io::stderr).init();
    match run(Command::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "one sentence for whoever typed the command")]
            {
                eprintln!("ocop-pos: {error:#}");
            }
            ExitCode::FAILURE
        }
    }
}
