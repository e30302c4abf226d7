//! The four grades with what each promises, in as few lines as the width allows.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
};

use crate::{
    domain::{
        grade::Grade,
        scheduler::{Preview, Promise},
    },
    tui::{
        look::{Look, fit_line},
        model::Target,
        theme::Part,
    },
};

/// The columns between two grades on one line.
const GAP: usize = 3;

/// The grades, one of them selected.
#[derive(Debug)]
pub struct Grades {
    /// What each grade promises.
    pub preview: Preview,
    /// The selected grade.
    pub selected: Grade,
    /// Whether they promise anything: practice does not.
    pub promises: bool,
}

/// How the grades are placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// All on one line.
    Row,
    /// Four columns: the grade, and its promise below.
    Columns,
    /// Two by two.
    Square,
}

impl Grades {
    /// The lines that they need in this width.
    pub fn height(&self, width: u16) -> u16 {
        match self.form(width) {
            Form::Row => 1,
            Form::Columns | Form::Square => 2,
        }
    }

    /// Draws them, and says where each can be clicked.
    pub fn draw(&self, area: Rect, page: &mut Buffer, look: &Look) -> Vec<(Rect, Target)> {
        let mut targets = Vec::new();
        for (place, grade) in Grade::ALL.into_iter().enumerate() {
            let cell = self.cell(place, area).intersection(area);
            self.draw_one(grade, cell, page, look, self.form(area.width));
            targets.push((cell, Target::Grade(grade)));
        }
        targets
    }

    fn form(&self, width: u16) -> Form {
        let width = usize::from(width).saturating_sub(1);
        let full: Vec<usize> = Grade::ALL.map(|grade| self.full(grade).chars().count()).to_vec();
        let row: usize = full.iter().map(|cell| cell + GAP).sum();
        let promises = Grade::ALL.map(|grade| self.said(grade).chars().count());
        if row <= width {
            Form::Row
        } else if promises.iter().all(|promise| promise + 2 <= width / 4) {
            Form::Columns
        } else {
            Form::Square
        }
    }

    fn full(&self, grade: Grade) -> String {
        format!(" {} {} {} ", grade.number(), grade.label(), self.said(grade))
    }

    fn said(&self, grade: Grade) -> String {
        if self.promises { self.preview.promise(grade).to_string() } else { String::new() }
    }

    fn cell(&self, place: usize, area: Rect) -> Rect {
        let quarter = area.width.saturating_sub(1) / 4;
        match self.form(area.width) {
            Form::Row => {
                let widths = Grade::ALL.map(|grade| self.full(grade).chars().count());
                let before: usize = widths[..place].iter().map(|width| width + GAP - 1).sum();
                Rect { x: area.x + before as u16, width: widths[place] as u16, height: 1, ..area }
            }
            Form::Columns => Rect { x: area.x + quarter * place as u16, width: quarter, height: 2, ..area },
            Form::Square => {
                let (column, row) = ((place % 2) as u16, (place / 2) as u16);
                Rect { x: area.x + 2 * quarter * column, y: area.y + row, width: 2 * quarter, height: 1 }
            }
        }
    }

    fn draw_one(&self, grade: Grade, cell: Rect, page: &mut Buffer, look: &Look, form: Form) {
        let head = vec![
            look.span(format!(" {} ", grade.number()), Part::Key),
            look.span(grade.label(), Part::Title),
        ];
        let promise = self.preview.promise(grade);
        let room = usize::from(cell.width);
        match form {
            Form::Columns => {
                page.set_line(cell.x, cell.y, &Line::from(head), cell.width);
                let below = look.line(format!(" {}", self.said(grade)), Part::Text);
                page.set_line(cell.x, cell.y + 1, &below, cell.width);
            }
            Form::Row | Form::Square => {
                let taken: usize = head.iter().map(Span::width).sum();
                let mut line = Line::from(head);
                if self.promises {
                    let promise = said_within(promise, room.saturating_sub(taken + 2));
                    line.push_span(look.span(format!(" {promise}"), Part::Text));
                }
                page.set_line(cell.x, cell.y, &fit_line(line, room), cell.width);
            }
        }
        if grade == self.selected {
            page.set_style(cell, look.selection());
        }
    }
}

/// A promise in as many of its words as there is room for.
fn said_within(promise: Promise, room: usize) -> String {
    let addition = match (promise.drill, promise.ease_change > 0) {
        (true, _) => ", today",
        (false, true) => ", ease+",
        (false, false) => "",
    };
    let shorter = [promise.to_string(), format!("{}{addition}", promise.interval)];
    let fitting = shorter.into_iter().find(|words| words.chars().count() <= room);
    fitting.unwrap_or_else(|| promise.interval.to_string())
}
