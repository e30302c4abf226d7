//! How many colours a terminal can show, and the nearest of them to a wanted one.

use ratatui::style::{Color, Style};

/// How many colours the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// None, or the person wants none: NO_COLOR.
    None,
    /// The sixteen that every terminal calls its own.
    Sixteen,
    /// A fixed palette of 256.
    Palette,
    /// Any.
    Millions,
}

/// The usual values of the terminal's own sixteen colours, in their order.
const SIXTEEN: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

impl Depth {
    /// What the terminal at standard output shows, by NO_COLOR, CLICOLOR_FORCE, COLORTERM and TERM;
    /// `forced` says that there shall be colours, or none, whatever those say.
    pub fn detect(forced: Option<bool>) -> Self {
        if forced == Some(false) {
            return Self::None;
        }
        match supports_color::on(supports_color::Stream::Stdout) {
            None if forced == Some(true) => Self::Sixteen,
            None => Self::None,
            Some(level) if level.has_16m => Self::Millions,
            Some(level) if level.has_256 => Self::Palette,
            Some(_) => Self::Sixteen,
        }
    }

    /// The nearest look that can be shown. Weight, slant, underline and reversal always can.
    pub(super) fn limit(self, style: Style) -> Style {
        let limited = |colour: Option<Color>| colour.and_then(|colour| self.nearest(colour));
        Style { fg: limited(style.fg), bg: limited(style.bg), ..style }
    }

    fn nearest(self, colour: Color) -> Option<Color> {
        let nearest = match (self, colour) {
            (Self::None, _) => return None,
            (Self::Palette, Color::Rgb(red, green, blue)) => Color::Indexed(in_palette([red, green, blue])),
            (Self::Sixteen, Color::Rgb(red, green, blue)) => of_sixteen([red, green, blue]),
            (Self::Sixteen, Color::Indexed(index)) => of_sixteen(palette(index)),
            (Self::Sixteen | Self::Palette | Self::Millions, colour) => colour,
        };
        Some(nearest)
    }
}

fn of_sixteen(wanted: [u8; 3]) -> Color {
    let nearest = SIXTEEN.into_iter().min_by_key(|(_, value)| distance(*value, wanted));
    nearest.map_or(Color::Reset, |(colour, _)| colour)
}

/// The first sixteen of the palette are the terminal's own, which nobody knows: they are left out.
fn in_palette(wanted: [u8; 3]) -> u8 {
    (16..=255).min_by_key(|index| distance(palette(*index), wanted)).unwrap_or(16)
}

/// The value of a colour of the palette: 16 of the terminal's own, a cube of 6 × 6 × 6, 24 greys.
fn palette(index: u8) -> [u8; 3] {
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match index {
        0..16 => SIXTEEN[usize::from(index)].1,
        16..232 => [level((index - 16) / 36), level((index - 16) / 6 % 6), level((index - 16) % 6)],
        232.. => [8 + 10 * (index - 232); 3],
    }
}

fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    one.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_come_down_to_what_the_terminal_can_show() {
        let shown = |depth: Depth, colour| depth.nearest(colour).expect("a colour");
        let pale_blue = Color::Rgb(0x8c, 0xc0, 0xd6);
        assert_eq!(shown(Depth::Millions, pale_blue), pale_blue);
        assert_eq!(shown(Depth::Palette, pale_blue), Color::Indexed(110));
        assert_eq!(shown(Depth::Palette, Color::Rgb(0, 0, 0)), Color::Indexed(16));
        assert_eq!(shown(Depth::Sixteen, Color::Rgb(250, 10, 10)), Color::LightRed);
        assert_eq!(shown(Depth::Sixteen, Color::Indexed(46)), Color::LightGreen);
        assert_eq!(shown(Depth::Sixteen, Color::Cyan), Color::Cyan);
    }
}
