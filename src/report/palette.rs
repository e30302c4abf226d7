//! The colours of charts, each for light and for dark. Charts are drawn in those for light, as attributes that
//! every viewer of SVG knows; a style that names each of these attributes exchanges them on dark screens. Paper
//! is always light. Knows nothing of charts.
//!
//! Series are in the colours of M. Okabe and K. Ito (*Color Universal Design*, 2008), which are told apart with
//! any kind of sight; every chart has signs, places or words beside them.

use std::fmt::Write;

use plotters::style::RGBColor;

/// A colour, for light and for dark. No two have the same for light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ink {
    light: (u8, u8, u8),
    dark: (u8, u8, u8),
}

/// What lies under everything.
pub(crate) const PAPER: Ink = ink(0xffffff, 0x16181d);
/// Words and numbers.
pub(crate) const TEXT: Ink = ink(0x1c1c1e, 0xe8e8ea);
/// The lines of axes, and words of less weight.
pub(crate) const AXIS: Ink = ink(0x5b6068, 0xa4a9b3);
/// Lines to read heights by.
pub(crate) const GRID: Ink = ink(0xd9dce1, 0x33373f);
/// Where nothing was.
pub(crate) const NOTHING: Ink = ink(0xeceef1, 0x262930);

/// What is shown first.
pub(crate) const BLUE: Ink = ink(0x0072b2, 0x56b4e9);
/// What differs most from blue.
pub(crate) const ORANGE: Ink = ink(0xd55e00, 0xf0883e);
/// A third.
pub(crate) const GREEN: Ink = ink(0x009e73, 0x35c99b);
/// A fourth.
pub(crate) const PURPLE: Ink = ink(0xb5578c, 0xe3a0c6);

/// Few to many, each step seen beside the next one by its lightness alone.
pub(crate) const STEPS: [Ink; 4] =
    [ink(0xb5d4ea, 0x17405c), ink(0x6fadd6, 0x2a6f9e), ink(0x2b7bb0, 0x52a7dc), ink(0x0b4a75, 0xaedcff)];

const ALL: [Ink; 13] =
    [PAPER, TEXT, AXIS, GRID, NOTHING, BLUE, ORANGE, GREEN, PURPLE, STEPS[0], STEPS[1], STEPS[2], STEPS[3]];

const fn ink(light: u32, dark: u32) -> Ink {
    Ink { light: parts(light), dark: parts(dark) }
}

const fn parts(colour: u32) -> (u8, u8, u8) {
    let [_, red, green, blue] = colour.to_be_bytes();
    (red, green, blue)
}

impl Ink {
    /// What charts are drawn with.
    pub(crate) fn drawn(self) -> RGBColor {
        let (red, green, blue) = self.light;
        RGBColor(red, green, blue)
    }
}

/// The style that exchanges the colours on dark screens.
pub(crate) fn style() -> String {
    let mut style = "@media screen and (prefers-color-scheme: dark) {\n".to_owned();
    for Ink { light, dark } in ALL {
        let (light, dark) = (hex(light), hex(dark));
        let _ = writeln!(
            style,
            "svg [fill=\"{light}\"] {{ fill: {dark} }} svg [stroke=\"{light}\"] {{ stroke: {dark} }}"
        );
    }
    style.push('}');
    style
}

/// As the library writes it.
fn hex((red, green, blue): (u8, u8, u8)) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast as WCAG 2.2 defines them.
    fn contrast(a: (u8, u8, u8), b: (u8, u8, u8)) -> f64 {
        let part = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        let luminance = |(r, g, b)| 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn no_two_colours_are_the_same_for_light_so_that_each_can_be_exchanged() {
        for (nth, ink) in ALL.iter().enumerate() {
            assert!(ALL[..nth].iter().all(|other| other.light != ink.light), "{ink:?}");
        }
    }

    #[test]
    fn words_and_series_stand_out_from_the_paper_in_light_and_in_dark() {
        for (ink, least) in
            [(TEXT, 7.0), (AXIS, 4.5), (BLUE, 3.0), (ORANGE, 3.0), (GREEN, 3.0), (PURPLE, 3.0)]
        {
            assert!(contrast(ink.light, PAPER.light) >= least, "{ink:?} in light");
            assert!(contrast(ink.dark, PAPER.dark) >= least, "{ink:?} in dark");
        }
    }

    #[test]
    fn the_steps_from_few_to_many_go_away_from_the_paper() {
        for pair in STEPS.windows(2) {
            assert!(contrast(pair[1].light, PAPER.light) > 1.3 * contrast(pair[0].light, PAPER.light));
            assert!(contrast(pair[1].dark, PAPER.dark) > 1.3 * contrast(pair[0].dark, PAPER.dark));
        }
    }
}
