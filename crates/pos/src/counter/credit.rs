//! Buying now and paying later: who owes it is named, how much one person may owe has a limit, and beyond the limit a
//! manager allows it at the moment of the sale.

use domain::Money;
use domain::tender::{Tender, TenderKind};
use protocol::payload::sale::Owed;
use sqlx::SqliteConnection;

use super::approval::{Word, approve};
use super::shown::Paying;
use super::{CounterState, Note, Request, Result, Seat, finish, state};
use crate::App;
use crate::db::{Tx, open_tenders};

/// The longest name, in characters.
pub const NAME_MOST: usize = 60;

/// What is asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct Credit {
    /// Who will owe it.
    pub person: String,
    /// The manager's word; needed beyond the limit only.
    pub word: Word,
}

/// Completes the open cart, a part of it or all on credit.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it: then nothing was sold.
pub async fn sell_on_credit(
    app: &App,
    seat: &Seat,
    request: &Request,
    paying: impl Into<Paying>,
    credit: &Credit,
) -> Result<CounterState> {
    let paying = paying.into();
    match allowed(app, seat, &paying.tenders, credit).await? {
        Ok(owed) => finish::complete(app, seat, request, paying, Some(owed)).await,
        Err(refused) => state::load(app, seat, refused, None).await,
    }
}

/// Asks once more in the sale's own transaction: another counter may have sold to the same person since. `None` when it may
/// be owed; a manager who allowed it knew that it is beyond the limit.
pub(super) async fn refused(
    app: &App,
    seat: &Seat,
    tx: &mut Tx,
    (tendered, owed): (&[Tender], &Owed),
) -> Result<Option<Note>> {
    let most_vnd = app.config().credit.most_vnd;
    let owes = with_asked(owes(tx, &owed.by).await?, tendered)?;
    let is_allowed = owes.vnd() <= most_vnd || seat.manager || owed.approved_by.is_some();
    Ok((!is_allowed).then_some(Note::CreditNeedsManager { owes_vnd: owes.vnd(), most_vnd }))
}

/// Returns who owes it and which manager allowed it, if one was needed; or what there is to tell.
async fn allowed(
    app: &App,
    seat: &Seat,
    tendered: &[Tender],
    credit: &Credit,
) -> Result<std::result::Result<Owed, Note>> {
    let most_vnd = app.config().credit.most_vnd;
    if most_vnd <= 0 {
        return Ok(Err(Note::NoCredit));
    }
    let by = credit.person.split_whitespace().collect::<Vec<_>>().join(" ");
    if by.is_empty() || by.chars().count() > NAME_MOST {
        return Ok(Err(Note::BadField { field: "owed_by".to_owned() }));
    }
    // The manager's PIN is asked for and checked before the one writer is held.
    let mut reader = app.db().read().acquire().await?;
    let owes = with_asked(owes(&mut reader, &by).await?, tendered)?;
    drop(reader);
    if owes.vnd() <= most_vnd || seat.manager {
        return Ok(Ok(Owed { by, approved_by: None }));
    }
    Ok(match approve(app, seat, &credit.word).await? {
        Ok(approved) => Ok(Owed { by, approved_by: Some(approved.manager_id.uuid()) }),
        Err(Note::ManagerNeeded) => Err(Note::CreditNeedsManager { owes_vnd: owes.vnd(), most_vnd }),
        Err(note) => Err(note),
    })
}

/// Returns what a person owes: a name is the same in small and capital letters.
async fn owes(connection: &mut SqliteConnection, name: &str) -> Result<Money> {
    let debts = open_tenders::list_debts(connection).await?;
    let name = name.to_lowercase();
    let own = debts.into_iter().filter(|(person, _)| person.to_lowercase() == name);
    Ok(Money::sum(own.map(|(_, vnd)| Money::new(vnd)))?)
}

/// Adds what this sale leaves on credit.
fn with_asked(before: Money, tendered: &[Tender]) -> Result<Money> {
    let asked = tendered.iter().filter(|tender| tender.kind == TenderKind::Credit);
    Ok(Money::sum(std::iter::once(before).chain(asked.map(|tender| tender.amount)))?)
}
