//! Faults planted into a finished run: each check must find its own. A check that finds nothing proves nothing.

use std::rc::Rc;

use domain::fold::Account;
use domain::stock::Location;
use protocol::{Entry, Kind, Position};
use uuid::Uuid;

use super::backs::Back;
use super::central::Stream;
use super::goods;
use super::invariants::{self, check_end, check_step};
use super::world::World;

/// What is planted, and what the checks then say; `None` when this run has no place for it.
type Plant = fn(&mut World) -> Option<Result<(), String>>;

pub(crate) const PLANTS: &[(&str, Plant)] = &[
    ("I1", lose_an_entry),
    ("I1", lose_a_stream),
    ("I1", keep_an_entry_twice),
    ("I1", invent_an_entry),
    ("I2", count_an_entry_twice),
    ("I2", count_a_sale_twice),
    ("I2", invent_turnover),
    ("I4", change_a_total),
    ("I4", break_a_link),
    ("I5", shorten_a_mainline),
    ("I5", forget_an_acknowledgement),
    ("I6", keep_an_entry_back),
    ("I8", move_money),
    ("I9", pay_the_wrong_one),
    ("I10", lose_a_piece),
    ("I12", append_to_a_forked_stream),
    ("I12", drop_a_branch),
    ("I13", make_a_hole),
    ("I13", move_a_branch),
    ("I14", write_to_a_former_stream),
    ("I14", print_a_number_twice),
    ("I16", count_what_is_held),
    ("I25", take_back_what_was_never_sold),
    ("I25", pay_back_more_than_was_paid),
    ("I25", keep_a_part_of_what_came_back),
];

/// The stream of central with most entries among those that fit.
fn longest(world: &mut World, fits: fn(&Stream) -> bool) -> Option<&mut Stream> {
    let streams = world.central.state.streams.values_mut().filter(|stream| fits(stream));
    streams.max_by_key(|stream| stream.mainline.len()).filter(|stream| stream.mainline.len() > 4)
}

fn lose_an_entry(world: &mut World) -> Option<Result<(), String>> {
    let stream = world.machines[0].current().stream;
    world.central.state.streams.get_mut(&stream)?.mainline.pop()?;
    Some(check_end(world))
}

fn lose_a_stream(world: &mut World) -> Option<Result<(), String>> {
    world.central.state.streams.pop_first()?;
    Some(check_step(world))
}

fn keep_an_entry_twice(world: &mut World) -> Option<Result<(), String>> {
    let entry = Rc::clone(&longest(world, |_| true)?.mainline[2]);
    let other = world.central.state.streams.values_mut().next_back()?;
    other.beside.insert((entry.envelope.seq, entry.hash), entry);
    Some(check_end(world))
}

fn count_an_entry_twice(world: &mut World) -> Option<Result<(), String>> {
    let books = world.central.state.books.values_mut().next()?;
    let again = *books.taken_up.first()?;
    books.taken_up.push(again);
    Some(check_step(world))
}

fn count_a_sale_twice(world: &mut World) -> Option<Result<(), String>> {
    let books = world.central.state.books.values_mut().next()?;
    let again = *books.sales.first()?;
    books.sales.push(again);
    Some(check_step(world))
}

fn invent_turnover(world: &mut World) -> Option<Result<(), String>> {
    world.central.state.books.values_mut().next()?.turnover += 1;
    Some(check_end(world))
}

/// Looks at everything with new eyes, so that only the mainlines themselves can betray the fault.
fn check_anew(world: &mut World) -> Result<(), String> {
    world.watch.central_went_back();
    check_step(world)
}

/// Puts another entry in the place of the last one, sealed like any other.
fn forge_last(world: &mut World, forge: fn(&mut Entry)) -> Option<Result<(), String>> {
    let last = longest(world, |_| true)?.mainline.last_mut()?;
    let mut forged = Entry::clone(last);
    forge(&mut forged);
    *last = Rc::new(Entry::seal(forged.envelope, forged.shared, "{}").ok()?);
    Some(check_anew(world))
}

fn change_a_total(world: &mut World) -> Option<Result<(), String>> {
    forge_last(world, |entry| entry.envelope.grand_total_after += 1)
}

fn break_a_link(world: &mut World) -> Option<Result<(), String>> {
    forge_last(world, |entry| entry.envelope.prev_hash = entry.hash)
}

fn shorten_a_mainline(world: &mut World) -> Option<Result<(), String>> {
    longest(world, |_| true)?.mainline.pop()?;
    Some(check_step(world))
}

fn forget_an_acknowledgement(world: &mut World) -> Option<Result<(), String>> {
    let journals = world.machines.iter_mut().flat_map(|machine| &mut machine.disk.journals);
    journals.max_by_key(|journal| journal.acked.seq)?.acked = Position::START;
    Some(check_step(world))
}

fn keep_an_entry_back(world: &mut World) -> Option<Result<(), String>> {
    let machine = &mut world.machines[0];
    machine.sell(&mut world.random, world.now_ms);
    machine.sell(&mut world.random, world.now_ms);
    Some(invariants::pending(world).map_or(Ok(()), |what| Err(format!("I6: {what}"))))
}

