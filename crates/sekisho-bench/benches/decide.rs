//! Decisions per second: `cargo bench` (figures and what they mean: `docs/performance.md`).
//!
//! Each bench decides in turn all requests of its set; the throughput that is printed is decisions
//! a second on one core. Cedar decides the same question in its own language: a set of permits of
//! one action on one resource each.

use cedar_policy::{
    Authorizer, Context as CedarContext, Decision as CedarDecision, Entities, EntityUid, PolicySet,
    Request as CedarRequest,
};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use sekisho_bench::{Article, Scale, Shape};
use sekisho_iam::{decide, explain};

#[global_allocator]
static ALLOCATIONS: divan::AllocProfiler = divan::AllocProfiler::system();

const STATEMENTS: [usize; 4] = [10, 100, 1_000, 10_000];

fn main() {
    divan::main();
}

/// The 52 calls of the article's pipeline, against its own policies.
#[divan::bench]
fn article(bencher: Bencher<'_, '_>) {
    let article = Article::read().expect("the committed data is sound");
    bencher.counter(ItemsCount::new(article.cases.len())).bench_local(|| {
        article
            .cases
            .iter()
            .filter(|case| decide(black_box(&case.request), &case.policies.layers()).is_allowed())
            .count()
    });
}

/// The same with reasons and nearest misses.
#[divan::bench]
fn article_with_reasons(bencher: Bencher<'_, '_>) {
    let article = Article::read().expect("the committed data is sound");
    bencher.counter(ItemsCount::new(article.cases.len())).bench_local(|| {
        for case in &article.cases {
            black_box(explain(black_box(&case.request), &case.policies.layers()));
        }
    });
}

/// Reading and compiling the policies of those calls from their JSON text, as when one is written.
#[divan::bench]
fn article_read_and_compile(bencher: Bencher<'_, '_>) {
    let cases = Article::read().expect("the committed data is sound").cases.len();
    bencher.counter(ItemsCount::new(cases)).bench_local(Article::read);
}

#[divan::bench(args = STATEMENTS)]
fn distinct_actions(bencher: Bencher<'_, '_>, statements: usize) {
    scale(bencher, Shape::Actions, statements);
}

#[divan::bench(args = STATEMENTS)]
fn one_action_distinct_resources(bencher: Bencher<'_, '_>, statements: usize) {
    scale(bencher, Shape::Resources, statements);
}

#[divan::bench(args = STATEMENTS)]
fn wildcards_and_a_condition(bencher: Bencher<'_, '_>, statements: usize) {
    scale(bencher, Shape::Wildcards, statements);
}

fn scale(bencher: Bencher<'_, '_>, shape: Shape, statements: usize) {
    let scale = Scale::new(shape, statements).expect("the generated policies are sound");
    let layers = scale.policies.layers();
    let allowed = scale.requests.iter().filter(|request| decide(request, &layers).is_allowed());
    assert_eq!(allowed.count(), scale.requests.len() / 2, "every other request is allowed");
    bencher.counter(ItemsCount::new(scale.requests.len())).bench_local(|| {
        scale
            .requests
            .iter()
            .filter(|request| decide(black_box(request), &layers).is_allowed())
            .count()
    });
}

/// The peer: `distinct_actions` in Cedar.
#[divan::bench(args = STATEMENTS, sample_count = 10, sample_size = 1)]
fn peer_cedar(bencher: Bencher<'_, '_>, statements: usize) {
    let permit = |n: usize| {
        let (action, resource) = Shape::Actions.call(n);
        format!(
            r#"permit(principal == User::"build", action == Action::"{action}", resource == Object::"{resource}");"#
        )
    };
    let policies: String = (0..statements).map(permit).collect();
    let policies: PolicySet = policies.parse().expect("the generated policies are sound");
    let uid = |text: String| -> EntityUid { text.parse().expect("the generated names are sound") };
    let requests: Vec<_> = (0..8)
        .map(|nth| {
            let n = nth * statements / 8 + if nth % 2 == 0 { 0 } else { statements };
            let (action, resource) = Shape::Actions.call(n);
            CedarRequest::new(
                uid(r#"User::"build""#.into()),
                uid(format!(r#"Action::"{action}""#)),
                uid(format!(r#"Object::"{resource}""#)),
                CedarContext::empty(),
                None,
            )
            .expect("no schema")
        })
        .collect();
    let (authorizer, entities) = (Authorizer::new(), Entities::empty());
    bencher.counter(ItemsCount::new(requests.len())).bench_local(|| {
        requests
            .iter()
            .filter(|request| {
                authorizer.is_authorized(request, &policies, &entities).decision()
                    == CedarDecision::Allow
            })
            .count()
    });
}
