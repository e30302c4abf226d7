//! `retain replay` from outside: lines of answers in, lines of schedules out.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    process::{Command, Output, Stdio},
};

use proptest::prelude::*;
use retain::domain::{
    grade::Grade,
    scheduler::{Quality, Schedule, Scheduler, sm2::Sm2},
    time::{Days, StudyDay},
};
use serde_json::{Value, json};

fn replay(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retain"));
    command.arg("replay").args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn output(arguments: &[&str], input: &str) -> Output {
    let mut child = replay(arguments).spawn().expect("it runs");
    // One that has already ended reads nothing more.
    let _ = child.stdin.take().expect("a stream").write_all(input.as_bytes());
    child.wait_with_output().expect("it ends")
}

fn lines(bytes: &[u8]) -> Vec<String> {
    String::from_utf8(bytes.to_vec()).expect("UTF-8").lines().map(str::to_owned).collect()
}

#[track_caller]
fn rows(arguments: &[&str], input: &str) -> Vec<Value> {
    let output = output(arguments, input);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    lines(&output.stdout).iter().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The intervals that these answers, each on its due day, bring.
#[track_caller]
fn check(arguments: &[&str], qualities: &[u8], intervals: &[u32]) {
    let mut day = 0;
    let mut input = String::new();
    for (quality, interval) in qualities.iter().zip(intervals) {
        input.push_str(&json!({ "card": "x", "day": day, "quality": quality }).to_string());
        input.push('\n');
        day += interval;
    }
    let promised: Vec<Value> = rows(arguments, &input).iter().map(|row| row["interval"].clone()).collect();
    assert_eq!(promised, intervals, "{arguments:?}");
}

#[test]
fn each_answer_is_answered_with_what_sm2_makes_of_it() {
    let input = "{\"card\": \"x\", \"day\": 3, \"grade\": \"easy\"}\n\n\
                 {\"grade\": \"again\", \"day\": 4, \"card\": \"x\", \"took_ms\": 12}";
    let out = output(&[], input).stdout;
    assert_eq!(
        lines(&out),
        [
            r#"{"card":"x","day":3,"interval":1,"due":4,"ease":2.60,"repetitions":1,"lapses":0,"drill":false}"#,
            r#"{"card":"x","day":4,"interval":1,"due":5,"ease":2.60,"repetitions":0,"lapses":1,"drill":true}"#,
        ]
    );
}

#[test]
fn each_answer_is_answered_with_what_fsrs_makes_of_it() {
    let input = "{\"card\": \"x\", \"day\": 0, \"grade\": \"good\"}\n{\"card\": \"x\", \"day\": 2, \"grade\": \"good\"}";
    let rows = rows(&["--scheduler", "fsrs", "--no-fuzz"], input);
    assert_eq!((&rows[0]["interval"], &rows[0]["retrievability"]), (&json!(2), &Value::Null));
    assert_eq!(rows[0]["stability"], json!(2.3065));
    assert_eq!((&rows[1]["interval"], &rows[1]["due"]), (&json!(11), &json!(13)));
    let names: Vec<&String> = rows[1].as_object().expect("an object").keys().collect();
    assert_eq!(names, ["card", "day", "interval", "due", "stability", "difficulty", "retrievability"]);
}

#[test]
fn each_scheduler_and_setting_can_be_asked() {
    check(&[], &[5, 5, 4, 4, 5, 3], &[1, 6, 17, 46, 125, 350]);
    check(&["--scheduler", "sm2-program"], &[5, 5, 4, 4, 5, 3], &[1, 6, 16, 43, 116, 325]);
    check(&["--scheduler", "sm2-program"], &[4, 4, 4, 0, 4, 4, 4], &[1, 6, 15, 1, 1, 6, 10]);
    check(&["--scheduler", "fsrs", "--no-fuzz"], &[4, 4, 4, 2, 4], &[2, 11, 46, 3, 8]);
    check(&["--scheduler", "fsrs", "--no-fuzz", "--retention", "0.7"], &[4, 4, 4], &[21, 310, 3002]);
    let late = "{\"card\":\"x\",\"day\":0,\"quality\":4}\n{\"card\":\"x\",\"day\":1,\"quality\":4}\n\
                {\"card\":\"x\",\"day\":11,\"quality\":4}";
    assert_eq!(rows(&[], late)[2]["interval"], 15);
    assert_eq!(rows(&["--late-credit"], late)[2]["interval"], 25);
}

#[test]
fn parameters_come_as_numbers_or_in_a_file() {
    const NUMBERS: &str = "1,2,3,4,5,1,1,0.01,1.5,0.1,1,1.5,0.1,0.3,1.5,0.5,2,0.5,0.1,0.1,0.2";
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("parameters");
    fs::write(&file, format!("[{}]\n", NUMBERS.replace(',', ",\n  "))).expect("a file");
    let answer = "{\"card\": \"x\", \"day\": 0, \"grade\": \"good\"}";
    let with = |parameters| rows(&["--scheduler", "fsrs", "--parameters", parameters], answer);
    assert_eq!(with(NUMBERS)[0]["stability"], 3.0);
    let file = file.to_str().expect("UTF-8");
    assert_eq!(with(NUMBERS), with(file));

    // The file that `retain optimize` keeps: what is for everything counts before what is for a deck.
    let kept = |scope, first| {
        let numbers = NUMBERS.replacen("1,2,3", first, 1);
        format!(
            "[[fitted]]\n{scope}through = \"2026-11-20\"\nfitted_to = 700\njudged_on = 300\nlambda = 1.0\n\
             log_loss_default = 0.3\nlog_loss = 0.2\nparameters = [{numbers}]\n"
        )
    };
    let (first, second) = (kept("deck = 1\n", "1,2,2.5"), kept("deck = 2\n", "1,2,2.75"));
    fs::write(file, format!("{first}{}", kept("", "1,2,3.5"))).expect("a file");
    assert_eq!(with(file)[0]["stability"], 3.5);
    fs::write(file, &first).expect("a file");
    assert_eq!(with(file)[0]["stability"], 2.5);
    fs::write(file, format!("{first}{second}")).expect("a file");
    let output = output(&["--scheduler", "fsrs", "--parameters", file], answer);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("give the numbers of one of its decks"), "{told}");
}

#[test]
fn days_may_be_dates_and_then_due_is_one_too() {
    let input = "{\"card\": \"x\", \"day\": \"2028-02-28\", \"grade\": \"good\"}\n\
                 {\"card\": \"x\", \"day\": \"2028-02-29\", \"grade\": \"good\"}";
    let rows = rows(&[], input);
    assert_eq!((&rows[0]["day"], &rows[0]["due"]), (&json!("2028-02-28"), &json!("2028-02-29")));
    assert_eq!(rows[1]["due"], "2028-03-06");
}

#[test]
fn a_name_that_could_harm_a_terminal_comes_back_escaped() {
    let out =
        output(&[], "{\"card\": \"a\u{9b}\\u001b\\\"\u{202e}é\", \"day\": 1, \"grade\": \"good\"}").stdout;
    assert!(lines(&out)[0].starts_with(r#"{"card":"a\u009b\u001b\"\u202eé","#), "{}", lines(&out)[0]);
}

#[test]
fn fuzz_is_the_same_each_time_and_can_be_left_out() {
    let input: String = (0..60)
        .flat_map(|card| {
            [0, 100].map(|day| format!("{{\"card\":\"{card}\",\"day\":{day},\"grade\":\"easy\"}}\n"))
        })
        .collect();
    let intervals = |arguments: &[&str]| -> Vec<Value> {
        rows(arguments, &input).iter().skip(1).step_by(2).map(|row| row["interval"].clone()).collect()
    };
    let fuzzed = intervals(&["--scheduler", "fsrs"]);
    assert_eq!(fuzzed, intervals(&["--scheduler", "fsrs"]));
    assert!(fuzzed.iter().any(|interval| *interval != fuzzed[0]));
    let plain = intervals(&["--scheduler", "fsrs", "--no-fuzz"]);
    assert!(plain.iter().all(|interval| *interval == plain[0]));
    assert!(intervals(&[]).iter().all(|interval| *interval == 6));
    assert!(intervals(&["--fuzz"]).iter().any(|interval| *interval != 6));
}

#[test]
fn a_line_that_makes_no_sense_is_named_and_those_before_it_are_answered() {
    let mistakes = [
        ("{\"card\": \"x\", \"day\": 2, \"grade\": \"maybe\"}", "“maybe” is no grade"),
        ("{\"card\": \"x\", \"day\": 2, \"quality\": 6}", "6 is no quality"),
        ("{\"card\": \"x\", \"day\": 2, \"quality\": -1}", "a whole number from 0 to 5"),
        ("{\"card\": \"x\", \"day\": 2}", "neither a grade nor a quality"),
        ("{\"card\": \"x\", \"day\": 2, \"grade\": \"good\", \"quality\": 4}", "both"),
        ("{\"card\": \"x\", \"grade\": \"good\"}", "missing field `day`"),
        ("{\"day\": 2, \"grade\": \"good\"}", "missing field `card`"),
        ("{\"card\": \"x\", \"day\": 0, \"grade\": \"good\"}", "day 1 already, and this is day 0"),
        ("{\"card\": \"x\", \"day\": 2.5, \"grade\": \"good\"}", "a whole number, or a date"),
        ("{\"card\": \"x\", \"day\": \"2026-02-30\", \"grade\": \"good\"}", "no date"),
        ("{\"card\": \"x\", \"day\": 9999999999, \"grade\": \"good\"}", "too far away"),
        ("{\"card\": \"y\", \"day\": \"2026-02-28\", \"grade\": \"good\"}", "numbers for all days, or dates"),
        ("{\"card\": \"x\", \"day\": 2, \"grade\": \"good\"", "broken JSON"),
        ("[\"x\", 2, \"good\"]", "no JSON object"),
        ("\u{0}", "no JSON object"),
    ];
    for (line, words) in mistakes {
        let output = output(&[], &format!("{{\"card\": \"x\", \"day\": 1, \"grade\": \"good\"}}\n{line}\n"));
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{line}: {told}");
        assert_eq!(lines(&output.stdout).len(), 1, "{line}");
        assert!(told.contains("standard input, line 2: ") && told.contains(words), "{line}: {told}");
    }
}

#[test]
fn a_byte_order_mark_before_the_first_line_is_no_part_of_it() {
    let input = "\u{feff}{\"card\": \"x\", \"day\": 1, \"grade\": \"good\"}\r\n";
    assert_eq!(rows(&[], input)[0]["due"], 2);
}

#[test]
fn a_file_is_named_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("answers.jsonl");
    fs::write(&file, "\n{}\n").expect("a file");
    let output = output(&[file.to_str().expect("UTF-8")], "");
    assert!(
        String::from_utf8_lossy(&output.stderr)
            .contains("answers.jsonl, line 2: column 2: missing field `card`")
    );
}

#[test]
fn settings_that_cannot_be_meant_are_a_matter_of_usage() {
    let wrong = [
        ["--scheduler", "fsrs", "--retention", "1.0"],
        ["--scheduler", "fsrs", "--retention", "NaN"],
        ["--scheduler", "fsrs", "--parameters", "1,2,3"],
        ["--scheduler", "sm2", "--retention", "0.9"],
        ["--scheduler", "fsrs", "--late-credit", "-"],
        ["--scheduler", "sm17", "--no-fuzz", "-"],
    ];
    for arguments in wrong {
        let output = output(&arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn whoever_writes_a_line_and_waits_gets_its_answer() {
    let mut child = replay(&[]).spawn().expect("it runs");
    let mut input = child.stdin.take().expect("a stream");
    let mut output = BufReader::new(child.stdout.take().expect("a stream"));
    for day in [1, 2, 8] {
        writeln!(input, "{{\"card\": \"x\", \"day\": {day}, \"grade\": \"good\"}}").expect("read");
        let mut row = String::new();
        output.read_line(&mut row).expect("an answer");
        assert!(row.contains(&format!("\"day\":{day}")), "{row}");
    }
    drop(input);
    assert!(child.wait().expect("it ends").success());
}

fn any_answers() -> impl Strategy<Value = Vec<(u8, u32, u8)>> {
    prop::collection::vec((0u8..4, prop_oneof![Just(0u32), 1u32..40], 0u8..6), 1..120)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Cards that are answered in turns do not get in each other's way.
    #[test]
    fn replaying_many_cards_is_the_same_as_taking_the_steps_of_each(answers in any_answers(), program: bool) {
        let (name, sm2) = if program { ("sm2-program", Sm2::PROGRAM) } else { ("sm2", Sm2::TEXT) };
        let mut day = StudyDay(0);
        let (mut input, mut expected) = (String::new(), Vec::new());
        let mut cards: [Option<Schedule>; 4] = [None; 4];
        for (card, later, number) in answers {
            day = day.plus(Days(later));
            let quality = Quality::from_number(number.into()).expect("a quality");
            let given = match quality {
                Quality::Blackout | Quality::Remembered => json!({ "quality": number }),
                Quality::NearlyKnown => json!({ "grade": Grade::Again.word() }),
                Quality::WithDifficulty => json!({ "grade": Grade::Hard.word() }),
                Quality::Hesitating => json!({ "grade": Grade::Good.word() }),
                Quality::Perfect => json!({ "grade": Grade::Easy.word() }),
            };
            let mut line = json!({ "card": card.to_string(), "day": day.0 });
            line.as_object_mut().expect("an object").extend(given.as_object().expect("an object").clone());
            input.push_str(&format!("{line}\n"));
            let schedule = &mut cards[usize::from(card)];
            let after = Scheduler::Sm2(sm2).after(schedule.as_ref(), quality, day);
            *schedule = Some(after);
            expected.push((after.interval.0, after.due.0, after.repetitions, after.lapses, after.is_drilled(day)));
        }
        let number = |row: &Value, name: &str| row[name].as_i64().expect("a number");
        let replayed: Vec<_> = rows(&["--scheduler", name], &input).iter().map(|row| (
            number(row, "interval") as u32,
            number(row, "due") as i32,
            number(row, "repetitions") as u32,
            number(row, "lapses") as u32,
            row["drill"].as_bool().expect("a word"),
        )).collect();
        prop_assert_eq!(replayed, expected);
    }
}
