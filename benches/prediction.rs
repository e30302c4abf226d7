//! How long it takes to judge predictions and to fit parameters: `cargo bench --bench prediction`.
//!
//! Two collections are filled with the answers of a made-up person, written straight into the database, and
//! the real binary is run on them, from the start of the process to its end.
#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

#[path = "support/person.rs"]
mod person;

use std::{path::Path, time::Instant};

use person::{fill, run};

const RUNS: usize = 3;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let many = folder.path().join("many");
    fill(&many, 20_000, 1_000_000);
    measure(&many, "evaluate", "evaluate, 1,000,000 reviews");
    let fewer = folder.path().join("fewer");
    fill(&fewer, 5_000, 100_000);
    measure(&fewer, "optimize", "optimize, 100,000 reviews");
    measure(&fewer, "evaluate", "evaluate, 100,000 reviews");
}

fn measure(data: &Path, command: &str, name: &str) {
    let timed = |_| {
        let start = Instant::now();
        run(data, &[command]);
        start.elapsed()
    };
    let mut times: Vec<_> = (0..RUNS).map(timed).collect();
    times.sort_unstable();
    println!("{name:30} {:6.2} s", times[RUNS / 2].as_secs_f64());
}
