//! Cases: a request and policies that are related to it.
//!
//! A policy drawn at random almost never matches, and then shows nothing. So the request comes
//! first; statements are made from it so that they match, and then bent in no to three places. One
//! number gives one case, always the same.

mod condition;
mod dice;
mod policies;
mod request;
mod show;
mod statement;
mod vocabulary;

use sekisho_iam::policies::Policies;
use sekisho_iam::request::Request;

use self::dice::Dice;

/// A request and all that bears on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Who wants what.
    pub request: Request,
    /// What bears on it.
    pub policies: Policies,
}

/// The case of a number.
pub fn case(seed: u64) -> Case {
    let mut dice = Dice::new(seed);
    loop {
        // INVARIANT: the first request is always one (a test holds this over many seeds).
        if let Ok(request) = request::request(&mut dice) {
            let policies = policies::policies(&request, &mut dice);
            return Case { request, policies };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use sekisho_iam::decision::{LayerKind, Outcome};

    use super::*;

    const SEEDS: u64 = 100_000;

    #[test]
    fn every_seed_gives_a_request_at_the_first_try_and_always_the_same() {
        for seed in 0..SEEDS {
            assert!(request::request(&mut Dice::new(seed)).is_ok(), "seed {seed}");
        }
        assert_eq!(case(7), case(7));
        assert_ne!(case(7), case(8));
    }

    #[test]
    fn outcomes_are_balanced_and_every_layer_decides_now_and_then() {
        let mut outcomes = BTreeMap::<String, u64>::new();
        let mut layers = BTreeMap::<(LayerKind, bool), u64>::new();
        for seed in 0..SEEDS {
            let case = case(seed);
            let decision = crate::decide(&case.request, &case.policies);
            *outcomes.entry(format!("{:?}", decision.outcome)).or_default() += 1;
            for layer in decision.layers.iter() {
                *layers.entry((layer, decision.is_allowed())).or_default() += 1;
            }
        }
        let distribution = format!("{outcomes:#?}\n{layers:#?}");
        for outcome in [Outcome::Allowed, Outcome::ImplicitlyDenied, Outcome::ExplicitlyDenied] {
            let count = outcomes.get(&format!("{outcome:?}")).copied().unwrap_or_default();
            assert!(count * 100 >= SEEDS * 15, "{outcome:?} is rare: {distribution}");
        }
        for layer in LayerKind::ALL {
            let count = |allowed| layers.get(&(layer, allowed)).copied().unwrap_or_default();
            let decides = count(true) + count(false);
            assert!(decides * 1000 >= SEEDS * 2, "{layer:?} is rare: {distribution}");
        }
    }
}
