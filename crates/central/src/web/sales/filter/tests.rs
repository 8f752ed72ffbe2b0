use time::macros::date;

use super::*;

const TODAY: Date = date!(2026 - 11 - 23);

fn query(text: &str) -> SalesQuery {
    let uri = format!("/sales?{text}").parse().unwrap();
    axum::extract::Query::try_from_uri(&uri).unwrap().0
}

fn read(text: &str) -> Result<Filter, Wrong> {
    Filter::read(&query(text), TODAY)
}

#[test]
fn an_address_is_read_back_from_itself() {
    let store = "0199a3f1-7c2b-7d10-a4e5-8c61f20b94d7";
    for text in [
        "period=month".to_owned(),
        "period=today&stars=4".to_owned(),
        "from=2026-10-01&to=2026-10-14".to_owned(),
        format!(
            "period=year&store={store}&product={store}&category=rural_industrial&stars=3&sort=-name&page=2"
        ),
        "period=week&sort=quantity".to_owned(),
        "period=year&category=key&counted=holders".to_owned(),
        "period=month&against=tet&by=commune".to_owned(),
        format!("period=month&producer={store}&commune=X%C3%A3%20Ba%20T%C6%A1&group=food&rank=3"),
        "period=month&producer=Ph%C3%BA%20Sinh".to_owned(),
    ] {
        assert_eq!(read(&text).unwrap().query(), text);
    }
    assert_eq!(read("").unwrap(), read("period=month&sort=revenue&page=1").unwrap());
    assert_eq!(read("store=&category=&stars=&sort=").unwrap(), read("").unwrap());
    assert_eq!(read("fbclid=abc&lang=en").unwrap(), read("").unwrap());
}

#[test]
fn days_take_the_place_of_a_named_period() {
    let filter = read("period=week&from=2026-10-01&to=2026-10-14").unwrap();
    let period = Period { from: date!(2026 - 10 - 01), to: date!(2026 - 10 - 14) };
    assert_eq!((filter.preset, filter.period), (None, period));
    let one = read("from=2026-10-01&to=").unwrap().period;
    assert_eq!((one.from, one.days()), (date!(2026 - 10 - 01), 1));
}

#[test]
fn a_named_period_stays_one_when_its_days_are_sent_with_it() {
    for preset in Preset::ALL {
        let named = read(&format!("period={}&against=tet", preset.code())).unwrap();
        let Period { from, to } = named.period;
        let sent = read(&format!("period={}&from={from}&to={to}&against=tet", preset.code())).unwrap();
        assert_eq!(sent, named);
        let other = read(&format!("period={}&from=2026-09-02&to={to}", preset.code())).unwrap();
        assert_eq!(other.preset, None, "the days were changed");
    }
    assert_eq!(read("period=decade&from=2026-11-01&to=2026-11-23").unwrap().preset, None);
    let unsaid = query("period=week&from=2026-11-01&to=x&stars=4&sort=name").without_days();
    assert_eq!(Filter::read(&unsaid, TODAY).unwrap(), read("stars=4&sort=name").unwrap());
}

#[test]
fn a_day_of_whole_months_stands_beside_the_same_day_of_those_before() {
    let filter = read("from=2026-01-01&to=2026-09-30").unwrap();
    for (day, expected) in [
        (date!(2026 - 01 - 31), date!(2025 - 04 - 30)),
        (date!(2026 - 02 - 28), date!(2025 - 05 - 31)),
        (date!(2026 - 03 - 15), date!(2025 - 06 - 15)),
        (date!(2026 - 09 - 30), date!(2025 - 12 - 31)),
    ] {
        assert_eq!(filter.day_before(day), expected, "{day}");
    }
    let year = read("from=2025-01-01&to=2025-12-31").unwrap();
    assert_eq!(year.day_before(date!(2025 - 02 - 28)), date!(2024 - 02 - 28));
    let days = read("from=2026-10-05&to=2026-10-14").unwrap();
    assert_eq!(days.day_before(date!(2026 - 10 - 14)), date!(2026 - 10 - 04));
}

#[test]
fn what_is_wrong_is_told() {
    for (text, expected) in [
        ("from=01/10/2026&to=2026-10-14", Wrong::From),
        ("from=2026-10-01&to=2026-02-30", Wrong::To),
        ("from=2026-10-14&to=2026-10-01", Wrong::Order),
        ("from=2019-01-01&to=2026-10-01", Wrong::TooLong),
        ("from=0001-01-01&to=0001-01-01", Wrong::From),
        ("period=decade", Wrong::Unknown),
        ("store=ly-son", Wrong::Unknown),
        ("product=garlic", Wrong::Unknown),
        ("category=best", Wrong::Unknown),
        ("stars=2", Wrong::Unknown),
        ("stars=many", Wrong::Unknown),
        ("sort=profit", Wrong::Unknown),
        ("against=moon", Wrong::Unknown),
        ("by=colour", Wrong::Unknown),
        ("counted=twice", Wrong::Unknown),
        (&format!("commune={}", "x".repeat(201)), Wrong::Unknown),
        ("rank=6", Wrong::Unknown),
    ] {
        assert_eq!(read(text), Err(expected), "{text}");
    }
    assert_eq!(read("page=0").unwrap().page, 1);
    assert_eq!(read("page=x").unwrap().page, 1);
}

#[test]
fn a_row_of_a_part_is_a_link() {
    let filter = read("period=month&page=3").unwrap();
    let id = "0199a3f1-7c2b-7d10-a4e5-8c61f20b94d7";
    for (by, key, expected) in [
        (Dimension::Producer, Some(id), Some(format!("period=month&producer={id}"))),
        (Dimension::Commune, Some("Ba Tơ"), Some("period=month&commune=Ba%20T%C6%A1".to_owned())),
        (Dimension::Group, Some("food"), Some("period=month&group=food".to_owned())),
        // Not four stars or more, as the form has it.
        (Dimension::Stars, Some("4"), Some("period=month&rank=4".to_owned())),
        (Dimension::Stars, Some("6"), None),
        (Dimension::Producer, Some("Phú Sinh"), None),
        (Dimension::Group, None, None),
    ] {
        assert_eq!(filter.of_part(by, key).map(|filter| filter.query()), expected, "{by:?}");
    }
}

#[test]
fn a_column_is_turned_round_by_a_second_click() {
    let filter = read("page=3").unwrap();
    let sorted = filter.sorted(Column::Name);
    assert_eq!((sorted.query().as_str(), sorted.page), ("period=month&sort=name", 1));
    assert!(sorted.sort.is_ascending());
    assert_eq!(sorted.sorted(Column::Name).query(), "period=month&sort=-name");
    assert_eq!(sorted.sorted(Column::Name).sorted(Column::Name), sorted);
    assert!(!filter.sort.is_ascending(), "the largest revenue first");
    assert_eq!(filter.of_preset(Preset::Week, TODAY).query(), "period=week");
}
