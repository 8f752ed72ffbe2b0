//! Writes every sample label as PNG, on every usual stock: `cargo run -p receipts --example labels -- FOLDER`.

use std::error::Error;
use std::path::PathBuf;

use receipts::label_stock::LabelStock;
use receipts::language::Language;
use receipts::{label_picture, label_samples, png};

#[expect(clippy::print_stdout, reason = "the example tells what it wrote")]
fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder")?);
    std::fs::create_dir_all(&folder)?;
    for stock in LabelStock::ALL.into_iter().filter(|stock| stock.columns < 3) {
        for (name, label) in label_samples::all() {
            let size = format!("{}x{}", stock.width_mm, stock.height_mm.unwrap_or(0));
            let path = folder.join(format!("{name}-{size}.png"));
            match label_picture(&label, &stock) {
                Ok(picture) => {
                    std::fs::write(&path, png::encode(&picture)?)?;
                    println!("{}", path.display());
                }
                Err(error) => println!("{name} {size}: {}", error.sentence(Language::En)),
            }
        }
    }
    Ok(())
}
