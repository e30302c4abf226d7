//! Any bytes as a chapter, in every notation: `cargo +nightly fuzz run parse`.
#![no_main]

#[path = "../../tests/fuzz/account.rs"]
mod account;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| account::check(&String::from_utf8_lossy(bytes)));
