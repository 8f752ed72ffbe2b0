//! Pasted lines of units: cells apart by tabs, as from a spreadsheet, or by semicolons. A line whose first cell is a number is a unit of
//! today, another one a unit from before.

use time::Date;
use time::macros::format_description;

use crate::admin::{NewFormerPlace, NewPlace};
use crate::web::points::typed::day_of;

/// Reads the lines; empty ones are left out.
///
/// # Errors
/// The number of the first line that is neither, from 1.
pub fn read(text: &str) -> Result<(Vec<NewPlace>, Vec<NewFormerPlace>), usize> {
    let (mut new, mut former) = (Vec::new(), Vec::new());
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let sign = if line.contains('\t') { '\t' } else { ';' };
        let cells: Vec<&str> = line.split(sign).map(str::trim).collect();
        let is_code = cells.first().is_some_and(|cell| cell.bytes().all(|byte| byte.is_ascii_digit()));
        match cells.as_slice() {
            [code, name, day, rest @ ..] if is_code && !code.is_empty() && rest.len() <= 2 => {
                new.push(NewPlace {
                    code: (*code).to_owned(),
                    name: (*name).to_owned(),
                    valid_from: day_in(day).ok_or(number)?,
                    former_district: rest.first().map_or("", |cell| cell).to_owned(),
                    source: rest.get(1).map_or("", |cell| cell).to_owned(),
                });
            }
            [name, district, became, rest @ ..] if !is_code && !became.is_empty() && rest.len() <= 1 => {
                former.push(NewFormerPlace {
                    name: (*name).to_owned(),
                    former_district: (*district).to_owned(),
                    became: (*became).to_owned(),
                    source: rest.first().map_or("", |cell| cell).to_owned(),
                });
            }
            _ => return Err(number),
        }
    }
    Ok((new, former))
}

/// Reads `01/07/2025` or `2025-07-01`.
fn day_in(text: &str) -> Option<Date> {
    let format = format_description!("[day padding:none]/[month padding:none]/[year]");
    day_of(text).or_else(|| Date::parse(text, format).ok().filter(|day| (2_000..2_100).contains(&day.year())))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn lines_are_units_of_today_or_from_before() {
        let text = "21040\tXã Bình Sơn\t01/07/2025\tHuyện Bình Sơn\n\nXã Bình Thạnh; Huyện Bình Sơn; 21040\n9;Xã Mới;2027-01-01";
        let (new, former) = read(text).unwrap();
        assert_eq!(new.len(), 2);
        assert_eq!((new[0].name.as_str(), new[0].valid_from), ("Xã Bình Sơn", date!(2025 - 07 - 01)));
        assert_eq!((new[1].valid_from, new[1].former_district.as_str()), (date!(2027 - 01 - 01), ""));
        assert_eq!((former[0].name.as_str(), former[0].became.as_str()), ("Xã Bình Thạnh", "21040"));
        for (text, line) in [
            ("Xã A;B", 1),
            ("21040;Xã A;hôm nay", 1),
            ("21040;Xã A;1/7/2025;a;b;c", 1),
            ("\nXã A;B;", 2),
            ("21040;Xã A;1/7/2025\nx", 2),
        ] {
            assert_eq!(read(text), Err(line), "{text}");
        }
    }
}