fn move_money(world: &mut World) -> Option<Result<(), String>> {
    let books = world.central.state.books.values_mut().find(|books| books.balances.len() > 1)?;
    *books.balances.values_mut().next()? += 1;
    *books.balances.values_mut().next_back()? -= 1;
    Some(check_end(world))
}

/// The accounts still add up, and a producer is owed what the store took.
fn pay_the_wrong_one(world: &mut World) -> Option<Result<(), String>> {
    let books = world.central.state.books.values_mut().find(|books| !books.sales.is_empty())?;
    *books.balances.entry(Account::Cash).or_default() += 1;
    *books.balances.entry(Account::Sales).or_default() -= 1;
    Some(check_step(world))
}

fn lose_a_piece(world: &mut World) -> Option<Result<(), String>> {
    let books = world.central.state.books.values_mut().find(|books| !books.stock.is_empty())?;
    let (_, milli) = books.stock.iter_mut().find(|(place, _)| place.location == Location::Shelf)?;
    *milli -= 1_000;
    Some(check_end(world))
}

fn any_back(world: &mut World, fits: fn(Uuid, &Back) -> bool) -> Option<&mut Back> {
    let books = world.central.state.books.values_mut();
    let mut backs = books.flat_map(|books| books.backs.of_sales.iter_mut());
    backs.find(|(sale_id, back)| fits(**sale_id, back)).map(|(_, back)| back)
}

fn take_back_what_was_never_sold(world: &mut World) -> Option<Result<(), String>> {
    any_back(world, |_, _| true)?.pieces += 4;
    Some(check_step(world))
}

fn pay_back_more_than_was_paid(world: &mut World) -> Option<Result<(), String>> {
    any_back(world, |sale_id, back| back.pieces == goods::pieces(sale_id))?.paid += 1;
    Some(check_step(world))
}

fn keep_a_part_of_what_came_back(world: &mut World) -> Option<Result<(), String>> {
    let back = any_back(world, |sale_id, back| back.pieces == goods::pieces(sale_id))?;
    *back.money.entry(Account::Tax).or_default() -= 1;
    Some(check_end(world))
}

/// Goes on in a mainline with an entry that is sealed well.
fn go_on(stream: &mut Stream) -> Option<()> {
    let last = stream.mainline.last()?;
    let mut next = Entry::clone(last);
    next.envelope.prev_hash = last.hash;
    next.envelope.seq += 1;
    next.envelope.sale_id = None;
    stream.mainline.push(Rc::new(Entry::seal(next.envelope, next.shared, "{}").ok()?));
    Some(())
}

fn invent_an_entry(world: &mut World) -> Option<Result<(), String>> {
    go_on(longest(world, |_| true)?)?;
    Some(check_end(world))
}

fn append_to_a_forked_stream(world: &mut World) -> Option<Result<(), String>> {
    go_on(longest(world, |stream| stream.fork.is_some())?)?;
    Some(check_step(world))
}

fn drop_a_branch(world: &mut World) -> Option<Result<(), String>> {
    // Without the stores, which would miss it first.
    world.machines.clear();
    let before = world.central.state.streams.len();
    world.central.state.streams.retain(|_, stream| stream.branch_of.is_none());
    (world.central.state.streams.len() < before).then(|| check_end(world))
}

fn make_a_hole(world: &mut World) -> Option<Result<(), String>> {
    longest(world, |_| true)?.mainline.remove(2);
    Some(check_anew(world))
}

fn move_a_branch(world: &mut World) -> Option<Result<(), String>> {
    let branch = longest(world, |stream| stream.branch_of.is_some())?;
    branch.after.hash = branch.mainline.first()?.envelope.shared_sha256;
    Some(check_end(world))
}

fn write_to_a_former_stream(world: &mut World) -> Option<Result<(), String>> {
    let machine = world.machines.iter_mut().find(|machine| machine.disk.journals.len() > 1)?;
    let journal = &mut machine.disk.journals[0];
    let again = Rc::clone(journal.entries.last()?);
    journal.entries.push(again);
    Some(check_step(world))
}

fn print_a_number_twice(world: &mut World) -> Option<Result<(), String>> {
    let journals = world.machines.iter().flat_map(|machine| &machine.disk.journals);
    let mut sales = journals.flat_map(|journal| &journal.entries).filter(|entry| {
        entry.envelope.kind() == Kind::Sale && !world.watch.has_shared_key(entry.envelope.stream)
    });
    let sale = sales.next()?;
    let mut other = Entry::clone(sale);
    other.envelope.wall_utc_ms += 1;
    world.watch.written(&Entry::seal(other.envelope, other.shared, "{}").ok()?);
    Some(check_step(world))
}

fn count_what_is_held(world: &mut World) -> Option<Result<(), String>> {
    longest(world, |_| true)?.approved = false;
    Some(check_step(world))
}
