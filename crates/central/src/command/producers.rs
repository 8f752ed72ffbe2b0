//! `ocop-central producer …`
#![expect(clippy::print_stdout, reason = "a command answers on the terminal")]

use anyhow::bail;
use clap::Subcommand;
use domain::ids::{UserId, crockford};

use super::people::producer_named;
use crate::admin::Admin;
use crate::app::App;
use crate::db::producers::Producer;
use crate::db::users::{self, Role};
use crate::{reading, welcome};

/// Of the password that nobody knows, until the person chooses one.
const PASSWORD_LENGTH: u32 = 26;

#[derive(Debug, Subcommand)]
pub(super) enum ProducerAction {
    /// Makes the key with which a producer's pages are read without a password; tills print it on the producer's papers. The
    /// one before stops.
    Key {
        /// Name of the producer.
        name: String,
        /// Takes the key away instead.
        #[arg(long)]
        end: bool,
    },
    /// Makes a link by which the producer chooses a password, once, within seven days. The one before stops.
    Link {
        /// Name of the producer.
        name: String,
        /// What is typed to sign in: whose link it is among several people, or that of a new person.
        #[arg(long)]
        login: Option<String>,
    },
}

pub(super) async fn producer(app: &App, action: ProducerAction) -> anyhow::Result<()> {
    match action {
        ProducerAction::Key { name, end: false } => {
            let producer = producer_named(app, &name).await?;
            let url = reading::make_key(app, "command line", producer.id).await?;
            println!("{url}\nWhoever has this address reads the pages of {}; tills print it.", producer.name);
        }
        ProducerAction::Key { name, end: true } => {
            let producer = producer_named(app, &name).await?;
            reading::end_key(app, "command line", producer.id).await?;
            println!("Nobody reads the pages of {} without a password any more.", producer.name);
        }
        ProducerAction::Link { name, login } => {
            let producer = producer_named(app, &name).await?;
            let user = user_of(app, &producer, login).await?;
            let link = welcome::make_link(app, "command line", user).await?;
            println!(
                "{link}\nGive it to {} alone; it is shown this once, and works once within {} days.",
                producer.name,
                welcome::DAYS
            );
        }
    }
    Ok(())
}

/// Returns the producer's person; a new one when a login is named that nobody of the producer has.
async fn user_of(app: &App, producer: &Producer, login: Option<String>) -> anyhow::Result<UserId> {
    let people = users::list_of_producer(&app.db, producer.id).await?;
    match (login, people.as_slice()) {
        (None, [only]) => Ok(only.id),
        (None, []) => bail!("{} has nobody who signs in: --login NAME makes somebody", producer.name),
        (None, several) => {
            let logins: Vec<&str> = several.iter().map(|user| user.login.as_str()).collect();
            bail!("{} has several people: choose one by --login {}", producer.name, logins.join(" or "))
        }
        (Some(login), people) => match people.iter().find(|user| user.login == login.to_lowercase()) {
            Some(user) => Ok(user.id),
            None => add(app, producer, &login).await,
        },
    }
}

async fn add(app: &App, producer: &Producer, login: &str) -> anyhow::Result<UserId> {
    let mut random = [0; 16];
    app.clock.fill(&mut random);
    let password = crockford(u128::from_be_bytes(random), PASSWORD_LENGTH);
    let (admin, role) = (Admin::new(app, "command line"), Role::Producer(producer.id));
    Ok(admin.add_user(login, &producer.name, role, &password).await?)
}
