//! The terminal as a device: it is entered, drawn on, lent to others for a while, and left as it was
//! found, whatever happens. Knows nothing of screens.

pub mod editor;
pub mod watch;

use std::{
    io::{self, BufWriter, IsTerminal, Stdout},
    sync::{
        Mutex, Once, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use crossterm::{
    cursor::{Hide, Show},
    event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture},
    execute,
    style::force_color_output,
    terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
};
use ratatui::{
    Frame,
    backend::{Backend, CrosstermBackend},
};
use rustix::process::{Signal, kill_current_process_group};

/// Whether the terminal is ours now, so that it is given back once and not twice.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// Held while something is drawn: a frame that came after the terminal was given back would hide its cursor.
static DRAWING: Mutex<()> = Mutex::new(());

/// Whoever draws may be stuck in a terminal that takes no more; a signal waits for them only so long.
const LAST_FRAME: Duration = Duration::from_millis(200);

/// Why there is no interface here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// Input or output is a file or a pipe.
    #[error("this is not a terminal. `retain study --plain` works line by line, through pipes too")]
    NoTerminal,
    /// The terminal says that it can place nothing.
    #[error("this terminal (TERM=dumb) cannot show screens. `retain study --plain` works line by line")]
    Dumb,
}

/// The terminal while it is ours. Dropping it leaves the terminal as it was.
#[derive(Debug)]
pub struct Terminal {
    screen: ratatui::Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    mouse: bool,
}

/// Whether there is a terminal that can show screens.
///
/// # Errors
/// Says what to do instead.
pub fn usable() -> Result<(), Unusable> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Unusable::NoTerminal);
    }
    if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        return Err(Unusable::Dumb);
    }
    Ok(())
}

impl Terminal {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When the system refuses; the terminal is left as it was then.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        // Under NO_COLOR crossterm would write `ESC[;m` for every colour, which resets bold and
        // reverse too. Our themes have no colours then, and are to be written as they are.
        force_color_output(true);
        restore_before_panics();
        take(mouse).inspect_err(|_| leave())?;
        // Not flushed by halves: a frame goes out in one piece.
        let writer = BufWriter::with_capacity(64 * 1024, io::stdout());
        let screen = ratatui::Terminal::new(CrosstermBackend::new(writer)).inspect_err(|_| leave())?;
        Ok(Self { screen, mouse })
    }

    /// Draws a frame; none any more once a signal has given the terminal back.
    ///
    /// # Errors
    /// When the terminal takes no more output.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame)) -> io::Result<()> {
        let _drawing = DRAWING.lock().unwrap_or_else(PoisonError::into_inner);
        if !ENTERED.load(Ordering::SeqCst) {
            return Ok(());
        }
        self.screen.draw(view).map(|_| ())
    }

    /// Forgets what was drawn, so that the next frame draws everything.
    ///
    /// # Errors
    /// When the terminal takes no more output.
    pub fn forget(&mut self) -> io::Result<()> {
        // ratatui's own `clear` first asks the terminal where its cursor is, and fails where no answer comes:
        // that would end a sitting by Ctrl-L, by fg, and on the way back from the editor.
        self.screen.backend_mut().clear()?;
        self.screen.swap_buffers();
        Ok(())
    }

    /// Takes the mouse, or gives it back to the terminal.
    ///
    /// # Errors
    /// When the terminal takes no more output.
    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        if on {
            execute!(io::stdout(), EnableMouseCapture)
        } else {
            execute!(io::stdout(), DisableMouseCapture)
        }
    }

    /// Leaves the terminal to somebody else for as long as `what` takes, and comes back.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    pub fn lend<T>(&mut self, what: impl FnOnce() -> T) -> io::Result<T> {
        leave();
        let outcome = what();
        take(self.mouse)?;
        self.forget()?;
        Ok(outcome)
    }

    /// Puts the program to sleep, as Ctrl-Z does elsewhere, until the shell wakes it.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    pub fn sleep(&mut self) -> io::Result<()> {
        // The group, as the terminal itself would: whoever started us is to sleep too.
        let stopped = self.lend(|| kill_current_process_group(Signal::TSTP))?;
        Ok(stopped?)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        leave();
    }
}

fn take(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    ENTERED.store(true, Ordering::SeqCst);
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, Hide)?;
    if mouse { execute!(io::stdout(), EnableMouseCapture) } else { Ok(()) }
}

/// Gives the terminal back as it was. A terminal that is gone cannot be told, and need not be.
fn leave() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut told = Vec::new();
    let _ = execute!(told, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show);
    // Past the lock of standard output: whoever holds it may be stuck, and a signal cannot wait.
    let _ = rustix::io::write(io::stdout(), &told);
    let _ = disable_raw_mode();
}

/// Gives the terminal back behind the last frame, from another thread than the one that draws.
fn leave_behind_last_frame() {
    const PAUSE: Duration = Duration::from_millis(5);
    let mut waited = Duration::ZERO;
    let mut drawing = DRAWING.try_lock();
    while drawing.is_err() && waited < LAST_FRAME {
        thread::sleep(PAUSE);
        waited += PAUSE;
        drawing = DRAWING.try_lock();
    }
    leave();
}

/// A panic of the thread that draws is reported on a terminal that is in order again. One of the
/// thread that highlights code costs colours only, and must not write over the screen.
fn restore_before_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let drawing = thread::current().id();
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if thread::current().id() == drawing {
                leave();
            }
            if !ENTERED.load(Ordering::SeqCst) {
                report(panic);
            }
        }));
    });
}
