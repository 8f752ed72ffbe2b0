//! News for a producer: asked for on the first page, made when there are any, handed on once, ended at once.

use std::fs;
use std::path::Path;

use central::config::{Config, News};
use central::db::producer_news::{self, NewsKind};
use central::db::users::Role;
use central::db::{Db, audit};
use central::news::{make, send};
use domain::stock::Lot;
use serde_json::Value;
use testkit::news_gateway::{Manner, NewsGateway};
use time::Duration;
use uuid::Uuid;

use super::browser::{Browser, location, text};
use crate::support::{TODAY, Till, World};

testkit::on_both_engines!(
    a_week_is_told_on_monday_morning_once,
    goods_that_are_gone_are_told_at_once,
    goods_past_their_date_are_told_as_gone,
    who_ends_it_hears_nothing,
    a_gateway_gets_each_message_once_by_http,
    what_a_gateway_never_sends_is_given_up,
    messages_that_fail_stop_no_others_and_a_gateway_that_is_away_stops_all
);

const DAY_MS: i64 = 24 * 3_600_000;

/// Central with a folder for news, and somebody of Phú Sinh.
async fn open(db: Db, folder: &Path) -> (World, Browser) {
    let world = World::with_news(db, folder).await;
    let browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    (world, browser)
}

async fn ask(world: &World, browser: &mut Browser, phone: &str) -> u16 {
    browser.post(world, "/me", "/me/news", &[("phone", phone)]).await.status
}

/// Ten boxes come, six are sold today.
async fn trade(world: &World) -> Till {
    let mut till = world.till().await;
    let lot = till.receive(&world.garlic, 10);
    till.sell_lines(&[till.line(&world.garlic, 6, Some(lot))]);
    till.push_from(world, 1).await.ack();
    till
}

/// Makes and hands on; returns the texts that are in the folder afterwards, in their order, and empties it.
async fn told(world: &World, folder: &Path) -> Vec<String> {
    make(&world.app).await.unwrap();
    send(&world.app).await.unwrap();
    let Ok(files) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let message: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        fs::remove_file(path).unwrap();
        assert_eq!(
            (&message["phone"], &message["producer"]),
            (&"0905123456".into(), &"Công ty Phú Sinh".into())
        );
        message["text"].as_str().unwrap().to_owned()
    };
    files.iter().map(read).collect()
}

/// The stories begin on Monday, 23/11/2026, at eight in the morning.
async fn a_week_is_told_on_monday_morning_once(db: Db) {
    let folder = tempfile::tempdir().unwrap();
    let (world, mut browser) = open(db, folder.path()).await;
    trade(&world).await;
    assert_eq!(told(&world, folder.path()).await, Vec::<String>::new(), "nobody asked");
    assert_eq!(ask(&world, &mut browser, "ba số").await, 422);
    assert_eq!(ask(&world, &mut browser, "0905 123 456").await, 303);
    assert_eq!(told(&world, folder.path()).await, Vec::<String>::new(), "not of weeks before");
    let page = text(&browser.get(&world, "/me").await);
    assert!(page.contains("Đang nhắn đến 0905123456, đồng ý lúc 23/11/2026 08:0"), "{page}");
    world.clock.advance(7 * DAY_MS - 2 * 3_600_000);
    assert_eq!(told(&world, folder.path()).await, Vec::<String>::new(), "it is six in the morning");
    world.clock.advance(3_600_000);
    let week = told(&world, folder.path()).await;
    let [words] = week.as_slice() else { panic!("{week:?}") };
    assert!(words.starts_with("Tuần 23/11–29/11:\nSản phẩm TOI-DEN ("), "{words}");
    assert!(words.contains("): bán 6, được "), "{words}");
    assert!(words.contains(", còn 4, mang thêm 2.\nCòn được trả "), "{words}");
    assert!(words.contains("\nSố đến 23/11/2026 08:0"), "{words}");
    assert_eq!(told(&world, folder.path()).await, Vec::<String>::new(), "once");
    let mut browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let page = text(&browser.get(&world, "/me").await);
    assert!(page.contains("Tuần 23/11–29/11:") && !page.contains("đang chờ gửi"), "{page}");
    // A week in which nothing happened, with enough on the shelf, is not worth a message.
    world.clock.advance(35 * DAY_MS);
    assert_eq!(told(&world, folder.path()).await, Vec::<String>::new());
}

