//! What is measured: decisions (`benches/`), and the server under load (`serve/`).
//!
//! What the benches decide: the article's own calls, and policies of any number of statements.
//!
//! `tests/data/article.json` of `sekisho-iam` holds the policies of the article's fragments, resolved for the accounts
//! 111111111111 (tooling) and 222222222222 (staging), and the 52 calls of its pipeline with the
//! decisions that an independent evaluator gave for them.

mod article;
mod scale;
pub mod serve;

pub use article::{Article, Case};
pub use scale::{Scale, Shape};
