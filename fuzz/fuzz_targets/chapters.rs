//! Any bytes as a chapter in every notation, and one imported over the other where a NUL parts two:
//! `cargo +nightly fuzz run chapters`.
#![no_main]

#[path = "../../tests/fuzz/account.rs"]
mod account;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    account::check(&text);
    let (before, after) = text.split_once('\0').unwrap_or((&text, ""));
    account::check_plan(before, after);
});
