//! `ocop-central operator …` and `ocop-central user …`.
#![expect(clippy::print_stdout, reason = "a command answers on the terminal")]

use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use domain::Rate;
use domain::ids::crockford;

use super::invoices::{self, SetInvoices};
use crate::admin::{Admin, NewOperator};
use crate::app::App;
use crate::db::operators::{self, Operator};
use crate::db::producers::{self, Producer};
use crate::db::users::{self, Role};

/// Characters of a made password: 100 bits.
const PASSWORD_LENGTH: u32 = 20;

#[derive(Debug, Subcommand)]
pub(super) enum OperatorAction {
    /// Adds an operator: who runs stores and owes the producers.
    Add {
        /// Name as registered.
        name: String,
        /// company, cooperative, household or state_unit.
        #[arg(long)]
        legal_status: String,
        /// Tax number.
        #[arg(long, default_value = "")]
        tax_number: String,
        /// VAT on commission, whole percent.
        #[arg(long, default_value_t = 0)]
        commission_tax: u8,
    },
    /// Sets how an operator makes e-invoices; its stores begin when they have numbers (`store numbers`).
    Invoices(Box<SetInvoices>),
    /// Makes the key with which a provider such as SePay tells of an operator's money at the bank; the one before stops.
    BankKey {
        /// Name of the operator.
        name: String,
        /// Takes the key away instead.
        #[arg(long)]
        end: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum UserAction {
    /// Adds a person who signs in at central; prints a made password once.
    Add(AddUser),
    /// Takes away the code that a person is asked for at login, whose phone is lost; open logins end.
    EndCode {
        /// What is typed to sign in.
        login: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct AddUser {
    /// What is typed to sign in.
    login: String,
    /// Name on screen.
    #[arg(long)]
    name: String,
    /// What the person is.
    #[arg(long)]
    role: RoleName,
    /// Name of the operator or producer whose data the person sees.
    #[arg(long)]
    of: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum RoleName {
    Admin,
    Department,
    Operator,
    Producer,
}

pub(super) async fn operator(app: &App, action: OperatorAction) -> anyhow::Result<()> {
    let (name, legal_status, tax_number, commission_tax) = match action {
        OperatorAction::Add { name, legal_status, tax_number, commission_tax } => {
            (name, legal_status, tax_number, commission_tax)
        }
        OperatorAction::Invoices(set) => return invoices::set(app, *set).await,
        OperatorAction::BankKey { name, end } => return bank_key(app, &name, end).await,
    };
    let commission_tax = Rate::percent(commission_tax);
    let new = NewOperator { name, legal_status, tax_number, commission_tax };
    println!("{}", Admin::new(app, "command line").add_operator(&new).await?);
    Ok(())
}

async fn bank_key(app: &App, name: &str, end: bool) -> anyhow::Result<()> {
    let (admin, operator) = (Admin::new(app, "command line"), operator_named(app, name).await?);
    if end {
        admin.end_bank_key(operator.id).await?;
        println!("No notice comes in for {name} any more.");
        return Ok(());
    }
    let key = admin.make_bank_key(operator.id).await?;
    println!(
        "{}\nThe key of {name}; it is shown this once. Let the provider send it as `Authorization: Apikey KEY` to\n{}/bank-notices/v1/sepay",
        key.text(),
        app.config.public_url
    );
    Ok(())
}

pub(super) async fn user(app: &App, action: UserAction) -> anyhow::Result<()> {
    let add = match action {
        UserAction::Add(add) => add,
        UserAction::EndCode { login } => return end_code(app, &login).await,
    };
    let role = role(app, &add).await?;
    let mut random = [0; 16];
    app.clock.fill(&mut random);
    let password = crockford(u128::from_be_bytes(random), PASSWORD_LENGTH);
    Admin::new(app, "command line").add_user(&add.login, &add.name, role, &password).await?;
    println!("{}\nThe password of {}; it is shown this once.", password, add.login);
    Ok(())
}

async fn end_code(app: &App, login: &str) -> anyhow::Result<()> {
    let user = users::find_by_login(&app.db, login, app.clock.now_ms()).await?;
    let user = user.with_context(|| format!("nobody signs in as {login}"))?;
    Admin::new(app, "command line").end_code(user.id).await?;
    println!("{login} signs in by the password alone now, and should turn a new code on.");
    Ok(())
}

async fn role(app: &App, add: &AddUser) -> anyhow::Result<Role> {
    let named = add.of.as_deref().context("--of NAME is needed: whose data the person sees");
    Ok(match add.role {
        RoleName::Admin => Role::Admin,
        RoleName::Department => Role::Department,
        RoleName::Operator => Role::Operator(operator_named(app, named?).await?.id),
        RoleName::Producer => Role::Producer(producer_named(app, named?).await?.id),
    })
}

pub(super) async fn producer_named(app: &App, name: &str) -> anyhow::Result<Producer> {
    let mut found = producers::search(&app.db, name, 2).await?;
    match (found.pop(), found.len()) {
        (Some(producer), 0) => Ok(producer),
        (last, others) => {
            bail!(
                "{} producers are called like {name}: write the whole name",
                others + usize::from(last.is_some())
            )
        }
    }
}

pub(super) async fn operator_named(app: &App, name: &str) -> anyhow::Result<Operator> {
    let all = operators::list(&app.db).await?;
    let found = all.into_iter().find(|operator| operator.name == name);
    found.with_context(|| format!("there is no operator {name}: add it by `ocop-central operator add`"))
}
