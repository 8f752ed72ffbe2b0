//! The ESC/POS commands of a job, each a small function over the `escpos` builder.
//!
//! Where the crate's own call sends something else than printers need (version 0.20.1: `cash_drawer` without its pulse
//! times, `partial_cut` as a full cut, `real_time_status` with a byte too many, no banded raster), the bytes go through its `custom`, and a test holds them.

use std::cell::RefCell;

use escpos::driver::Driver;
use escpos::errors::Result;
use escpos::printer::Printer;
use escpos::utils::{Protocol, RealTimeStatusRequest};

use crate::profile::{Cut, FeedSteps};

/// Feed below the last row before the blade, in dots: 3 mm, so that the cut does not touch the words.
const CUT_MARGIN_DOTS: u8 = 24;
/// Feed past a tear bar, in dots: the bar stands about 12 mm behind the head.
const TEAR_DOTS: u16 = 120;
/// Most steps of one `ESC J`.
const FEED_STEPS_MAX: u16 = 255;

/// A driver that only collects: a job is finished bytes before any printer is touched.
#[derive(Default)]
pub(crate) struct Collector(RefCell<Vec<u8>>);

impl Driver for Collector {
    fn name(&self) -> String {
        "collector".to_owned()
    }

    fn write(&self, data: &[u8]) -> Result<()> {
        self.0.borrow_mut().extend_from_slice(data);
        Ok(())
    }

    fn read(&self, _buffer: &mut [u8]) -> Result<usize> {
        Ok(0)
    }

    fn flush(&self) -> Result<()> {
        Ok(())
    }
}

/// A builder of a job.
pub(crate) type Builder = Printer<Collector>;

/// Returns the bytes of what `build` asks for.
pub(crate) fn collect(build: impl FnOnce(&mut Builder) -> Result<()>) -> Result<Vec<u8>> {
    let mut builder = Printer::new(Collector::default(), Protocol::default(), None);
    build(&mut builder)?;
    builder.print()?;
    Ok(builder.driver().0.into_inner())
}

/// `ESC @`, then `FS .`: clones wake up in Chinese mode, where two bytes are one sign.
pub(crate) fn prologue(builder: &mut Builder) -> Result<()> {
    builder.init()?.custom(&[0x1c, 0x2e])?;
    Ok(())
}

/// `GS v 0`: rows of dots, as many bytes each as `row_bytes` says. The printer waits for exactly that much data.
pub(crate) fn raster(builder: &mut Builder, row_bytes: u16, rows: u16, data: &[u8]) -> Result<()> {
    let [width_low, width_high] = row_bytes.to_le_bytes();
    let [rows_low, rows_high] = rows.to_le_bytes();
    let header = [0x1d, 0x76, 0x30, 0x00, width_low, width_high, rows_low, rows_high];
    builder.custom(&[&header, data].concat())?;
    Ok(())
}

/// `ESC J`, as often as it takes: feeds rows without printing.
pub(crate) fn feed(builder: &mut Builder, dots: u16, steps: FeedSteps) -> Result<()> {
    let once = FEED_STEPS_MAX / u16::from(steps.count());
    let mut left = dots;
    while left > 0 {
        let dots = left.min(once);
        // At most 255 by the division above.
        let count = u8::try_from(dots * u16::from(steps.count())).unwrap_or(u8::MAX);
        builder.custom(&[0x1b, 0x4a, count])?;
        left -= dots;
    }
    Ok(())
}

/// `GS V 66 n` or `GS V 65 n`: feeds to the blade and n more, then cuts. A cut without feed goes through the last 12 mm.
pub(crate) fn cut(builder: &mut Builder, cut: Cut, steps: FeedSteps) -> Result<()> {
    let margin = CUT_MARGIN_DOTS * steps.count();
    match cut {
        Cut::Partial => builder.custom(&[0x1d, 0x56, 66, margin]).map(|_| ()),
        Cut::Full => builder.custom(&[0x1d, 0x56, 65, margin]).map(|_| ()),
        Cut::TearBar => feed(builder, TEAR_DOTS, steps),
        Cut::None => Ok(()),
    }
}

