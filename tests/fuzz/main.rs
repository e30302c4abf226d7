//! The importer against texts that nobody has thought of: a second's worth with `cargo test`, and as
//! many seconds as `RETAIN_FUZZ_SECONDS` says when somebody wants to know. `RETAIN_FUZZ_SEED` makes a run
//! repeatable.

mod account;
mod texts;

use std::{
    env,
    time::{Duration, Instant},
};

use proptest::{
    strategy::Strategy,
    test_runner::{Config, RngSeed, TestRunner},
};

/// How many texts are tried between two looks at the clock.
const ROUND: u32 = 200;

/// Tries texts, at least a round of them, until the time that was asked for is over.
#[expect(clippy::disallowed_methods, reason = "how long to go on is measured")]
fn holds_for_any<S: Strategy>(texts: S, check: impl Fn(S::Value)) {
    let number = |name| env::var(name).ok().and_then(|number| number.parse::<u64>().ok());
    let limit = Duration::from_secs(number("RETAIN_FUZZ_SECONDS").unwrap_or_default());
    let seed = number("RETAIN_FUZZ_SEED");
    let start = Instant::now();
    for round in 0.. {
        let rng_seed = seed.map_or(RngSeed::Random, |seed| RngSeed::Fixed(seed.wrapping_add(round)));
        let config = Config { cases: ROUND, failure_persistence: None, rng_seed, ..Config::default() };
        let outcome = TestRunner::new(config).run(&texts, |text| {
            check(text);
            Ok(())
        });
        if let Err(failure) = outcome {
            panic!("{failure}");
        }
        if start.elapsed() >= limit {
            return;
        }
    }
}

#[test]
fn any_text_is_accounted_for_in_every_notation() {
    holds_for_any(texts::text(), |text| account::check(&text));
}

#[test]
fn any_text_over_any_other_is_a_plan_that_adds_up() {
    holds_for_any(texts::text_and_edit(), |(before, after)| account::check_plan(&before, &after));
}
