//! Makes a case that shows something smaller, for as long as it still shows it.

use sekisho_iam::context::Context;
use sekisho_iam::document::{Document, Matcher, Statement};
use sekisho_iam::policies::{Policies, Policy};
use sekisho_iam::request::Request;

use crate::generate::Case;

/// Drops layers, policies, statements, conditions, list entries and condition keys, one at a time,
/// while the case is still `interesting`. Every step makes the case smaller, so it ends.
pub fn shrink(mut case: Case, interesting: impl Fn(&Case) -> bool) -> Case {
    while let Some(smaller) = smaller(&case).into_iter().find(&interesting) {
        case = smaller;
    }
    case
}

/// Every case with one thing less, the largest things first.
fn smaller(case: &Case) -> Vec<Case> {
    let policies = smaller_policies(&case.policies);
    let requests = smaller_requests(&case.request);
    let with_policies = |policies| Case { request: case.request.clone(), policies };
    let with_request = |request| Case { request, policies: case.policies.clone() };
    policies.into_iter().map(with_policies).chain(requests.into_iter().map(with_request)).collect()
}

/// The request with one condition key less.
fn smaller_requests(request: &Request) -> Vec<Request> {
    let without = |key: &str| {
        let mut context: Context = request.context().clone();
        context.retain(|known| known != key);
        let (caller, resource) = (request.caller().clone(), request.resource().clone());
        Request::new(caller, request.action(), resource, context).ok()
    };
    let entries = request.context().entries().iter();
    let smaller = entries.filter_map(|entry| without(&entry.lower));
    // A key that follows from the caller comes back.
    smaller.filter(|smaller| smaller != request).collect()
}

fn smaller_policies(policies: &Policies) -> Vec<Policies> {
    let mut smaller = Vec::new();
    let mut put = |change: &dyn Fn(&mut Policies)| {
        let mut changed = policies.clone();
        change(&mut changed);
        if changed != *policies {
            smaller.push(changed);
        }
    };
    put(&|all| all.boundary = None);
    put(&|all| all.session = None);
    put(&|all| all.scps.clear());
    put(&|all| all.rcps.clear());
    put(&|all| all.endpoint = None);
    put(&|all| all.resource = None);
    put(&|all| all.restrict_public_buckets = false);
    put(&|all| all.management_account = None);
    for grants in fewer(&policies.grants) {
        put(&|all| all.grants.clone_from(&grants));
    }
    for level in fewer(&policies.scps) {
        put(&|all| all.scps.clone_from(&level));
    }
    for level in fewer(&policies.rcps) {
        put(&|all| all.rcps.clone_from(&level));
    }
    for list in smaller_list(&policies.identity) {
        put(&|all| all.identity.clone_from(&list));
    }
    for list in policies.session.iter().flat_map(|list| smaller_list(list)) {
        put(&|all| all.session = Some(list.clone()));
    }
    for levels in each(&policies.scps, |level| smaller_list(level)) {
        put(&|all| all.scps.clone_from(&levels));
    }
    for levels in each(&policies.rcps, |level| smaller_list(level)) {
        put(&|all| all.rcps.clone_from(&levels));
    }
    for policy in policies.boundary.iter().flat_map(smaller_policy) {
        put(&|all| all.boundary = Some(policy.clone()));
    }
    for policy in policies.endpoint.iter().flat_map(smaller_policy) {
        put(&|all| all.endpoint = Some(policy.clone()));
    }
    for policy in policies.resource.iter().flat_map(smaller_policy) {
        put(&|all| all.resource = Some(policy.clone()));
    }
    smaller
}

fn smaller_list(list: &[Policy]) -> Vec<Vec<Policy>> {
    fewer(list).into_iter().chain(each(list, smaller_policy)).collect()
}

fn smaller_policy(policy: &Policy) -> Vec<Policy> {
    let Some(document) = &policy.document else { return Vec::new() };
    let statements = fewer(&document.statements)
        .into_iter()
        .chain(each(&document.statements, smaller_statement));
    let with = |statements| {
        let document = Some(Document { statements, ..document.clone() });
        Policy { name: policy.name.clone(), document }
    };
    statements.map(with).collect()
}

fn smaller_statement(statement: &Statement) -> Vec<Statement> {
    let same = || statement.clone();
    let conditions = fewer(&statement.conditions);
    let mut smaller: Vec<Statement> =
        conditions.into_iter().map(|conditions| Statement { conditions, ..same() }).collect();
    let values = each(&statement.conditions, |condition| {
        let values = fewer(&condition.values).into_iter().filter(|values| !values.is_empty());
        values
            .map(|values| sekisho_iam::document::Condition { values, ..condition.clone() })
            .collect()
    });
    smaller.extend(values.into_iter().map(|conditions| Statement { conditions, ..same() }));
    let actions = smaller_matcher(&statement.actions);
    smaller.extend(actions.into_iter().map(|actions| Statement { actions, ..same() }));
    for resources in statement.resources.iter().flat_map(smaller_matcher) {
        smaller.push(Statement { resources: Some(resources), ..same() });
    }
    for principals in statement.principals.iter().flat_map(smaller_matcher) {
        smaller.push(Statement { principals: Some(principals), ..same() });
    }
    smaller
}

fn smaller_matcher<T: Clone>(matcher: &Matcher<T>) -> Vec<Matcher<T>> {
    let items = fewer(&matcher.items).into_iter().filter(|items| !items.is_empty());
    items.map(|items| Matcher { items, ..matcher.clone() }).collect()
}

/// The list without one of its items.
fn fewer<T: Clone>(list: &[T]) -> Vec<Vec<T>> {
    let without = |index: usize| {
        let kept = list.iter().enumerate().filter(|(at, _)| *at != index);
        kept.map(|(_, item)| item.clone()).collect()
    };
    (0..list.len()).map(without).collect()
}

/// The list with one of its items made smaller.
fn each<T: Clone>(list: &[T], smaller: impl Fn(&T) -> Vec<T>) -> Vec<Vec<T>> {
    let with = |(index, item): (usize, &T)| -> Vec<Vec<T>> {
        let replace = |by: T| {
            let others = list.iter().enumerate();
            others.map(|(at, other)| if at == index { by.clone() } else { other.clone() }).collect()
        };
        smaller(item).into_iter().map(replace).collect()
    };
    list.iter().enumerate().flat_map(with).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::case;

    #[test]
    fn only_what_is_interesting_stays() {
        let wanted =
            |case: &Case| case.policies.identity.iter().any(|policy| policy.document.is_some());
        let seed = (0..100).find(|seed| wanted(&case(*seed))).unwrap();
        let small = shrink(case(seed), wanted);
        assert_eq!(small.policies.identity.len(), 1);
        assert!(small.policies.identity[0].document.as_ref().unwrap().statements.is_empty());
        assert_eq!(Policies { identity: Vec::new(), ..small.policies }, Policies::default());
    }
}
