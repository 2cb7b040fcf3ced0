//! `sekisho explain`: one request, decided, with its reasons.

mod advice;
mod case;
mod condition;
mod human;
mod input;
pub(crate) mod json;
mod words;
