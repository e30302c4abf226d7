//! Charts as SVG, by plotters. Takes numbers and words that are safe to show; knows nothing of what they mean.
//! All charts are so narrow that a telephone shows their words at nearly the size in which they are drawn.

mod axis;
mod columns;
mod heat;
mod lines;
mod ranges;

pub(crate) use axis::Axis;
pub(crate) use columns::{Columns, Layer};
pub(crate) use heat::{Heat, HeatDay, bounds};
pub(crate) use lines::{Guide, Lines, Mark, Point, Series};
pub(crate) use ranges::{Ranges, Row};

use plotters::{
    coord::{Shift, cartesian::Cartesian2d},
    prelude::*,
    style::text_anchor::{HPos, Pos, VPos},
};

use super::palette::{AXIS, GRID, Ink, PAPER, TEXT};

/// The width of every chart, in its own units.
const WIDTH: u32 = 420;
/// The height of a line of words.
const LINE: u32 = 20;
/// The size of words as the library wants it: it divides by 1.24.
const SIZE: f64 = 13.0 * 1.24;

type Canvas<'a> = DrawingArea<SVGBackend<'a>, Shift>;
/// What the library says when it cannot draw.
type Failure = DrawingAreaErrorKind<<SVGBackend<'static> as DrawingBackend>::ErrorType>;
type Drawn = Result<(), Failure>;
type Plane<'a> = ChartContext<'a, SVGBackend<'a>, Cartesian2d<Axis, Axis>>;

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Drawing {
    /// Numbers as heights.
    Columns(Columns),
    /// Points, joined or not.
    Lines(Lines),
    /// Shares with their intervals, one below the other.
    Ranges(Ranges),
    /// Days as squares.
    Heat(Heat),
}

/// An entry of a legend.
struct Legend<'a> {
    ink: Ink,
    mark: Option<Mark>,
    label: &'a str,
}

impl Drawing {
    /// The drawing as SVG, below these lines of words.
    pub(crate) fn svg(&self, heading: &[&str]) -> Result<String, Failure> {
        let above = heading.len() as u32 * LINE;
        let mut svg = String::new();
        let root = SVGBackend::with_string(&mut svg, (WIDTH, self.height() + above)).into_drawing_area();
        root.fill(&PAPER.drawn())?;
        let (top, canvas) = root.split_vertically(above);
        for (nth, line) in heading.iter().enumerate() {
            let ink = if nth == 0 { TEXT } else { AXIS };
            words(&top, line, (8, nth as i32 * LINE as i32 + 12), ink, HPos::Left)?;
        }
        match self {
            Self::Columns(columns) => columns.draw(&canvas)?,
            Self::Lines(lines) => lines.draw(&canvas)?,
            Self::Ranges(ranges) => ranges.draw(&canvas)?,
            Self::Heat(heat) => heat.draw(&canvas)?,
        }
        root.present()?;
        drop((root, top, canvas));
        Ok(svg)
    }

    fn height(&self) -> u32 {
        const USUAL: u32 = 250;
        match self {
            Self::Columns(_) | Self::Lines(_) => USUAL,
            Self::Ranges(ranges) => ranges.height(),
            Self::Heat(heat) => heat.height(),
        }
    }
}

/// Words with their middle at this height.
fn words(canvas: &Canvas<'_>, text: &str, at: (i32, i32), ink: Ink, side: HPos) -> Drawn {
    let style = ("sans-serif", SIZE).into_font().color(&ink.drawn()).pos(Pos::new(side, VPos::Center));
    canvas.draw(&Text::new(text.to_owned(), at, style))
}

/// A plane between two axes, with lines to read heights by.
fn plane<'a>(canvas: &Canvas<'a>, x: Axis, y: Axis) -> Result<Plane<'a>, Failure> {
    let (x_marks, y_marks) = (x.marks.len(), y.marks.len());
    let mut plane = ChartBuilder::on(canvas)
        .margin(6)
        // Half of the words below the last place.
        .margin_right(20)
        .x_label_area_size(26)
        .y_label_area_size(46)
        .build_cartesian_2d(x, y)?;
    plane
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(GRID.drawn())
        .axis_style(AXIS.drawn())
        .label_style(("sans-serif", SIZE).into_font().color(&TEXT.drawn()))
        .x_labels(x_marks)
        .y_labels(y_marks)
        .draw()?;
    Ok(plane)
}

/// A legend on a line of its own, where there is something to tell apart; what is left of the canvas, whose
/// uppermost words need a little room above.
fn below_legend<'a>(canvas: &Canvas<'a>, entries: &[Legend<'_>]) -> Result<Canvas<'a>, Failure> {
    const LETTER: i32 = 7;
    const ROOM: u32 = 6;
    let (line, rest) = canvas.split_vertically(if entries.is_empty() { ROOM } else { LINE });
    let mut x = 10;
    for Legend { ink, mark, label } in entries {
        let middle = (x + 6, LINE as i32 / 2);
        match mark {
            Some(mark) => mark.draw(&line, middle, *ink)?,
            None => line.draw(&Rectangle::new([(x, 4), (x + 12, 16)], ink.drawn().filled()))?,
        }
        words(&line, label, (x + 18, middle.1), TEXT, HPos::Left)?;
        x += 18 + LETTER * label.chars().count() as i32 + 14;
    }
    Ok(rest)
}

#[cfg(test)]
mod tests {
    use super::{super::palette::BLUE, *};

    #[test]
    fn words_of_strangers_are_words_in_the_picture_too() {
        let name = "<script>alert(1)</script> & \"so\"";
        let row =
            Row { name: name.to_owned(), note: String::new(), share: 0.5, low: 0.2, high: 0.8, ink: BLUE };
        let svg = Drawing::Ranges(Ranges { rows: vec![row] }).svg(&[]).expect("it draws");
        assert!(svg.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;so&quot;"), "{svg}");
        assert!(!svg.contains("<script"), "{svg}");
    }
}
