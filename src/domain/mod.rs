//! Spaced repetition itself: questions, the review log, the schedule that follows from it, and the
//! choice of what to study. Pure: knows no file, no SQL, no terminal, no clock and no randomness;
//! time, seeds and data come in as arguments, new values go out.

pub mod question;
pub mod deck;
pub mod ids;
pub mod time;
pub mod grade;
pub mod review_log;
pub mod card;
pub mod scheduler;
pub mod rescheduling;
pub mod queue;
pub mod session;
pub mod shuffle;
pub mod search;
pub mod evaluation;
pub mod simulation;
pub mod stats;
