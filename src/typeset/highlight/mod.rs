//! Colours for code, without making anybody wait: the first block of a language costs 20 to 40 ms,
//! so a thread reads the code, and until it is done the code is plain. Knows languages and roles,
//! no colours.

mod cache;
mod reader;
mod scopes;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

use self::cache::{Cache, Code, Lookup};
use self::reader::Reader;
use super::Role;

/// Code longer than this is not read: it would take a while, and is seen in part only.
const MOST_BYTES: usize = 20 * 1024;
const MOST_LINES: usize = 500;
const LONGEST_LINE: usize = 2000;

/// Finds out which role each part of a block of code plays.
pub struct Highlighter {
    way: Way,
}

enum Way {
    Never,
    AtOnce(Mutex<Reader>),
    /// What is to be read waits in the cache; `wake` says that there is something.
    InBackground {
        cache: Arc<Mutex<Cache>>,
        wake: mpsc::SyncSender<()>,
    },
}

/// The roles of the parts of one block of code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Highlighted {
    runs: Vec<Run>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    bytes: usize,
    role: Role,
}

impl Highlighter {
    /// Reads code on a thread of its own. `notify` is called there whenever a block got ready, so
    /// that the interface lays out again. Nothing is loaded before the first block is asked for.
    pub fn start(notify: impl Fn() + Send + 'static) -> Self {
        let cache = Arc::new(Mutex::new(Cache::default()));
        let (wake, wakes) = mpsc::sync_channel(1);
        let shared = Arc::clone(&cache);
        let worker = move || read_what_waits(&wakes, &shared, notify);
        match thread::Builder::new().name("highlighter".to_owned()).spawn(worker) {
            Ok(_) => Self { way: Way::InBackground { cache, wake } },
            // Without a thread to spare code stays plain, which is no reason to fail.
            Err(_) => Self::none(),
        }
    }

    /// Reads code while the caller waits.
    pub fn now() -> Self {
        Self { way: Way::AtOnce(Mutex::new(Reader::default())) }
    }

    /// Leaves all code plain.
    pub fn none() -> Self {
        Self { way: Way::Never }
    }

    /// A page is laid out from its beginning. Only so much code is read for one page; the rest of it
    /// stays plain.
    pub fn begin_page(&self) {
        match &self.way {
            Way::Never | Way::AtOnce(_) => {}
            Way::InBackground { cache, .. } => lock(cache).begin_page(),
        }
    }

    /// The roles of the parts of this code, or nothing while they are not known: because they are
    /// still being found out, or because the code is too long, too much, or its language unknown.
    pub fn highlight(&self, language: &str, code: &str) -> Option<Arc<Highlighted>> {
        if language.is_empty() || is_too_long(code) {
            return None;
        }
        match &self.way {
            Way::Never => None,
            Way::AtOnce(reader) => lock(reader).read(language, code).map(Arc::new),
            Way::InBackground { cache, wake } => match lock(cache).look_up(language, code) {
                Lookup::Known(highlighted) => highlighted,
                Lookup::Waiting | Lookup::Beyond => None,
                Lookup::New => {
                    // Full, the thread is about to look anyway. It ends only with this sender, or by
                    // a panic: then code stays plain.
                    let _ = wake.try_send(());
                    None
                }
            },
        }
    }
}

impl Highlighted {
    /// The parts of the code that this was made from, in order and without gaps.
    pub fn parts<'a>(&'a self, code: &'a str) -> impl Iterator<Item = (&'a str, Role)> {
        let mut rest = code;
        self.runs.iter().map(move |run| {
            let (part, after) = rest.split_at(run.bytes);
            rest = after;
            (part, run.role)
        })
    }

    fn push(&mut self, bytes: usize, role: Role) {
        match self.runs.last_mut() {
            Some(last) if last.role == role => last.bytes += bytes,
            _ if bytes == 0 => {}
            _ => self.runs.push(Run { bytes, role }),
        }
    }
}

fn read_what_waits(wakes: &mpsc::Receiver<()>, cache: &Mutex<Cache>, notify: impl Fn()) {
    let mut reader = Reader::default();
    let mut language = String::new();
    for () in wakes {
        while let Some(code) = waiting(cache, &language) {
            let highlighted = reader.read(&code.language, &code.text).map(Arc::new);
            if lock(cache).store(&code, highlighted) {
                notify();
            }
            language = code.language;
        }
    }
}

/// Gives the cache free at once: nobody shall wait for it while code is read.
fn waiting(cache: &Mutex<Cache>, language: &str) -> Option<Code> {
    lock(cache).waiting(language)
}

fn is_too_long(code: &str) -> bool {
    code.len() > MOST_BYTES
        || code.lines().count() > MOST_LINES
        || code.lines().any(|line| line.len() > LONGEST_LINE)
}

/// A panic elsewhere leaves at worst a missing entry behind, so the lock stays usable.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
