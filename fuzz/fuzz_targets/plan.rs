//! Any chapter imported over any other, parted by a NUL: `cargo +nightly fuzz run plan`.
#![no_main]

#[path = "../../tests/fuzz/account.rs"]
mod account;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (before, after) = text.split_once('\0').unwrap_or((&text, ""));
    account::check_plan(before, after);
});
