//! `ocop-pos`: the per-store client.

use clap::Parser;
use pos::command::{Command, run};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let level = std::env::var("RUST_LOG").unwrap_or_else(|_| "info,sqlx=warn".to_owned());
    tracing_subscriber::fmt().with_env_filter(level).with_writer(std::io::stderr).init();
    run(Command::parse()).await
}
