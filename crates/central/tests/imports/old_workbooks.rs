//! Workbooks of Excel 97 to 2003, put together here record by record: read as offices make them, and refused when they lie.

use central::imports::sheets::{self, FileError};
use domain::product_list::Cell;
use proptest::prelude::*;
use time::macros::date;

const SECTOR: usize = 512;
const END: u32 = 0xffff_fffe;
const FREE: u32 = 0xffff_ffff;

fn record(kind: u16, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), content].concat()
}

fn begin(version: u16, what: u16) -> Vec<u8> {
    record(0x0809, &[&version.to_le_bytes()[..], &what.to_le_bytes(), &[0; 12]].concat())
}

fn wide(words: &str) -> Vec<u8> {
    words.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A word with its count and flags, wide.
fn word(words: &str) -> Vec<u8> {
    let count = u16::try_from(words.encode_utf16().count()).unwrap();
    [&count.to_le_bytes()[..], &[1], &wide(words)].concat()
}

/// Row, column, look.
fn at(row: u16, column: u16, look: u16) -> Vec<u8> {
    [row, column, look].into_iter().flat_map(u16::to_le_bytes).collect()
}

fn cell(kind: u16, place: (u16, u16, u16), content: &[u8]) -> Vec<u8> {
    record(kind, &[at(place.0, place.1, place.2), content.to_vec()].concat())
}

fn number(place: (u16, u16, u16), value: f64) -> Vec<u8> {
    cell(0x0203, place, &value.to_le_bytes())
}

fn of_word(place: (u16, u16, u16), index: u32) -> Vec<u8> {
    cell(0x00fd, place, &index.to_le_bytes())
}

/// Looks: 0 as it is, 1 a day that Excel knows, 2 a day of the office's own.
fn book(words: &[Vec<u8>], sheets: &[(&str, Vec<u8>)]) -> Vec<u8> {
    book_with(&[], words, sheets)
}

/// The same with further looks and formats.
fn book_with(more: &[u8], words: &[Vec<u8>], sheets: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let look = |format: u16| record(0x00e0, &[&[0; 2][..], &format.to_le_bytes(), &[0; 16]].concat());
    let mut globals = [begin(0x0600, 5), record(0x0022, &[0, 0])].concat();
    globals.extend(record(0x041e, &[&164u16.to_le_bytes()[..], &word("dd\\/mm\\/yyyy;@")].concat()));
    globals.extend([look(0), look(14), look(164)].concat());
    globals.extend(more);
    let names: usize = sheets.iter().map(|(name, _)| 4 + 8 + 2 * name.encode_utf16().count()).sum();
    let mut all_words = Vec::new();
    for (place, piece) in words.iter().enumerate() {
        let head = if place == 0 { vec![0; 8] } else { Vec::new() };
        all_words.extend(record(if place == 0 { 0x00fc } else { 0x003c }, &[head, piece.clone()].concat()));
    }
    let mut start = globals.len() + names + all_words.len() + 4;
    for (name, content) in sheets {
        let count = u8::try_from(name.encode_utf16().count()).unwrap();
        let place = u32::try_from(start).unwrap();
        let sheet = [&place.to_le_bytes()[..], &[0, 0, count, 1], &wide(name)].concat();
        globals.extend(record(0x0085, &sheet));
        start += content.len();
    }
    globals.extend(all_words);
    globals.extend(record(0x000a, &[]));
    sheets.iter().for_each(|(_, content)| globals.extend(content));
    globals
}

fn sheet(cells: &[Vec<u8>]) -> Vec<u8> {
    [begin(0x0600, 0x10), cells.concat(), record(0x000a, &[])].concat()
}

fn entry(name: &str, kind: u8, start: u32, byte_count: usize) -> Vec<u8> {
    let mut entry = wide(name);
    entry.resize(64, 0);
    entry.extend(u16::try_from(2 * (name.encode_utf16().count() + 1)).unwrap().to_le_bytes());
    entry.push(kind);
    entry.resize(116, 0);
    entry.extend(start.to_le_bytes());
    entry.extend(u64::try_from(byte_count).unwrap().to_le_bytes());
    entry
}

/// The container: a list of what follows on what, the names, and one stream that is too large for the mini stream.
fn container(name: &str, stream: &[u8]) -> Vec<u8> {
    let byte_count = stream.len().max(4_096);
    let sectors = byte_count.div_ceil(SECTOR);
    let mut next = vec![0xffff_fffd, END];
    next.extend((0..sectors).map(
        |place| {
            if place + 1 == sectors { END } else { u32::try_from(place + 3).unwrap() }
        },
    ));
    assert!(next.len() <= 128, "one list is enough for a test");
    next.resize(128, FREE);
    let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    file.resize(24, 0);
    for half in [0x3e_u16, 3, 0xfffe, 9, 6, 0, 0, 0] {
        file.extend(half.to_le_bytes());
    }
    for whole in [0_u32, 1, 1, 0, 4_096, END, 0, END, 0, 0] {
        file.extend(whole.to_le_bytes());
    }
    file.resize(SECTOR, 0xff);
    file.extend(next.into_iter().flat_map(u32::to_le_bytes));
    let mut names = [entry("Root Entry", 5, END, 0), entry(name, 2, 2, byte_count)].concat();
    names.resize(SECTOR, 0);
    file.extend(names);
    file.extend(stream);
    file.resize(SECTOR * (3 + sectors), 0);
    file
}

/// A list as an office saved it in 2003.
fn as_offices_made_them() -> Vec<u8> {
    let words = ["Tên sản phẩm", "Ngày", "Tỏi Lý Sơn", "HTX Lý Sơn"].map(word);
    let merged = [1_u16, 1, 2, 3, 3].into_iter().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let gave = |flags: [u8; 8]| [&flags[..], &[0; 6]].concat();
    let cells = [
        of_word((0, 0, 0), 0),
        of_word((0, 1, 0), 1),
        of_word((1, 0, 0), 2),
        number((1, 1, 1), 45_923.0),
        cell(0x027e, (1, 2, 0), &0xcb_u32.to_le_bytes()),
        of_word((1, 3, 0), 3),
        cell(0x0204, (2, 0, 0), &word("Hành tím")),
        number((2, 1, 2), 45_923.5),
        cell(0x0006, (2, 2, 0), &gave(4.0_f64.to_le_bytes())),
        cell(0x0006, (3, 0, 0), &gave([0, 0, 0, 0, 0, 0, 0xff, 0xff])),
        record(0x0207, &word("=cmd|' /C calc'!A0")),
        cell(0x0205, (3, 1, 0), &[1, 0]),
        number((3, 2, 0), 8_938_500_000_010.0),
        // A chart among the cells has records that look like cells.
        [begin(0x0600, 0x20), number((9, 9, 0), 1.0), record(0x000a, &[])].concat(),
        record(0x00e5, &merged),
        // Row 4 in one record.
        record(
            0x00bd,
            &[&[4, 0, 0, 0][..], &[0, 0], &0xca_u32.to_le_bytes(), &[0, 0], &0x06_u32.to_le_bytes(), &[1, 0]]
                .concat(),
        ),
    ];
    container("Workbook", &book(&[words.concat()], &[("Bìa", sheet(&[])), ("Danh sách", sheet(&cells))]))
}

#[test]
fn words_days_numbers_and_formulas_are_read() {
    let read = sheets::read(&as_offices_made_them()).unwrap();
    assert_eq!(read.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["Bìa", "Danh sách"]);
    let (day, maker) = (Cell::Day(date!(2025 - 09 - 23)), Cell::of_text("HTX Lý Sơn"));
    let of = |number: &str| Cell::Number(number.to_owned());
    assert_eq!(
        read[1].rows,
        [
            (1, vec![Cell::of_text("Tên sản phẩm"), Cell::of_text("Ngày")]),
            (2, vec![Cell::of_text("Tỏi Lý Sơn"), day.clone(), of("0.5"), maker.clone()]),
            (3, vec![Cell::of_text("Hành tím"), day, of("4"), maker]),
            (4, vec![Cell::of_text("=cmd|' /C calc'!A0"), Cell::of_text("TRUE"), of("8938500000010")]),
            (5, vec![of("50"), of("1")]),
        ]
    );
}

#[test]
fn words_go_on_in_the_next_record() {
    // Cut within a word: what goes on begins with its own flag, here for narrow letters. The second word has runs of looks.
    let first = [&5_u16.to_le_bytes()[..], &[1], &wide("Tỏi")].concat();
    let second =
        [&[0][..], b"AB", &2_u16.to_le_bytes(), &[9], &1_u16.to_le_bytes(), &wide("Quế")[..4]].concat();
    let third = vec![0; 4];
    let cells = [of_word((0, 0, 0), 0), of_word((0, 1, 0), 1)];
    let stream = book(&[first, second, third], &[("A", sheet(&cells))]);
    let read = sheets::read(&container("Workbook", &stream)).unwrap();
    assert_eq!(read[0].rows, [(1, vec![Cell::of_text("TỏiAB"), Cell::of_text("Qu")])]);
}

#[test]
fn what_lies_is_refused() {
    let one = |cells: &[Vec<u8>]| container("Workbook", &book(&[word("a")], &[("A", sheet(cells))]));
    let fine = one(&[of_word((0, 0, 0), 0)]);
    assert!(sheets::read(&fine).is_ok());
    let changed = |at: usize, bytes: &[u8]| {
        let mut file = fine.clone();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        file
    };
    let mut lists = changed(68, &0_u32.to_le_bytes());
    lists[2 * SECTOR - 4..2 * SECTOR].copy_from_slice(&0_u32.to_le_bytes());
    let huge = changed(2 * SECTOR + 128 + 120, &[0xff; 4]);
    assert_eq!(sheets::read(&huge), sheets::read(&fine), "a stream of 4 GiB is as long as it is");
    let many: Vec<(&str, Vec<u8>)> = (0..21).map(|_| ("A", sheet(&[]))).collect();
    let long = word(&"a".repeat(2_001));
    let full = "ă".repeat(2_000);
    let rows: Vec<Vec<u8>> = (0..20_001).map(|row| cell(0x027e, (row, 0, 0), &[2, 0, 0, 0])).collect();
    let wide_rows = [word(&full)];
    let repeated: Vec<Vec<u8>> =
        (0..2_900).flat_map(|row| (0..3).map(move |column| of_word((row, column, 0), 0))).collect();
    for (name, file, expected) in [
        (
            "a chain that goes round in circles",
            changed(SECTOR + 4 * 3, &2_u32.to_le_bytes()),
            FileError::Damaged,
        ),
        ("names in a circle", changed(SECTOR + 4, &1_u32.to_le_bytes()), FileError::Damaged),
        ("a list of lists in a circle", lists, FileError::Damaged),
        ("a sector beyond the file", changed(76, &9_999_u32.to_le_bytes()), FileError::Damaged),
        ("sectors of another size", changed(30, &[20, 0]), FileError::Damaged),
        ("a word that is not there", one(&[of_word((0, 0, 0), 7)]), FileError::Damaged),
        ("a column beyond any list", one(&[of_word((0, 64, 0), 0)]), FileError::TooManyColumns),
        ("a long cell", one(&[cell(0x0204, (4, 0, 0), &long)]), FileError::CellTooLong(5)),
        ("a record that is cut", one(&[vec![0xfd, 0, 0xff, 0xff]]), FileError::Damaged),
        ("a cell without its value", one(&[record(0x0203, &[0; 8])]), FileError::Damaged),
        ("nothing", one(&[]), FileError::Empty),
        ("Excel 95", container("Book", &begin(0x0500, 5)), FileError::OldWorkbook),
        ("Excel 5 under the new name", container("Workbook", &begin(0x0500, 5)), FileError::OldWorkbook),
        ("a document", container("WordDocument", b"x"), FileError::Unknown),
        ("with a password", container("EncryptedPackage", b"x"), FileError::Password),
        (
            "with a password of its own",
            container("Workbook", &[begin(0x0600, 5), record(0x002f, &[1, 0])].concat()),
            FileError::Password,
        ),
    ] {
        assert_eq!(sheets::read(&file), Err(expected), "{name}");
    }
    assert_eq!(sheets::read(&container_of_many(&book(&[], &many))), Err(FileError::TooManySheets));
    assert_eq!(
        sheets::read(&container_of_many(&book(&[word("a")], &[("A", sheet(&rows))]))),
        Err(FileError::TooManyRows)
    );
    assert_eq!(
        sheets::read(&container_of_many(&book(&wide_rows, &[("A", sheet(&repeated))]))),
        Err(FileError::TooManyWords)
    );
}

/// Lets every sheet begin where the first one does.
fn share_the_first_sheet(stream: &mut [u8]) {
    let (mut at, mut first) = (0, None);
    loop {
        let two = |at: usize| u16::from_le_bytes([stream[at], stream[at + 1]]);
        let (kind, length) = (two(at), usize::from(two(at + 2)));
        if kind == 0x000a {
            return;
        }
        if kind == 0x0085 {
            let start: [u8; 4] = stream[at + 4..at + 8].try_into().unwrap();
            stream[at + 4..at + 8].copy_from_slice(first.get_or_insert(start));
        }
        at += 4 + length;
    }
}

/// A small file that asks for a lot of work: each of these took minutes when work was counted after it was done.
#[test]
fn what_asks_for_much_work_is_refused_before_it_is_done() {
    let blanks = [&u16::MAX.to_le_bytes()[..], &[0], &[b' '; 8_000]].concat();
    // 65,535 blanks in narrow letters, over as many records as they need.
    let mut pieces = vec![blanks];
    let mut left = usize::from(u16::MAX) - 8_000;
    while left > 0 {
        let count = left.min(8_000);
        pieces.push([vec![0], vec![b' '; count]].concat());
        left -= count;
    }
    let cells: Vec<Vec<u8>> =
        (0..470_000_u32).map(|cell| of_word((u16::try_from(cell / 64).unwrap(), 0, 0), 0)).collect();
    let sheets = [("A", sheet(&cells)), ("B", sheet(&[])), ("C", sheet(&[]))];
    let one = container_of_many(&book(&pieces, &sheets[..1]));
    assert!(one.len() <= sheets::FILE_BYTES_MAX, "{}", one.len());
    assert_eq!(sheets::read(&one), Err(FileError::Empty), "blanks are nothing");
    let mut shared = book(&pieces, &sheets);
    share_the_first_sheet(&mut shared);
    assert_eq!(sheets::read(&container_of_many(&shared)), Err(FileError::Bomb), "the same cells three times");

    // A long word is there, but it is refused only where a cell names it.
    let words = [word(&"a".repeat(2_001)), word("a")].concat();
    let of = |index| {
        let sheets = [("A", sheet(&[of_word((4, 0, 0), index)]))];
        sheets::read(&container_of_many(&book(std::slice::from_ref(&words), &sheets)))
    };
    assert_eq!(of(0), Err(FileError::CellTooLong(5)));
    assert_eq!(of(1).unwrap()[0].rows, [(5, vec![Cell::of_text("a")])]);

    // Looks times formats; of two formats of one number the last counts.
    let look = |_| record(0x00e0, &[0, 0, 164, 0]);
    let format =
        |number: u16, words: &str| record(0x041e, &[&number.to_le_bytes()[..], &word(words)].concat());
    let formats: Vec<u8> = (200..60_000).flat_map(|number| format(number, "0")).collect();
    let looks = |count: usize| (0..count).flat_map(look).collect::<Vec<u8>>();
    let day = [("A", sheet(&[number((0, 0, 2), 45_923.0)]))];
    let read =
        |more: &[Vec<u8>]| sheets::read(&container_of_many(&book_with(&more.concat(), &[word("a")], &day)));
    let fine = read(&[looks(65_000), formats]).unwrap();
    assert_eq!(fine[0].rows, [(1, vec![Cell::Day(date!(2025 - 09 - 23))])]);
    assert_eq!(read(&[looks(65_536)]), Err(FileError::Bomb));
    let last = read(&[format(164, "0")]).unwrap();
    assert_eq!(last[0].rows, [(1, vec![Cell::Number("45923".to_owned())])]);
}

/// The same container with as many lists as a larger stream needs.
fn container_of_many(stream: &[u8]) -> Vec<u8> {
    let sectors = stream.len().max(4_096).div_ceil(SECTOR);
    let lists = (sectors + 1).div_ceil(127);
    let first = u32::try_from(lists).unwrap();
    let mut next = vec![0xffff_fffd; lists];
    next.push(END);
    next.extend(
        (0..sectors).map(
            |place| {
                if place + 1 == sectors { END } else { first + 2 + u32::try_from(place).unwrap() }
            },
        ),
    );
    next.resize(128 * lists, FREE);
    let mut file = container("Workbook", b"")[..SECTOR].to_vec();
    file[48..52].copy_from_slice(&first.to_le_bytes());
    for (place, number) in (0..first).enumerate() {
        file[76 + 4 * place..80 + 4 * place].copy_from_slice(&number.to_le_bytes());
    }
    file.extend(next.into_iter().flat_map(u32::to_le_bytes));
    let byte_count = stream.len().max(4_096);
    let mut names = [entry("Root Entry", 5, END, 0), entry("Workbook", 2, first + 1, byte_count)].concat();
    names.resize(SECTOR, 0);
    file.extend(names);
    file.extend(stream);
    file.resize(file.len().next_multiple_of(SECTOR), 0);
    file.resize(file.len().max(SECTOR * (2 + lists + sectors)), 0);
    file
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn any_change_is_read_or_refused(flips: Vec<(usize, u8)>, cut in 0usize..6_000) {
        let mut broken = as_offices_made_them();
        for (place, byte) in flips {
            let length = broken.len();
            broken[place % length] ^= byte;
        }
        broken.truncate(broken.len().saturating_sub(cut % 4_000));
        let _ = sheets::read(&broken);
    }
}
