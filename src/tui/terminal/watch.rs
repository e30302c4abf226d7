//! Waiting: for keys, for signals, for whoever has something new to show, and for the end of the
//! terminal. Nothing is done meanwhile, and no core is used.
//!
//! One `poll` on the terminal and on a pipe that other threads write to. crossterm's own waiting
//! spins at a full core when the terminal vanishes, and cannot be woken from outside.

use std::{
    io::{self, PipeReader, PipeWriter, Read, Write},
    process,
    sync::{
        Arc, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use crossterm::event::{self, Event, KeyCode, KeyModifiers};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::retry_on_intr,
    termios::{OptionalActions, tcgetattr, tcsetattr},
};
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH},
    iterator::Signals,
};

use super::{DRAWING, ENTERED, leave_behind_last_frame};

/// While somebody else has the terminal, Ctrl-C is meant for them.
static LENT: AtomicBool = AtomicBool::new(false);

/// A terminal may be too stuck to be given back; the process ends nevertheless after so long.
const PATIENCE: Duration = Duration::from_secs(1);

/// What there is to wait for.
#[derive(Debug)]
pub struct Watch {
    wakes: PipeReader,
    waker: Arc<PipeWriter>,
}

/// What the waiting came to.
#[derive(Debug)]
pub enum Heard {
    /// What the person did, perhaps nothing: then there is something new to draw.
    Input(Vec<Event>),
    /// The terminal is gone.
    Gone,
}

impl Watch {
    /// Begins to listen for signals too.
    ///
    /// # Errors
    /// When the system refuses a pipe or the signals.
    pub fn start() -> io::Result<Self> {
        let (wakes, waker) = io::pipe()?;
        let watch = Self { wakes, waker: Arc::new(waker) };
        let signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGWINCH])?;
        let wake = watch.waker();
        thread::Builder::new().name("signals".to_owned()).spawn(move || obey(signals, wake))?;
        Ok(watch)
    }

    /// Something for another thread to call when there is something new to show.
    pub fn waker(&self) -> impl Fn() + Send + 'static {
        let waker = Arc::clone(&self.waker);
        move || {
            let _ = (&*waker).write(&[0]);
        }
    }

    /// Waits until something happens.
    ///
    /// # Errors
    /// When the system does.
    pub fn wait(&mut self) -> io::Result<Heard> {
        let stdin = io::stdin();
        let mut waited = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(&self.wakes, PollFlags::IN)];
        match poll(&mut waited, None) {
            Err(rustix::io::Errno::INTR) => return Ok(Heard::Input(Vec::new())),
            outcome => outcome?,
        };
        let (terminal, wakes) = (waited[0].revents(), waited[1].revents());
        if terminal.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Ok(Heard::Gone);
        }
        if wakes.contains(PollFlags::IN) {
            let _ = self.wakes.read(&mut [0; 256])?;
        }
        Ok(Heard::Input(pending()?))
    }
}

/// Whether the person wants long work to end: Esc or Ctrl-C was pressed. Other keys of that time are
/// lost, which is better than what they would do to a screen that nobody has seen yet.
pub fn is_stopped() -> bool {
    let events = pending().unwrap_or_default();
    events.iter().any(|event| match event {
        Event::Key(key) => {
            let ctrl_c = key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL);
            key.code == KeyCode::Esc || ctrl_c
        }
        _ => false,
    })
}

/// Runs what has the terminal for a while; Ctrl-C is theirs meanwhile.
pub fn undisturbed<T>(what: impl FnOnce() -> T) -> T {
    LENT.store(true, Ordering::SeqCst);
    let outcome = what();
    LENT.store(false, Ordering::SeqCst);
    outcome
}

fn pending() -> io::Result<Vec<Event>> {
    let mut events = arrived()?;
    while is_left_over()? && tell_again().is_ok() {
        let more = arrived()?;
        if more.is_empty() {
            break;
        }
        events.extend(more);
    }
    Ok(events)
}

fn arrived() -> io::Result<Vec<Event>> {
    let mut events = Vec::new();
    while event::poll(Duration::ZERO)? {
        events.push(event::read()?);
    }
    Ok(events)
}

/// Whether there is input that crossterm has not read: it takes 1,024 bytes at a time.
fn is_left_over() -> io::Result<bool> {
    let stdin = io::stdin();
    let mut waited = [PollFd::new(&stdin, PollFlags::IN)];
    let told = retry_on_intr(|| poll(&mut waited, Some(&Timespec::default())))?;
    Ok(told > 0 && waited[0].revents() == PollFlags::IN)
}

/// Has the system tell of input that waits as if it had just come. crossterm is told once, when input
/// comes, and would leave the rest of a long one until the next key (its pull request 1057). Settings that
/// are set wake whoever waits for the terminal; these are the ones that it has.
fn tell_again() -> io::Result<()> {
    let stdin = io::stdin();
    // Not while the terminal is given back on another thread.
    let _drawing = DRAWING.lock().unwrap_or_else(PoisonError::into_inner);
    if !ENTERED.load(Ordering::SeqCst) {
        return Err(io::ErrorKind::NotConnected.into());
    }
    let settings = retry_on_intr(|| tcgetattr(&stdin))?;
    Ok(retry_on_intr(|| tcsetattr(&stdin, OptionalActions::Now, &settings))?)
}

fn obey(mut signals: Signals, wake: impl Fn()) {
    for signal in signals.forever() {
        let is_theirs = LENT.load(Ordering::SeqCst) && matches!(signal, SIGINT | SIGQUIT);
        match signal {
            SIGWINCH => wake(),
            _ if is_theirs => {}
            _ => end(128 + signal),
        }
    }
}

/// Ends the process with the terminal in order. Every answer that was acknowledged is on disk.
pub fn end(code: i32) -> ! {
    thread::spawn(move || {
        thread::sleep(PATIENCE);
        process::exit(code);
    });
    leave_behind_last_frame();
    process::exit(code)
}
