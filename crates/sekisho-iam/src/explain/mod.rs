//! The decision with its reasons: what each layer said, and for a denial the nearest miss.
//!
//! The decision itself is [`crate::decide`]'s; this walks the same compiled layers once more and
//! writes down what it meets.

mod layers;
mod near;
mod nearest;

use crate::case::Case;
use crate::compile::Layers;
use crate::decide::decide;
use crate::explanation::Explanation;
use crate::request::Request;

/// Decides a request and says why.
pub fn explain(request: &Request, layers: &Layers<'_>) -> Explanation {
    let decision = decide(request, layers);
    let case = Case::new(request, layers);
    let nearest_miss =
        if decision.is_allowed() { Vec::new() } else { nearest::nearest_miss(&case) };
    Explanation { decision, layers: layers::reports(&case, decision), nearest_miss }
}
