//! How the interface is drawn: the screen that is seen, and under it the footer. Reads only; what it
//! finds out on the way goes into the next key's hands.

use ratatui::{
    Frame,
    buffer::Buffer,
    layout::{Position, Rect},
    text::Line,
};

use super::{
    keymap::{self, Action, Context},
    look::{Look, fit_line},
    model::{Drawn, Model, Screen},
    screens::{browse, card, decks, help, import, palette, review, statistics, summary, welcome},
    symbols,
    theme::Part,
    widgets::footer::{self, Hint},
};

/// Below this nothing useful fits.
const LEAST: (u16, u16) = (40, 12);

/// Draws everything.
pub fn view(model: &Model, frame: &mut Frame, look: &Look) -> Drawn {
    let area = frame.area();
    let mut drawn = Drawn::default();
    look.highlighter.begin_page();
    frame.buffer_mut().set_style(area, look.part(Part::Text));
    if area.width < LEAST.0 || area.height < LEAST.1 {
        too_small(area, frame.buffer_mut(), look);
        return drawn;
    }
    let footer = footer_lines(model, area.width, look);
    let footer_height = (footer.len().max(1) as u16).min(area.height / 2);
    let screen = Rect { height: area.height - footer_height, ..area };
    let below = Rect { y: screen.bottom(), height: footer_height, ..area };
    let cursor = screens(model, screen, frame.buffer_mut(), look, &mut drawn);
    draw_footer(model, &footer, below, frame.buffer_mut(), look);
    if let Some((x, y)) = cursor {
        frame.set_cursor_position(Position { x, y });
    }
    if !look.unicode {
        symbols::into_ascii(frame.buffer_mut());
    }
    drawn
}

fn too_small(area: Rect, page: &mut Buffer, look: &Look) {
    let sentence =
        format!("{}×{} is too small: retain needs {}×{}", area.width, area.height, LEAST.0, LEAST.1);
    let lines = look.wrapped(&sentence, area.width, 0, Part::Text);
    for (row, line) in (0..area.height).zip(lines) {
        page.set_line(area.x, area.y + row, &line, area.width);
    }
    if !look.unicode {
        symbols::into_ascii(page);
    }
}

/// The screen that is seen; under a window also the one beneath, which finds out nothing.
fn screens(
    model: &Model,
    area: Rect,
    page: &mut Buffer,
    look: &Look,
    drawn: &mut Drawn,
) -> Option<(u16, u16)> {
    let covered = model.screens.iter().rposition(|screen| !screen.is_overlay()).unwrap_or(0);
    let (below, top) = match model.screens.split_last() {
        Some((top, below)) => (&below[covered.min(below.len())..], top),
        None => return None,
    };
    for screen in below {
        draw(screen, area, page, look, &mut Drawn::default());
    }
    draw(top, area, page, look, drawn)
}

fn draw(
    screen: &Screen,
    area: Rect,
    page: &mut Buffer,
    look: &Look,
    drawn: &mut Drawn,
) -> Option<(u16, u16)> {
    match screen {
        Screen::Welcome(model) => welcome::view(model, area, page, look, drawn),
        Screen::Decks(model) => decks::view(model, area, page, look, drawn),
        Screen::Review(model) => review::view(model, area, page, look, drawn),
        Screen::Summary(model) => summary::view(model, area, page, look, drawn),
        Screen::Statistics(model) => statistics::view(model, area, page, look, drawn),
        Screen::Card(model) => card::view(model, area, page, look, drawn),
        Screen::Help(model) => help::view(model, area, page, look, drawn),
        Screen::Browse(model) => return browse::view(model, area, page, look, drawn),
        Screen::Import(model) => return import::view(model, area, page, look, drawn),
        Screen::Palette(model) => return palette::view(model, area, page, look, drawn),
    }
    None
}

fn footer_lines(model: &Model, width: u16, look: &Look) -> Vec<Line<'static>> {
    model.notice.as_ref().map_or_else(Vec::new, |notice| footer::notice(notice, width, look))
}

fn draw_footer(model: &Model, notice: &[Line<'static>], area: Rect, page: &mut Buffer, look: &Look) {
    if notice.is_empty() {
        let hints = model.top().map_or_else(Vec::new, hints);
        footer::draw_hints(&hints, area, page, look);
        return;
    }
    let unseen = notice.len() > usize::from(area.height);
    for (row, line) in (0..area.height).zip(notice) {
        let is_last = row + 1 == area.height;
        let line = match is_last && unseen {
            true => {
                let mut line = fit_line(line.clone(), usize::from(area.width).saturating_sub(1));
                line.push_span(symbols::ELLIPSIS);
                line
            }
            false => line.clone(),
        };
        page.set_line(area.x, area.y + row, &line, area.width);
    }
}

fn hints(screen: &Screen) -> Vec<Hint> {
    let options = screen.options();
    let reachable = keymap::shipped().reachable(screen.contexts(), options);
    let hint = |(entry, keys): &(&keymap::Entry, Vec<keymap::Key>)| {
        let label = screen.label(entry.action).or_else(|| entry.label.clone())?;
        Some(Hint {
            key: keys.first()?.shown(options),
            label,
            usable: screen.refusal(entry.action).is_none() && !screen.seems_idle(entry.action),
            always: matches!(entry.action, Action::Help | Action::DontKnow)
                || is_first_of(entry)
                || leaves_field(entry),
        })
    };
    let mut shown: Vec<Action> = Vec::new();
    let first_time = |(entry, _): &&(&keymap::Entry, Vec<keymap::Key>)| {
        let known = shown.contains(&entry.action);
        shown.push(entry.action);
        !known
    };
    reachable.iter().filter(first_time).filter_map(hint).collect()
}

/// Whether a line is what one does first on its screen.
/// Whether it leads out of a text field, where the letter that goes back elsewhere is only typed.
fn leaves_field(entry: &keymap::Entry) -> bool {
    entry.action == Action::Close && entry.context == Context::Path
}

fn is_first_of(entry: &keymap::Entry) -> bool {
    let is_general = matches!(entry.context, Context::Global | Context::Always | Context::Review);
    let first = keymap::shipped().of(entry.context).next();
    !is_general && first.is_some_and(|first| first.action == entry.action)
}
