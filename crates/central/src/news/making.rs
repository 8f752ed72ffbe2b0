//! What is told, and when: on Monday mornings what sold in the week before, and at any time goods that are gone in a store.

use std::collections::BTreeMap;

use domain::cover::to_send;
use domain::ids::ProductId;
use domain::{Money, Quantity};
use time::{Date, Duration};
use web::Lang;
use web::format::{datetime_text, day_text, local_date, local_minute};
use web::news::{ProductNews, shortened};

use crate::app::App;
use crate::db::consigned::{self, OnShelf, Only};
use crate::db::producer_news::{self, NewsKind, Wish};
use crate::error::Result;

/// From this hour of a Monday on the week before is told, local time: nobody wants to be woken by it.
pub const WEEKLY_AT_HOUR: u8 = 7;

/// Makes the news that are due; returns how many messages. Each is made once, whoever asks how often.
///
/// # Errors
/// When the database fails.
pub async fn make(app: &App) -> Result<usize> {
    if app.config.news.gateway().is_none() {
        return Ok(0);
    }
    let mut made = 0;
    for wish in producer_news::list_wishes(&app.db).await? {
        made += usize::from(weekly(app, &wish).await?);
        made += sold_out(app, &wish).await?;
    }
    Ok(made)
}

/// Tells of the last whole week, once.
async fn weekly(app: &App, wish: &Wish) -> Result<bool> {
    let now_ms = app.clock.now_ms();
    let today = local_date(now_ms);
    let monday = today - Duration::days(i64::from(today.weekday().number_days_from_monday()));
    let is_early = today == monday && local_minute(now_ms) < u16::from(WEEKLY_AT_HOUR) * 60;
    let week = monday - Duration::days(if is_early { 14 } else { 7 });
    let about = week.to_string();
    // Nobody is told of weeks before they asked.
    if local_date(wish.asked_at_ms) >= week + Duration::days(7)
        || producer_news::is_made(&app.db, wish.scope(), (NewsKind::Weekly, &about)).await?
    {
        return Ok(false);
    }
    let words = week_in_words(app, wish, week, today).await?;
    add(app, wish, (NewsKind::Weekly, &about), &words).await
}

/// Returns the message; empty when nothing sold and nothing runs out.
async fn week_in_words(app: &App, wish: &Wish, week: Date, today: Date) -> Result<String> {
    let (db, scope, lang) = (&app.db, wish.scope(), Lang::Vi);
    let last = week + Duration::days(6);
    let sold = consigned::sold(db, scope, (week, last), Only::default()).await?;
    let sold: BTreeMap<ProductId, _> = sold.into_iter().map(|row| (row.product_id, row)).collect();
    let mut shelf: BTreeMap<ProductId, OnShelf> = BTreeMap::new();
    for row in consigned::stock_by_store(db, scope, today, Only::default()).await? {
        let sum = shelf.entry(row.product_id).or_insert_with(|| OnShelf {
            left: Quantity::ZERO,
            ended: Quantity::ZERO,
            sold_lately: Quantity::ZERO,
            ..row.clone()
        });
        sum.left = sum.left.plus(row.left).unwrap_or(Quantity::MOST);
        sum.ended = sum.ended.plus(row.ended).unwrap_or(Quantity::MOST);
        sum.sold_lately = sum.sold_lately.plus(row.sold_lately).unwrap_or(Quantity::MOST);
    }
    let mut sentences = Vec::new();
    for (id, row) in &shelf {
        let of_week = sold.get(id);
        let told = ProductNews {
            name: &row.name,
            unit: &row.unit,
            sold: of_week.map_or(Quantity::ZERO, |sold| sold.quantity),
            due: of_week.map(|sold| sold.due).unwrap_or_default(),
            left: row.good(),
            ended: row.ended,
            to_bring: to_send(row.good(), row.sold_lately),
        };
        sentences.extend(told.sentence(lang));
    }
    if sentences.is_empty() {
        return Ok(String::new());
    }
    let mut words = vec![format!("Tuần {}–{}:", day_text(week), day_text(last))];
    words.extend(shortened(lang, sentences));
    let owed = consigned::owed(db, scope).await?;
    // One operator's advance pays no other's debt.
    let sum = |is_owed: fn(&Money) -> bool| Money::sum(owed.iter().map(|row| row.due).filter(is_owed));
    // A sum that cannot be told is left out: nothing said is better than a wrong figure.
    if let Ok(to_come) = sum(|due| *due > Money::ZERO) {
        words.push(format!("Còn được trả {to_come}."));
    }
    if let Ok(ahead) = sum(|due| due.is_negative()).and_then(|ahead| Money::ZERO.minus(ahead))
        && ahead > Money::ZERO
    {
        words.push(format!("Đã nhận trước {ahead}."));
    }
    if let Some(until) = owed.iter().filter_map(|row| row.heard_at_ms).min() {
        words.push(format!("Số đến {}.", datetime_text(until)));
    }
    Ok(words.join("\n"))
}

/// Tells of goods that are gone in stores, once for each delivery; what is found at one time in one message.
async fn sold_out(app: &App, wish: &Wish) -> Result<usize> {
    let today = local_date(app.clock.now_ms());
    let shelf = consigned::stock_by_store(&app.db, wish.scope(), today, Only::default()).await?;
    let mut gone = Vec::new();
    for row in shelf {
        if row.good() > Quantity::ZERO || row.sold_lately <= Quantity::ZERO {
            continue;
        }
        let last = (row.store_id, row.product_id);
        let Some(lot) = producer_news::find_last_lot(&app.db, wish.scope(), last).await? else {
            continue;
        };
        let about = format!("{}/{}/{lot}", row.store_id, row.product_id);
        if producer_news::is_made(&app.db, wish.scope(), (NewsKind::SoldOut, &about)).await? {
            continue;
        }
        gone.push((about, row));
    }
    if gone.is_empty() {
        return Ok(0);
    }
    // What another service told meanwhile is left out.
    let mut tx = app.db.begin().await?;
    let mut sentences = Vec::new();
    for (about, row) in &gone {
        let OnShelf { store, name, unit, ended, sold_lately, .. } = row;
        let marked = (app.clock.new_uuid(), "", app.clock.now_ms());
        if producer_news::insert(&mut tx, wish.scope(), (NewsKind::SoldOut, about), marked).await? {
            let more = to_send(row.good(), *sold_lately);
            let there = match *ended > Quantity::ZERO {
                true => format!(", chỉ còn {ended} đã quá hạn"),
                false => String::new(),
            };
            sentences.push(format!("{store} đã hết {name} ({unit}){there}. Mang thêm {more}."));
        }
    }
    let is_new = !sentences.is_empty();
    if is_new {
        let id = app.clock.new_uuid();
        let words = shortened(Lang::Vi, sentences).join("\n");
        let message = (id, words.as_str(), app.clock.now_ms());
        producer_news::insert(&mut tx, wish.scope(), (NewsKind::SoldOut, &id.to_string()), message).await?;
    }
    tx.commit().await?;
    Ok(usize::from(is_new))
}

async fn add(app: &App, wish: &Wish, what: (NewsKind, &str), words: &str) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    let news = (app.clock.new_uuid(), words, app.clock.now_ms());
    let is_new = producer_news::insert(&mut tx, wish.scope(), what, news).await?;
    tx.commit().await?;
    Ok(is_new && !words.is_empty())
}
