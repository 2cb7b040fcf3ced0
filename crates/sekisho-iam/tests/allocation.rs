//! A decision allocates nothing, whatever the policies and the request are.

use sekisho_iam::{decide, explain};
use sekisho_spec::case;

const CASES: u64 = 2_000;

#[test]
fn a_decision_allocates_nothing() {
    for seed in 0..CASES {
        let case = case(seed);
        let compiled = case.policies.compile();
        let layers = compiled.layers();
        let counted = allocation_counter::measure(|| {
            std::hint::black_box(decide(&case.request, &layers));
        });
        assert_eq!(counted.count_total, 0, "seed {seed}\n{case}");
    }
}

#[test]
fn the_counter_counts() {
    let case = case(0);
    let compiled = case.policies.compile();
    let counted = allocation_counter::measure(|| {
        std::hint::black_box(explain(&case.request, &compiled.layers()));
    });
    assert!(counted.count_total > 0, "an explanation allocates");
}
