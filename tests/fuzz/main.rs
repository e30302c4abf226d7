//! The importer against texts that nobody has thought of: a second's worth with `cargo test`, and as
//! many seconds as `RETAIN_FUZZ_SECONDS` says when somebody wants to know.

mod account;
mod texts;

use std::{
    env,
    time::{Duration, Instant},
};

use proptest::{
    strategy::Strategy,
    test_runner::{Config, TestRunner},
};

/// How many texts are tried between two looks at the clock.
const ROUND: u32 = 200;

/// Tries texts, at least a round of them, until the time that was asked for is over.
#[expect(clippy::disallowed_methods, reason = "how long to go on is measured")]
fn holds_for_any<S: Strategy>(texts: S, check: impl Fn(S::Value)) {
    let seconds = env::var("RETAIN_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let limit = Duration::from_secs(seconds.unwrap_or_default());
    let start = Instant::now();
    loop {
        let config = Config { cases: ROUND, failure_persistence: None, ..Config::default() };
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
