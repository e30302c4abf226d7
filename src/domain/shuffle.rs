//! In what order things are shown. Randomness comes in as a seed; the same seed gives the same order.

use oorandom::Rand64;

use super::{
    ids::OptionId,
    question::{Question, Shuffling},
};

/// The order in which to show a question's options this time.
pub fn option_order(question: &Question, seed: u64) -> Vec<OptionId> {
    let mut order: Vec<OptionId> = question.options().iter().map(|option| option.id).collect();
    let movable = match question.shuffling {
        Shuffling::Free => order.len(),
        Shuffling::PinnedLast(pinned) => order.len().saturating_sub(usize::from(pinned)),
        Shuffling::Locked => 0,
    };
    shuffle(&mut order[..movable], seed);
    order
}

/// Brings things into an order in which each is equally likely to stand anywhere.
pub fn shuffle<T>(things: &mut [T], seed: u64) {
    let mut random = Rand64::new(u128::from(seed));
    for last in (1..things.len()).rev() {
        let place = random.rand_range(0..last as u64 + 1);
        things.swap(last, place as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flip_card_has_no_options_to_bring_into_an_order() {
        let card = Question::recall("Capital of Chad?".to_owned(), "N'Djamena".to_owned());
        let mut card = card.expect("a flip card");
        for shuffling in [Shuffling::Free, Shuffling::PinnedLast(2), Shuffling::Locked] {
            card.shuffling = shuffling;
            assert_eq!(option_order(&card, 7), []);
        }
    }
}
