//! Samples of what a manager sets up: pictures of the customers' screens, a scanner's habit, the logo on receipts.

use domain::picture_file::PICTURES_MAX;
use maud::Markup;
use web::Lang;
use web::csrf::CsrfToken;

use super::{LONG, id};
use crate::counter::scanners::Understood;
use crate::web::display_pictures::{self, KeptPicture};
use crate::web::receipt_logo;
use crate::web::scan_habit::{self, Tried};

/// Returns everything of them that can be rendered without a request.
pub(super) fn rendered(lang: Lang) -> Vec<Markup> {
    let mut all = Vec::new();
    let csrf = CsrfToken::from_text("f00".to_owned());
    for count in [0, 1, PICTURES_MAX] {
        let kept: Vec<KeptPicture> = (0..count)
            .map(|_| KeptPicture { picture_id: id(7), width_px: 3_840, height_px: 2_160, bytes: 1 << 20 })
            .collect();
        all.push(display_pictures::fragment(lang, &csrf, &kept));
    }
    let tried = |advised_ms, is_scan, understood| Tried {
        came: LONG.to_owned(),
        keys: 512,
        average_ms: u16::MAX,
        slowest_ms: u16::MAX,
        end: String::new(),
        is_scan,
        advised_ms,
        code: "<b>".to_owned(),
        understood,
    };
    for (advised_ms, is_scan, understood) in [
        (None, true, Understood::Product { name: LONG.to_owned() }),
        (Some(120), false, Understood::Unknown),
        (None, false, Understood::Unreadable),
        (None, false, Understood::Scale),
        (None, false, Understood::Words),
    ] {
        all.push(scan_habit::result(lang, &tried(advised_ms, is_scan, understood)));
    }
    all.extend([false, true].map(|is_there| receipt_logo::fragment(lang, &csrf, is_there)));
    all
}
