//! The loop: waits, turns what it hears into messages, has effects done, and draws when something
//! changed. The only place of the interface that looks at a clock, and only to measure.

use std::{
    io::{self, Write},
    time::{Duration, Instant},
};

use crossterm::event::{Event, KeyEventKind, MouseButton, MouseEventKind};
use ratatui::layout::Position;

use super::{
    counting::{self, Counter, Order, Told},
    effect::{self, Effect, Request},
    look::Look,
    message::{At, Message},
    model::{Model, Screen},
    notice::Notice,
    screens::statistics,
    symbols,
    terminal::{
        self, Terminal, editor,
        watch::{self, Heard, Watch},
    },
    theme::{Depth, Theme},
    update::update,
    view::view,
};
use crate::{
    app::{App, Error, Progress},
    domain::ids::CardId,
    typeset::{Highlighter, harmless},
};

/// Lines for each notch of the mouse's wheel.
const WHEEL: isize = 3;
/// How often the progress of an import is drawn.
const PROGRESS: Duration = Duration::from_millis(100);
/// The exit code of a program whose terminal went away, as after SIGHUP.
const GONE: i32 = 129;

/// The interface at work.
struct Interface {
    app: App,
    model: Model,
    look: Look,
    terminal: Terminal,
    watch: Watch,
    counter: Counter,
    opened: Instant,
    /// What is asked for as soon as the person sees what is there already.
    later: Option<Request>,
}

/// Opens the interface, asks for this at first, and stays until the person leaves.
/// `colour` forces colours on or off. Gives the exit code.
///
/// # Errors
/// When there is no terminal that could show it, the theme cannot be used, or the system refuses.
pub fn run(app: App, first: Option<Request>, colour: Option<bool>) -> anyhow::Result<u8> {
    terminal::usable()?;
    let depth = Depth::detect(colour);
    let theme = Theme::find(&app.config().theme, app.config_dir(), depth)?;
    let watch = Watch::start()?;
    let look = Look {
        theme,
        highlighter: Highlighter::start(watch.waker()),
        unicode: symbols::is_unicode(|name| std::env::var(name).ok()),
    };
    let counter = Counter::start(watch.waker())?;
    let mouse = app.config().mouse;
    let model = Model { mouse, ..Model::default() };
    let terminal = Terminal::enter(mouse)?;
    let mut interface = Interface { app, model, look, terminal, watch, counter, opened: now(), later: None };
    let outcome = interface.stay(first);
    let Interface { mut app, terminal, .. } = interface;
    drop(terminal);
    if let Err(error) = app.finish_daily_backup() {
        writeln!(io::stderr(), "retain: {}", harmless(&no_backup(&error)))?;
    }
    outcome
}

fn no_backup(error: &Error) -> String {
    format!("today's backup could not be made: {error}")
}

#[expect(clippy::disallowed_methods, reason = "the loop measures how long things take")]
fn now() -> Instant {
    Instant::now()
}

impl Interface {
    fn stay(&mut self, first: Option<Request>) -> anyhow::Result<u8> {
        let first = [Some(Request::Home), first];
        if let Some(code) = self.perform_all(first.into_iter().flatten().map(Effect::Ask).collect())? {
            return Ok(code);
        }
        if self.model.notice.is_none() {
            let doubt = self.app.doubtful_zone().or_else(|| self.app.doubtful_place());
            self.model.notice = doubt.map(Notice::warning);
        }
        loop {
            if let Some(error) = self.app.daily_backup_failure() {
                self.model.notice = Some(Notice::warning(no_backup(&error)));
            }
            self.draw()?;
            // Not before there is something to see.
            if self.model.order_standings() {
                self.count_standings()?;
                self.draw()?;
            }
            if let Some(request) = self.later.take() {
                if let Some(code) = self.perform_all(vec![Effect::Ask(request)])? {
                    return Ok(code);
                }
                self.draw()?;
            }
            // Not before there is something to see, and told of only where it fails.
            self.app.start_daily_backup(self.watch.waker());
            let events = match self.watch.wait()? {
                Heard::Input(events) => events,
                Heard::Gone => watch::end(GONE),
            };
            for event in events {
                if let Some(code) = self.hear(event)? {
                    return Ok(code);
                }
            }
            while let Some(told) = self.counter.told() {
                self.tell(told)?;
            }
        }
    }

    fn draw(&mut self) -> std::io::Result<()> {
        let Self { model, look, terminal, .. } = self;
        terminal.draw(|frame| model.drawn = view(model, frame, look))
    }

    fn hear(&mut self, event: Event) -> anyhow::Result<Option<u8>> {
        let Some(message) = message(event, self.at()) else { return Ok(None) };
        let first = effect::at_daybreak(&self.app, &self.model);
        self.perform_all(first)?;
        // What was drawn is what the person meant: a second key of the same moment sees the first.
        let effects = update(&mut self.model, message);
        self.perform_all(effects)
    }