async fn goods_that_are_gone_are_told_at_once(db: Db) {
    let folder = tempfile::tempdir().unwrap();
    let (world, mut browser) = open(db, folder.path()).await;
    let mut till = trade(&world).await;
    ask(&world, &mut browser, "0905123456").await;
    assert_eq!(told(&world, folder.path()).await, Vec::<String>::new());
    let from = till.head.seq + 1;
    till.sell_lines(&[till.line(&world.garlic, 4, None)]);
    till.push_from(&world, from).await.ack();
    let gone = told(&world, folder.path()).await;
    let [words] = gone.as_slice() else { panic!("{gone:?}") };
    assert!(words.contains(" đã hết Sản phẩm TOI-DEN (") && words.ends_with("). Mang thêm 10."), "{words}");
    assert_eq!(told(&world, folder.path()).await, Vec::<String>::new(), "once");
    // A new delivery, gone too.
    let from = till.head.seq + 1;
    till.day += Duration::days(1);
    world.clock.advance(DAY_MS);
    let lot = till.receive(&world.garlic, 5);
    till.push_from(&world, from).await.ack();
    assert_eq!(told(&world, folder.path()).await, Vec::<String>::new(), "there is some again");
    let from = till.head.seq + 1;
    till.sell_lines(&[till.line(&world.garlic, 5, Some(lot))]);
    till.push_from(&world, from).await.ack();
    assert_eq!(told(&world, folder.path()).await.len(), 1);
}

/// Four are on the shelf, and their last day is over: what may be sold is gone.
async fn goods_past_their_date_are_told_as_gone(db: Db) {
    let folder = tempfile::tempdir().unwrap();
    let (world, mut browser) = open(db, folder.path()).await;
    let mut till = world.till().await;
    till.day = TODAY;
    let lot = till.receive_lot(&world.garlic, 10, |lot| Lot { expires_on: Some(TODAY), ..lot });
    till.sell_lines(&[till.line(&world.garlic, 6, Some(lot))]);
    till.push_from(&world, 1).await.ack();
    ask(&world, &mut browser, "0905123456").await;
    assert_eq!(told(&world, folder.path()).await, Vec::<String>::new(), "its last day is a day of sale");
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    assert!(!text(&producer.get(&world, "/me/consigned").await).contains("đã quá hạn"));
    world.clock.advance(DAY_MS);
    let gone = told(&world, folder.path()).await;
    let [words] = gone.as_slice() else { panic!("{gone:?}") };
    assert!(words.ends_with(", chỉ còn 4 đã quá hạn. Mang thêm 6."), "{words}");
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let goods = producer.json(&world, "/me/consigned").await["goods"][0].clone();
    assert_eq!((goods["left_milli"].as_i64(), goods["ended_milli"].as_i64()), (Some(4_000), Some(4_000)));
    assert!(text(&producer.get(&world, "/me/consigned").await).contains("trong đó 4 đã quá hạn"));
}

async fn who_ends_it_hears_nothing(db: Db) {
    let folder = tempfile::tempdir().unwrap();
    let (world, mut browser) = open(db, folder.path()).await;
    trade(&world).await;
    ask(&world, &mut browser, "0905123456").await;
    world.clock.advance(7 * DAY_MS);
    assert_eq!(make(&world.app).await.unwrap(), 1);
    let mut browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let page = text(&browser.get(&world, "/me").await);
    assert!(page.contains("đang chờ gửi"), "{page}");
    let ended = browser.post(&world, "/me", "/me/news/end", &[]).await;
    assert_eq!((ended.status, location(&ended)), (303, "/me#news"));
    assert_eq!(told(&world, folder.path()).await, Vec::<String>::new());
    world.clock.advance(7 * DAY_MS);
    assert_eq!(told(&world, folder.path()).await, Vec::<String>::new());
    let acts = audit::list_before(&world.app.db, &audit::Picked::default(), i64::MAX, 50).await.unwrap();
    let acts: Vec<_> = acts.iter().filter(|act| act.action.starts_with("producer.news")).collect();
    assert_eq!(acts.len(), 2);
    assert!(acts.iter().all(|act| !act.detail.contains("0905") && !act.subject.contains("0905")));
}

/// Central with a gateway, and one message that waits for it: of the week that began on 23 November.
async fn with_gateway(db: Db, gateway: &NewsGateway, token_file: &Path) -> (World, Browser) {
    let news =
        News { url: format!("{}/", gateway.url()), token_file: token_file.to_owned(), ..News::default() };
    let world = World::with_config(db, Config { news, ..Config::default() }).await;
    let mut browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    trade(&world).await;
    ask(&world, &mut browser, "0905123456").await;
    world.clock.advance(7 * DAY_MS);
    assert_eq!(make(&world.app).await.unwrap(), 1);
    let browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    (world, browser)
}

