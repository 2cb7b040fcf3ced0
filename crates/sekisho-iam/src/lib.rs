//! What AWS IAM knows and decides.

pub mod knowledge;
