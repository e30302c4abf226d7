//! The built program in a pseudo-terminal: what a person sees and types. Used by the tests, the bench of
//! figures and the pictures of the README.
#![allow(dead_code, reason = "each of its users needs a part of it")]

use std::{
    ffi::OsStr,
    io::{Read, Write},
    num::NonZeroU16,
    path::Path,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

const PATIENCE: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_millis(2);

/// The program, running in a terminal of its own.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    seen: Arc<Mutex<Seen>>,
    master: Box<dyn MasterPty + Send>,
}

/// What has come out of the program.
struct Seen {
    screen: vt100::Parser,
    bytes: Vec<u8>,
}

impl Terminal {
    /// Runs a program with these arguments and variables in a terminal of `(columns, rows)`.
    pub fn open(
        program: &Path,
        arguments: &[&str],
        variables: &[(&str, &OsStr)],
        (cols, rows): (u16, u16),
    ) -> Self {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8")] {
            command.env(name, value);
        }
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pty.slave.spawn_command(command).expect("it runs");
        let mut reader = pty.master.try_clone_reader().expect("a reader");
        let keys = pty.master.take_writer().expect("a writer");
        let screen = vt100::Parser::new(nonzero(rows), nonzero(cols), 0);
        let seen = Arc::new(Mutex::new(Seen { screen, bytes: Vec::new() }));
        let writer = Arc::clone(&seen);
        thread::spawn(move || {
            let mut buffer = [0; 65_536];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                let mut seen = writer.lock().expect("a screen");
                seen.screen.process(&buffer[..read]);
                seen.bytes.extend_from_slice(&buffer[..read]);
            }
        });
        Self { child, keys, seen, master: pty.master }
    }

    /// The screen as it is now.
    pub fn screen(&self) -> vt100::Screen {
        self.seen.lock().expect("a screen").screen.screen().clone()
    }

    /// The text on the screen.
    pub fn text(&self) -> String {
        self.screen().contents()
    }

    /// Every byte that the program has written so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen.lock().expect("a screen").bytes.clone()
    }

    /// Waits until a text is on the screen.
    #[track_caller]
    pub fn wait_for(&self, text: &str) {
        self.wait_until(text, |screen| screen.contains(text));
    }

    /// Waits until the screen's text is as it should be.
    #[track_caller]
    pub fn wait_until(&self, what: &str, reached: impl Fn(&str) -> bool) {
        self.wait_until_screen(what, |screen| reached(&screen.contents()));
    }

    /// Waits until the screen is as it should be.
    #[track_caller]
    pub fn wait_until_screen(&self, what: &str, reached: impl Fn(&vt100::Screen) -> bool) {
        let deadline = now() + PATIENCE;
        while !reached(&self.screen()) {
            assert!(now() < deadline, "{what} was not shown:\n{}", self.text());
            thread::sleep(POLL);
        }
    }

    /// Types.
    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("keys");
        self.keys.flush().expect("keys");
    }

    /// Changes the size to `(columns, rows)`.
    pub fn resize(&mut self, (cols, rows): (u16, u16)) {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).expect("a size");
        self.seen.lock().expect("a screen").screen.set_size(nonzero(rows), nonzero(cols));
    }

    /// The program's process.
    pub fn process(&self) -> u32 {
        self.child.process_id().expect("a process")
    }

    /// Ends the program without giving it a chance to do anything.
    pub fn kill(mut self) {
        let pid = rustix::process::Pid::from_raw(self.process() as i32).expect("a process");
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("killed");
        self.child.wait().expect("it ended");
    }

    /// Waits until the program ends.
    #[track_caller]
    pub fn ends(&mut self) -> ExitStatus {
        let deadline = now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("a process") {
                return status;
            }
            assert!(now() < deadline, "it did not end:\n{}", self.text());
            thread::sleep(POLL);
        }
    }
}

fn nonzero(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).expect("a terminal has a size")
}

#[expect(clippy::disallowed_methods, reason = "patience is measured in real time")]
fn now() -> Instant {
    Instant::now()
}