async fn a_gateway_gets_each_message_once_by_http(db: Db) {
    let gateway = NewsGateway::start().await;
    let folder = tempfile::tempdir().unwrap();
    let token_file = folder.path().join("token");
    fs::write(&token_file, "mot-hai-ba\n").unwrap();
    let (world, mut browser) = with_gateway(db, &gateway, &token_file).await;
    // Whatever is no word of the gateway leaves the message where it is.
    gateway.script([Manner::Unauthorised, Manner::Busy, Manner::Redirect, Manner::LoseAnswer]);
    for _ in 0..4 {
        assert_eq!(send(&world.app).await.unwrap(), 0);
        assert!(text(&browser.get(&world, "/me").await).contains("đang chờ gửi"));
    }
    assert_eq!(send(&world.app).await.unwrap(), 1);
    assert_eq!(send(&world.app).await.unwrap(), 0);
    assert_eq!((gateway.requests(), gateway.token().as_str()), (5, "Bearer mot-hai-ba"));
    let taken = gateway.taken();
    let [message] = taken.as_slice() else { panic!("{taken:?}") };
    assert_eq!((&message["phone"], &message["kind"]), (&"0905123456".into(), &"weekly".into()));
    assert!(message["text"].as_str().unwrap().starts_with("Tuần 23/11–29/11:\n"), "{message}");
    assert!(!text(&browser.get(&world, "/me").await).contains("đang chờ gửi"));
}

async fn what_a_gateway_never_sends_is_given_up(db: Db) {
    let gateway = NewsGateway::start().await;
    let (world, mut browser) = with_gateway(db, &gateway, Path::new("")).await;
    gateway.script([Manner::Refuse]);
    assert_eq!(send(&world.app).await.unwrap(), 0);
    assert!(text(&browser.get(&world, "/me").await).contains("không gửi được, số này không nhận tin"));
    assert_eq!((send(&world.app).await.unwrap(), gateway.requests()), (0, 1), "it is not sent again");
    // Another week; then nobody answers for three days.
    let mut till = world.till().await;
    let lot = till.receive(&world.garlic, 10);
    till.sell_lines(&[till.line(&world.garlic, 6, Some(lot))]);
    till.push_from(&world, 1).await.ack();
    world.clock.advance(7 * DAY_MS);
    assert!(make(&world.app).await.unwrap() > 0);
    gateway.script([Manner::Busy; 8]);
    send(&world.app).await.unwrap();
    world.clock.advance(3 * DAY_MS + 1);
    let before = gateway.requests();
    assert_eq!((send(&world.app).await.unwrap(), gateway.requests()), (0, before));
    let mut browser_later = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    assert!(text(&browser_later.get(&world, "/me").await).contains("không gửi được trong ba ngày"));
}

async fn messages_that_fail_stop_no_others_and_a_gateway_that_is_away_stops_all(db: Db) {
    let gateway = NewsGateway::start().await;
    let (world, mut browser) = with_gateway(db, &gateway, Path::new("")).await;
    let db = &world.app.db;
    let scope = producer_news::list_wishes(db).await.unwrap()[0].scope();
    let mut tx = db.begin().await.unwrap();
    for number in 1..=5 {
        let news = (Uuid::from_u128(number), "Đã hết tỏi đen.", world.app.clock.now_ms());
        producer_news::insert(&mut tx, scope, (NewsKind::SoldOut, &number.to_string()), news).await.unwrap();
    }
    tx.commit().await.unwrap();
    // Six wait; three of them the gateway cannot send.
    gateway.script([Manner::Broken; 3]);
    assert_eq!(send(&world.app).await.unwrap(), 3);
    assert_eq!((gateway.taken().len(), gateway.requests()), (3, 6));
    // It is away: nobody asks for each of hundreds.
    gateway.script([Manner::Busy, Manner::Unauthorised, Manner::LoseAnswer]);
    assert_eq!(send(&world.app).await.unwrap(), 0);
    assert_eq!(gateway.requests(), 9);
    // Whoever ends it is sent nothing more.
    browser.post(&world, "/me", "/me/news/end", &[]).await;
    assert_eq!((send(&world.app).await.unwrap(), gateway.requests()), (0, 9));
}