    fn at(&self) -> At {
        at(self.opened)
    }

    /// Does the effects, and those that follow from them. An exit code ends the interface.
    fn perform_all(&mut self, effects: Vec<Effect>) -> anyhow::Result<Option<u8>> {
        let mut waiting = std::collections::VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            let message = match effect {
                Effect::Quit(code) => return Ok(Some(code)),
                Effect::Ask(request) => Some(self.ask(request)?),
                Effect::AfterDrawing(request) => {
                    self.later = Some(request);
                    None
                }
                Effect::Count(order) => {
                    self.count(order)?;
                    None
                }
                Effect::Edit(card) => Some(self.edit(card)?),
                Effect::Mouse(on) => {
                    self.terminal.set_mouse(on)?;
                    None
                }
                Effect::Sleep => {
                    self.terminal.sleep()?;
                    None
                }
                Effect::Redraw => {
                    self.terminal.forget()?;
                    None
                }
                // Settled by `update`; they never come here.
                Effect::Tell(_) | Effect::Open(_) | Effect::Close | Effect::Home | Effect::Act(_) => None,
            };
            if let Some(message) = message {
                waiting.extend(update(&mut self.model, message));
            }
        }
        Ok(None)
    }

    fn ask(&mut self, request: Request) -> std::io::Result<Message> {
        let Self { app, model, look, terminal, opened, .. } = self;
        let mut drawn_at = now();
        let mut go_on = |progress: Progress| {
            if drawn_at.elapsed() >= PROGRESS {
                drawn_at = now();
                show_progress(model, progress, look, terminal);
            }
            !watch::is_stopped()
        };
        Ok(effect::perform(app, request, || at(*opened), &mut go_on))
    }

    fn count(&mut self, order: Order) -> anyhow::Result<()> {
        match self.app.statistics_reader() {
            Some(reader) => self.counter.count(reader, order),
            None => {
                for counted in counting::count_now(&self.app, &order) {
                    self.tell(Told::Page(Box::new(counted)))?;
                }
            }
        }
        Ok(())
    }

    fn count_standings(&mut self) -> anyhow::Result<()> {
        match self.app.statistics_reader() {
            Some(reader) => self.counter.stand(reader),
            None => {
                let standings = self.app.standings().map_err(|error| error.to_string());
                self.tell(Told::Standings(standings))?;
            }
        }
        Ok(())
    }

    fn tell(&mut self, told: Told) -> anyhow::Result<()> {
        let message = match told {
            Told::Page(counted) => Message::Statistics(statistics::Message::Counted(counted)),
            Told::Standings(Ok(standings)) => Message::Standings(standings),
            Told::Standings(Err(error)) => Message::Tell(Notice::error(&error, "`retain doctor` says more")),
        };
        let effects = update(&mut self.model, message);
        self.perform_all(effects)?;
        Ok(())
    }

    fn edit(&mut self, card: CardId) -> std::io::Result<Message> {
        let source = match self.app.source(card) {
            Ok(source) => source,
            Err(error) => return Ok(Message::Tell(Notice::error(&error, ""))),
        };
        let words = editor::words(&self.app.config().editor, |name| std::env::var(name).ok());
        let edit = || watch::undisturbed(|| editor::edit(&words, &source.path, source.line));
        let outcome = self.terminal.lend(edit)?;
        Ok(match outcome {
            Err(error) => {
                let program = words.first().map_or("", String::as_str);
                let failed = format!("could not start the editor “{program}”: {error}");
                Message::Tell(Notice::error(&failed, "Set `editor` in the settings, or $EDITOR"))
            }
            Ok(status) if !status.success() => Message::Tell(Notice::warning(format!(
                "The editor ended with {status}; nothing was read again"
            ))),
            Ok(_) => effect::read_again(&mut self.app, &source.path),
        })
    }
}

fn at(opened: Instant) -> At {
    At(u64::try_from(opened.elapsed().as_millis()).unwrap_or(u64::MAX))
}

fn show_progress(model: &mut Model, progress: Progress, look: &Look, terminal: &mut Terminal) {
    if let Some(Screen::Import(import)) = model.screens.last_mut() {
        import.set_progress(progress);
    }
    // A terminal that is gone will be noticed when it is waited for.
    let _ = terminal.draw(|frame| model.drawn = view(model, frame, look));
}

fn message(event: Event, at: At) -> Option<Message> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Message::Key(key, at)),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Mouse(mouse) => {
            let position = Position { x: mouse.column, y: mouse.row };
            match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => Some(Message::Click(position, at)),
                MouseEventKind::ScrollDown => Some(Message::Wheel(position, WHEEL)),
                MouseEventKind::ScrollUp => Some(Message::Wheel(position, -WHEEL)),
                _ => None,
            }
        }
        Event::Key(_) | Event::Resize(..) | Event::FocusGained | Event::FocusLost => None,
    }
}
