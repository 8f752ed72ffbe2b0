//! Paying a producer by VietQR for all stores of an operator at once: the account that the operator keeps, what the code asks for,
//! who changed the account, and who is told of it.

use axum::http::Method;
use central::admin::NewOperator;
use central::db::Db;
use central::db::audit::{self, AuditRow, Picked};
use central::db::users::Role;
use domain::ids::OperatorId;
use domain::vietqr::VietQr;
use domain::{Money, Rate};
use uuid::Uuid;

use super::browser::{Browser, location, text};
use super::joint::{DUE, trade};
use crate::support::{Answer, Till, World, new_store};

testkit::on_both_engines!(
    the_code_asks_for_what_is_then_recorded,
    what_is_no_account_comes_back,
    each_change_has_its_author_and_is_told_by_ends_alone,
    nobody_else_is_told_of_an_account,
    two_people_who_pay_at_once_are_told
);

const NUMBER: &str = "4801205012345";
/// What is typed into the form, and what is pressed.
const USUAL: [&str; 4] = ["970405", NUMBER, " BÙI  VĂN TẤN", "keep"];

fn page_of(world: &World) -> String {
    format!("/shops/producers/{}", world.phu_sinh)
}

async fn keep(world: &World, browser: &mut Browser, typed: [&str; 4]) -> Answer {
    let [bank, number, holder, act] = typed;
    let page = format!("{}/account", page_of(world));
    let fields = [("bank", bank), ("number", number), ("holder", holder), ("act", act)];
    browser.post(world, &page, &page, &fields).await
}

/// Records that so much was sent, as the form of a page does.
async fn record(world: &World, browser: &mut Browser, page: &str, amount: &str) -> Answer {
    let value = |name: &str| {
        let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap()
    };
    let fields =
        [("id", value("id")), ("shown_vnd", value("shown_vnd")), ("amount", amount), ("day", "2026-11-23")];
    let path = page_of(world);
    browser.post(world, &path, &path, &fields).await
}