/// `DLE EOT n`: asks for a status byte, answered at once, past all data that waits. The crate's `real_time_status` adds
/// a zero byte to it.
pub(crate) fn ask_status(builder: &mut Builder, request: RealTimeStatusRequest) -> Result<()> {
    let (number, _): (u8, u8) = request.into();
    builder.custom(&[0x10, 0x04, number])?;
    Ok(())
}

/// `GS r 1`: asks for the paper sensor, answered in order: the answer proves that the data before it was processed.
pub(crate) fn ask_answer(builder: &mut Builder) -> Result<()> {
    builder.custom(&[0x1d, 0x72, 0x01])?;
    Ok(())
}

/// Which pin of the drawer's plug is pulsed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DrawerPin {
    /// The first drawer.
    #[default]
    Two,
    /// The second drawer.
    Five,
}

impl DrawerPin {
    /// Returns the number of the pin in the plug.
    pub fn number(self) -> u8 {
        match self {
            DrawerPin::Two => 2,
            DrawerPin::Five => 5,
        }
    }

    /// Returns the pin of a number; `None` for one that no drawer hangs on.
    pub fn from_number(number: u8) -> Option<DrawerPin> {
        [DrawerPin::Two, DrawerPin::Five].into_iter().find(|pin| pin.number() == number)
    }
}

/// The pulse that opens the drawer, times in units of 2 ms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawerPulse {
    /// Which drawer.
    pub pin: DrawerPin,
    /// How long the current flows: 25 is 50 ms.
    pub on_2ms: u8,
    /// Rest before another pulse: 250 is 500 ms. Less burns the coil.
    pub off_2ms: u8,
}

impl Default for DrawerPulse {
    fn default() -> DrawerPulse {
        DrawerPulse { pin: DrawerPin::Two, on_2ms: 25, off_2ms: 250 }
    }
}

/// `ESC p m t1 t2`.
pub(crate) fn drawer(builder: &mut Builder, pulse: DrawerPulse) -> Result<()> {
    let pin = match pulse.pin {
        DrawerPin::Two => 0,
        DrawerPin::Five => 1,
    };
    builder.custom(&[0x1b, 0x70, pin, pulse.on_2ms, pulse.off_2ms])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(build: impl FnOnce(&mut Builder) -> Result<()>) -> Vec<u8> {
        collect(build).unwrap()
    }

    #[test]
    fn exact_bytes() {
        let one = FeedSteps::One;
        let cases: [(&str, Vec<u8>, &[u8]); 12] = [
            ("prologue", bytes(prologue), &[0x1b, 0x40, 0x1c, 0x2e]),
            (
                "raster",
                bytes(|b| raster(b, 2, 1, &[0xaa, 0x55])),
                &[0x1d, 0x76, 0x30, 0, 2, 0, 1, 0, 0xaa, 0x55],
            ),
            ("feed", bytes(|b| feed(b, 40, one)), &[0x1b, 0x4a, 40]),
            ("long feed", bytes(|b| feed(b, 300, one)), &[0x1b, 0x4a, 255, 0x1b, 0x4a, 45]),
            ("double feed", bytes(|b| feed(b, 128, FeedSteps::Two)), &[0x1b, 0x4a, 254, 0x1b, 0x4a, 2]),
            ("partial cut", bytes(|b| cut(b, Cut::Partial, one)), &[0x1d, 0x56, 0x42, 24]),
            ("full cut", bytes(|b| cut(b, Cut::Full, FeedSteps::Two)), &[0x1d, 0x56, 0x41, 48]),
            ("tear bar", bytes(|b| cut(b, Cut::TearBar, one)), &[0x1b, 0x4a, 120]),
            ("no cut", bytes(|b| cut(b, Cut::None, one)), &[]),
            ("status", bytes(|b| ask_status(b, RealTimeStatusRequest::RollPaperSensor)), &[0x10, 0x04, 4]),
            ("answer", bytes(ask_answer), &[0x1d, 0x72, 1]),
            ("drawer", bytes(|b| drawer(b, DrawerPulse::default())), &[0x1b, 0x70, 0x00, 0x19, 0xfa]),
        ];
        for (name, sent, expected) in cases {
            assert_eq!(sent, expected, "{name}");
        }
        let second = DrawerPulse { pin: DrawerPin::Five, ..DrawerPulse::default() };
        assert_eq!(bytes(|b| drawer(b, second)), [0x1b, 0x70, 0x01, 0x19, 0xfa]);
    }
}
