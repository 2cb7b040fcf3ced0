//! Benches live in `benches/`; this crate holds what they share.
