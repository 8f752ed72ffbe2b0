//! Writes every sample receipt, slip and the test page as PNG, at the three paper widths:
//! `cargo run -p receipts --example sample -- FOLDER`.

use std::error::Error;
use std::path::PathBuf;

use receipts::language::Language;
use receipts::layout::{CopyMark, layout};
use receipts::profile::Paper;
use receipts::test_page::test_page;
use receipts::{png, raster, samples, slip_samples};

#[expect(clippy::print_stdout, reason = "the example tells what it wrote")]
fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder")?);
    std::fs::create_dir_all(&folder)?;
    let copy = CopyMark { n: 2, by: "Trần Thị Mai".to_owned(), at: "09:12 04/03/2026".to_owned() };
    for paper in Paper::ALL {
        let mut pages = vec![("test_page".to_owned(), test_page(paper)?)];
        pages.push(("copy".to_owned(), layout(&samples::usual(), paper, Some(&copy))));
        let receipts = samples::all().into_iter();
        pages.extend(receipts.map(|(name, receipt)| (name.to_owned(), layout(&receipt, paper, None))));
        for (language, ending) in [(Language::Vi, ""), (Language::En, "-en")] {
            let slips = slip_samples::all(language).into_iter();
            pages.extend(slips.map(|(name, slip)| (format!("{name}{ending}"), slip.layout(paper, None))));
        }
        for (name, page) in pages {
            let path = folder.join(format!("{name}-{}.png", paper.dots()));
            std::fs::write(&path, png::encode(&raster::draw(&page))?)?;
            println!("{} mm  {}", page.height() / 8, path.display());
        }
    }
    Ok(())
}