/// Returns the page's code as a camera reads it.
fn scanned(page: &str) -> Option<VietQr> {
    let picture = page.split("<svg class=\"qr\" viewBox=\"0 0 ").nth(1)?;
    let side: usize = picture.split(' ').next().unwrap().parse().unwrap();
    let path = picture.split("d=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut dark = vec![false; side * side];
    for module in path.split('M').skip(1) {
        let (x, rest) = module.split_once(' ').unwrap();
        let y = rest.split('h').next().unwrap();
        dark[y.parse::<usize>().unwrap() * side + x.parse::<usize>().unwrap()] = true;
    }
    // A module is four dots wide.
    let shade = |x: usize, y: usize| if dark[y / 4 * side + x / 4] { 0 } else { 255 };
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(side * 4, side * 4, shade);
    let grids = prepared.detect_grids();
    Some(VietQr::parse(&grids[0].decode().unwrap().1).unwrap())
}

/// An operator whose only store received Phú Sinh's garlic and sold none.
async fn stranger(world: &World) -> OperatorId {
    let new = NewOperator {
        name: "Hộ kinh doanh Sa Kỳ".to_owned(),
        legal_status: "household".to_owned(),
        tax_number: String::new(),
        commission_tax: Rate::ZERO,
    };
    let operator = world.admin.add_operator(&new).await.unwrap();
    let store = world.admin.add_store(&new_store(operator, "SK")).await.unwrap();
    let mut till = Till::enrol(world, store).await;
    world.admin.approve(&till.key.public().fingerprint()).await.unwrap();
    till.receive(&world.garlic, 5);
    till.push_from(world, 1).await.ack();
    operator
}

async fn the_code_asks_for_what_is_then_recorded(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let path = page_of(&world);
    let mut office = Browser::of(&world, Role::Operator(world.operator)).await;
    let page = text(&office.get(&world, &path).await);
    assert!(page.contains("Chưa có tài khoản của chủ thể nên chưa có mã VietQR."), "{page}");
    assert!(page.contains(&format!("href=\"{path}/account\"")) && scanned(&page).is_none(), "{page}");
    assert!(office.json(&world, &path).await["account"].is_null());

    let answer = keep(&world, &mut office, USUAL).await;
    assert_eq!((answer.status, location(&answer)), (303, path.as_str()), "{}", text(&answer));
    let page = text(&office.get(&world, &path).await);
    let code = scanned(&page).unwrap();
    assert_eq!((code.bank_bin.to_string().as_str(), code.payee.number()), ("970405", NUMBER));
    assert_eq!(code.amount, Some(Money::new(4 * DUE)));
    let purpose = code.purpose.clone().unwrap();
    let note = purpose.as_str();
    assert!(note.starts_with("Tien hang TC 261123 "), "{note}");
    for words in ["Agribank", NUMBER, "BÙI VĂN TẤN", "1.605.600 ₫", note, "Người ghi: operator-", "lúc "]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    let told = office.json(&world, &path).await;
    assert_eq!(
        (&told["account"]["account_number"], &told["account"]["bank"]),
        (&NUMBER.into(), &"Agribank".into())
    );

    // Whoever opens the page and whenever, it names the same settlement; another amount is asked for by the address.
    assert_eq!(scanned(&text(&office.get(&world, &path).await)), Some(code));
    let mut colleague = Browser::of(&world, Role::Operator(world.operator)).await;
    let part = text(&colleague.get(&world, &format!("{path}?transfer=500.000")).await);
    let code = scanned(&part).unwrap();
    assert_eq!((code.amount, code.purpose.unwrap().as_str()), (Some(Money::new(500_000)), note));
    assert!(
        part.contains("name=\"amount\" type=\"text\" value=\"500.000\""),
        "what is sent is recorded: {part}"
    );
    for wrong in ["1.605.601", "0", "-1", "nhieu"] {
        let page = text(&office.get(&world, &format!("{path}?transfer={wrong}")).await);
        assert!(page.contains("Nhập từ 1 ₫ đến 1.605.600 ₫") && scanned(&page).is_none(), "{wrong}: {page}");
    }

    // A form that was refused asks for nothing: the money may be on its way.
    let refused = record(&world, &mut office, &part, "nhiều").await;
    assert!(refused.status == 422 && scanned(&text(&refused)).is_none(), "{}", text(&refused));
    let recorded = record(&world, &mut office, &part, "500.000").await;
    assert_eq!(recorded.status, 303, "{}", text(&recorded));
    let joint = office.json(&world, location(&recorded)).await;
    let number = joint["joint"]["number"].as_str().unwrap();
    assert_eq!(format!("Tien hang {}", number.replace('-', " ")), note, "the transfer names it");
    let page = text(&office.get(&world, location(&recorded)).await);
    assert!(scanned(&page).is_none(), "what is paid is not asked for again");
    let next = scanned(&text(&office.get(&world, &path).await)).unwrap();
    assert_eq!(next.amount, Some(Money::new(4 * DUE - 500_000)));
    assert_ne!(next.purpose.unwrap().as_str(), note, "the next one is another one");

    // With nothing left to pay there is the account, and no code.
    let page = text(&office.get(&world, &path).await);
    assert_eq!(record(&world, &mut office, &page, "1.105.600").await.status, 303);
    let page = text(&office.get(&world, &path).await);
    assert!(page.contains("không còn khoản nào phải trả") && page.contains(NUMBER), "{page}");
    assert!(scanned(&page).is_none());
}

async fn what_is_no_account_comes_back(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let mut office = Browser::of(&world, Role::Operator(world.operator)).await;
    let long = "1".repeat(20);
    for (typed, words) in [
        (["", NUMBER, "BÙI VĂN TẤN", "keep"], "Chọn ngân hàng."),
        (["agribank", NUMBER, "", "keep"], "Chọn ngân hàng."),
        (["970405", "48 01", "", "keep"], "Số tài khoản có 1 đến 19"),
        (["970405", "", "", "keep"], "Số tài khoản có 1 đến 19"),
        (["970405", &long, "", "keep"], "Số tài khoản có 1 đến 19"),
    ] {
        let answer = keep(&world, &mut office, typed).await;
        let page = text(&answer);
        assert_eq!(answer.status, 422, "{typed:?}");
        assert!(
            page.contains(words) && page.contains(&format!("value=\"{}\"", typed[1])),
            "{typed:?}: {page}"
        );
    }
    // Without a token, with a field that the form has not, and of producers who are none of the operator's business.
    let path = format!("{}/account", page_of(&world));
    let form = format!("bank=970405&number={NUMBER}&act=keep");
    assert_eq!(office.send(&world, Method::POST, &path, "text/html", Some(form)).await.status, 403);
    let fields = [("bank", "970405"), ("number", NUMBER), ("act", "keep")];
    let more = [fields[0], fields[1], fields[2], ("producer_id", "1")];
    assert_eq!(office.post(&world, &path, &path, &more).await.status, 422);
    for other in [world.sa_huynh.to_string(), Uuid::nil().to_string(), "none".to_owned()] {
        let other = format!("/shops/producers/{other}/account");
        assert_eq!(office.get(&world, &other).await.status, 404, "{other}");
        assert_eq!(office.post(&world, &path, &other, &fields).await.status, 404, "{other}");
    }
    assert_eq!(world.number("select count(*) from payout_accounts").await, 0);
}

/// The acts on accounts, the first one first.
async fn acts(world: &World) -> Vec<AuditRow> {
    let picked = Picked { area: Some("operator".to_owned()), ..Picked::default() };
    let mut rows = audit::list_before(&world.app.db, &picked, i64::MAX, 100).await.unwrap();
    rows.retain(|row| row.action.starts_with("operator.payout_account"));
    rows.reverse();
    rows
}

async fn each_change_has_its_author_and_is_told_by_ends_alone(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let mut office = Browser::of(&world, Role::Operator(world.operator)).await;
    let other = ["970418", "31010000770017", "", "keep"];
    let forget = ["", "", "", "forget"];
    for typed in [USUAL, USUAL, other, forget, forget] {
        let answer = keep(&world, &mut office, typed).await;
        assert_eq!(answer.status, 303, "{typed:?}: {}", text(&answer));
    }
    let acts = acts(&world).await;
    let told: Vec<(&str, &str)> = acts.iter().map(|act| (act.action.as_str(), act.detail.as_str())).collect();
    assert_eq!(
        told,
        [
            ("operator.payout_account", "Công ty Phú Sinh: — → Agribank · …2345"),
            ("operator.payout_account", "Công ty Phú Sinh: Agribank · …2345 → BIDV · …0017"),
            ("operator.payout_account_end", "Công ty Phú Sinh: BIDV · …0017 → —"),
        ],
        "what is sent twice is one act"
    );
    assert!(
        acts.iter()
            .all(|act| act.actor.starts_with("operator-") && act.subject == world.operator.to_string())
    );
    assert_eq!(world.number("select count(*) from payout_accounts").await, 0);
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    let log = text(&auditor.get(&world, "/audit?area=operator").await);
    for words in ["Ghi tài khoản nhận tiền của chủ thể", "Xóa tài khoản nhận tiền của chủ thể", "…0017"]
    {
        assert!(log.contains(words), "{words} in {log}");
    }
    assert!(!log.contains(NUMBER), "{log}");
    // Those who look after producers are not told that there is one.
    let mut admin = Browser::of(&world, Role::Admin).await;
    let answer = admin.get(&world, &format!("/producers/{}/edit", world.phu_sinh)).await;
    let page = text(&answer);
    assert_eq!(answer.status, 200, "{page}");
    assert!(!page.contains("…2345") && !page.contains("tài khoản nhận tiền"), "{page}");
}

async fn nobody_else_is_told_of_an_account(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let mut office = Browser::of(&world, Role::Operator(world.operator)).await;
    assert_eq!(keep(&world, &mut office, USUAL).await.status, 303);
    let path = page_of(&world);
    let mut other = Browser::of(&world, Role::Operator(stranger(&world).await)).await;
    for page in [path.clone(), format!("{path}/account")] {
        let answer = other.get(&world, &page).await;
        assert!(answer.status == 200 && !text(&answer).contains(NUMBER), "{page}: {}", text(&answer));
    }
    assert!(other.json(&world, &path).await["account"].is_null());
    // What the other one keeps or forgets is its own.
    for typed in [["970418", "31010000770017", "", "keep"], ["", "", "", "forget"]] {
        assert_eq!(keep(&world, &mut other, typed).await.status, 303);
        let kept = office.json(&world, &path).await;
        assert_eq!(kept["account"]["account_number"], NUMBER);
    }
    for role in [Role::Admin, Role::Department, Role::Auditor, Role::Producer(world.phu_sinh)] {
        let mut browser = Browser::of(&world, role).await;
        for page in [path.clone(), format!("{path}/account")] {
            assert_eq!(browser.get(&world, &page).await.status, 403, "{role:?} {page}");
        }
    }
    // The producer reads what is on file about her; who wrote it is the operator's own business.
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let told = producer.json(&world, "/me/settlements").await;
    let accounts = told["accounts"].as_array().unwrap();
    assert_eq!((accounts.len(), &accounts[0]["account_number"]), (1, &NUMBER.into()));
    assert_eq!(
        (&accounts[0]["operator"], accounts[0].get("account_set_by")),
        (&"Hợp tác xã Lý Sơn".into(), None)
    );
    let page = text(&producer.get(&world, "/me/settlements").await);
    assert!(page.contains(NUMBER) && page.contains("Ghi lúc ") && !page.contains("operator-"), "{page}");
    let mut another = Browser::of(&world, Role::Producer(world.sa_huynh)).await;
    let told = another.json_or_status(&world, "/me/settlements").await;
    assert!(told.starts_with("200 ") && !told.contains("account"), "{told}");
    // Whoever picks up a slip with her key is told nothing.
    let key = central::reading::make_key(&world.app, "test", world.phu_sinh).await.unwrap();
    let slip = format!("/p/{}/settlements", key.rsplit('/').next().unwrap());
    let mut finder = Browser::new();
    assert!(!finder.json_or_status(&world, &slip).await.contains("account"));
    let page = finder.get(&world, &slip).await;
    assert!(page.status == 200 && !text(&page).contains(NUMBER), "{}", text(&page));
}

async fn two_people_who_pay_at_once_are_told(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let path = page_of(&world);
    let mut office = Browser::of(&world, Role::Operator(world.operator)).await;
    let mut colleague = Browser::of(&world, Role::Operator(world.operator)).await;
    let page = text(&office.get(&world, &path).await);
    let first = record(&world, &mut office, &page, "500.000").await;
    assert_eq!(first.status, 303, "{}", text(&first));
    let again = record(&world, &mut office, &page, "500.000").await;
    assert_eq!(location(&again), location(&first), "pressed twice it is one");
    // The same sum by somebody else is another payment, and so is another sum: neither may pass for the first one.
    let late = record(&world, &mut colleague, &page, "500.000").await;
    let late = (late.status, text(&late));
    assert!(late.0 == 422 && late.1.contains("Số liệu vừa đổi"), "{}", late.1);
    assert_eq!(record(&world, &mut office, &page, "600.000").await.status, 422);
    assert_eq!(world.number("select count(*) from joint_settlements").await, 1);
    // What came back has the number and the figures of the next one.
    let second = record(&world, &mut colleague, &late.1, "500.000").await;
    assert_eq!(second.status, 303, "{}", text(&second));
    assert_ne!(location(&second), location(&first));

    // Another operator cannot post it as its own.
    let page = text(&office.get(&world, &path).await);
    let mut other = Browser::of(&world, Role::Operator(stranger(&world).await)).await;
    let theirs = page.replace("name=\"shown_vnd\" value=\"605600\"", "name=\"shown_vnd\" value=\"0\"");
    assert_eq!(record(&world, &mut other, &theirs, "0").await.status, 422);
    let third = record(&world, &mut office, &page, "605.600").await;
    assert_eq!(third.status, 303, "{}", text(&third));
    assert_eq!(world.number("select count(*) from joint_settlements").await, 3);
    world.check_books().await;
}
