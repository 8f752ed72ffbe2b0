//! `ocop-central producer …`
#![expect(clippy::print_stdout, reason = "a command answers on the terminal")]

use anyhow::bail;
use clap::Subcommand;

use super::people::producer_named;
use crate::app::App;
use crate::db::producers::Producer;
use crate::db::users;
use crate::reading::{self, Asked};
use crate::welcome;

#[derive(Debug, Subcommand)]
pub(super) enum ProducerAction {
    /// Makes the key with which all of a producer's pages are read without a password; the one before stops. Each operator without one gets
    /// a key for its own stores, which its tills print on the producer's papers; those that were printed go on.
    Key {
        /// Name of the producer.
        name: String,
        /// Makes those that tills print anew, too: slips that were printed open nothing any more.
        #[arg(long, conflicts_with = "end")]
        all: bool,
        /// Takes the keys away instead.
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
        ProducerAction::Key { name, all, end: false } => {
            let producer = producer_named(app, &name).await?;
            let asked = Asked { form_id: app.clock.new_uuid(), with_slips: all };
            let made = reading::make_key_once(app, "command line", producer.id, asked).await?;
            let Some(url) = made else { bail!("the key was made before") };
            println!(
                "{url}\nWhoever has this address reads the pages of {} over all stores; tills print one for their own operator's.",
                producer.name
            );
        }
        ProducerAction::Key { name, end: true, .. } => {
            let producer = producer_named(app, &name).await?;
            reading::end_key(app, "command line", producer.id).await?;
            println!("Nobody reads the pages of {} without a password any more.", producer.name);
        }
        ProducerAction::Link { name, login } => {
            let producer = producer_named(app, &name).await?;
            let login = match login {
                Some(login) => login,
                None => only_login(app, &producer).await?,
            };
            let link = welcome::make_link_of_producer(app, "command line", &producer, &login).await?;
            println!(
                "{link}\nGive it to {} alone; it is shown this once, and works once within {} days.",
                producer.name,
                welcome::DAYS
            );
        }
    }
    Ok(())
}

/// Returns the login of the only person of a producer.
async fn only_login(app: &App, producer: &Producer) -> anyhow::Result<String> {
    let people = users::list_of_producer(&app.db, producer.id).await?;
    match people.as_slice() {
        [only] => Ok(only.login.clone()),
        [] => bail!("{} has nobody who signs in: --login NAME makes somebody", producer.name),
        several => {
            let logins: Vec<&str> = several.iter().map(|user| user.login.as_str()).collect();
            bail!("{} has several people: choose one by --login {}", producer.name, logins.join(" or "))
        }
    }
}
