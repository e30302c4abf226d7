//! Chapters for tests, made up as they are needed.

/// A chapter of so many questions. The right option of each begins with “right”, and stands at a
/// different letter from one question to the next.
pub fn chapter(title: &str, questions: usize) -> String {
    let head = format!("# {title}\n\n> **Topics Covered**: made up, for tests\n\n## Questions\n\n---\n\n");
    head + &(1..=questions).map(question).collect::<String>()
}

/// One question of a chapter.
pub fn question(number: usize) -> String {
    let key = number % 4;
    let option = |place: usize| {
        let letter = char::from(b'A' + place as u8);
        let word = if place == key { "right" } else { "wrong" };
        format!("{letter}) {word} thing {place} of {number}\n")
    };
    let options: String = (0..4).map(option).collect();
    let letter = char::from(b'A' + key as u8);
    format!(
        "**Q1.{number}: Basic - [Topic {number}]**\n\nWhich thing belongs to number {number}?\n\n{options}\n\
         **Answer: {letter}**\n\n**Explanation:**\nThe right thing of number {number} does.\n\n---\n\n"
    )
}
