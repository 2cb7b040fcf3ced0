//! Only the gate makes permits: in one place, after the questions of a call are answered.

use super::Finding;
use crate::repository::Repository;

/// What makes a permit.
const MAKER: &str = concat!("granted_by", "_the_gate");

/// Where it stands, and where it is called.
const HOME: [&str; 2] =
    ["crates/sekisho-cloud/src/operation.rs", "crates/sekisho-cloud/src/gate/perform.rs"];

pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    repository.ending(".rs").flat_map(|(path, text)| of_file(path, text)).collect()
}

/// Once in each of its two files, and nowhere else.
fn of_file(path: &str, text: &str) -> Vec<Finding> {
    let allowed = usize::from(HOME.contains(&path));
    let named = text.lines().enumerate().filter(|(_, line)| line.contains(MAKER));
    let says = format!("`{MAKER}`: only `{}` may make permits, once", HOME[1]);
    named.skip(allowed).map(|(index, _)| Finding::in_line(path, index, &*says)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permit_made_elsewhere_is_found() {
        let found = |path, text: &str| check(&Repository::of(&[(path, text)])).len();
        let call = format!("Permit::{MAKER}()\n");
        assert_eq!(found(HOME[1], &call), 0);
        assert_eq!(found(HOME[1], &call.repeat(2)), 1);
        assert_eq!(found("crates/sekisho-cloud/src/services/kms/decrypt.rs", &call), 1);
    }
}
