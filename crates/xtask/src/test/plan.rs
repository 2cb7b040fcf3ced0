//! The steps of the test command, in their order.

use super::step::{Step, What};
use super::tools::Tools;

/// The bench crate compares with heavy peers: nothing that everybody has to build.
const EXCEPT_BENCH: &[&str] = &["--workspace", "--exclude", "sekisho-bench"];

/// The steps, with those left out of which the tools are missing.
pub(super) fn steps(tools: &Tools) -> Vec<Step> {
    let mut steps = format(tools);
    steps.extend(lints(tools));
    steps.extend(tools.clients.err().map(|what| missing("stories of clients", what, tools.strict)));
    steps.extend(tests(tools));
    steps.push(load());
    steps.push(docs());
    steps.push(Step { name: "tidy", what: What::Tidy });
    steps.push(licences(tools));
    steps
}

fn format(tools: &Tools) -> Vec<Step> {
    if !tools.rustfmt {
        return vec![missing("format", "rustup component add rustfmt", tools.strict)];
    }
    let fuzz = &["fmt", "--check", "--manifest-path", "fuzz/Cargo.toml"];
    vec![cargo("format", &["fmt", "--all", "--check"], &[]), cargo("format, fuzzing", fuzz, &[])]
}

fn lints(tools: &Tools) -> Vec<Step> {
    if !tools.clippy {
        return vec![missing("lints", "rustup component add clippy", tools.strict)];
    }
    let denied = &["--", "-D", "warnings"];
    let all = [&["clippy", "--all-targets"], EXCEPT_BENCH, denied].concat();
    let bench = ["clippy", "-p", "sekisho-bench", "--lib", "--bins"];
    let bench = [&bench, denied.as_slice()].concat();
    vec![cargo("lints", &all, &[]), cargo("lints, benches", &bench, &[])]
}

fn tests(tools: &Tools) -> Vec<Step> {
    let tests = |name, args: &[&'static str]| {
        let args = [args, EXCEPT_BENCH, &["--no-fail-fast"]].concat();
        Step { name, what: What::Tests { args, with_clients: tools.clients.is_ok() } }
    };
    if tools.nextest {
        vec![tests("tests", &["nextest", "run"]), tests("examples in docs", &["test", "--doc"])]
    } else {
        vec![tests("tests", &["test"])]
    }
}

/// The load generator against the server, as little as shows that both work; nothing is timed.
fn load() -> Step {
    cargo("server under load, smoke", &["xtask", "bench-serve", "--quick"], &[])
}

fn docs() -> Step {
    let args = [&["doc", "--no-deps"], EXCEPT_BENCH].concat();
    cargo("documentation", &args, &[("RUSTDOCFLAGS", "-D warnings")])
}

fn licences(tools: &Tools) -> Step {
    if tools.deny {
        cargo("licences", &["deny", "check", "bans", "licenses", "sources"], &[])
    } else {
        missing("licences", "cargo install --locked cargo-deny", false)
    }
}

fn cargo(
    name: &'static str,
    args: &[&'static str],
    env: &'static [(&'static str, &'static str)],
) -> Step {
    Step { name, what: What::Check { args: args.to_vec(), env } }
}

fn missing(name: &'static str, advice: &'static str, is_failure: bool) -> Step {
    Step { name, what: What::Missing { advice, is_failure } }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Tools = Tools {
        rustfmt: true,
        clippy: true,
        nextest: true,
        deny: true,
        clients: Ok(()),
        strict: false,
    };

    fn missing_in(tools: &Tools) -> Vec<(&'static str, bool)> {
        let steps = steps(tools).into_iter();
        let missing = steps.filter_map(|step| match step.what {
            What::Missing { is_failure, .. } => Some((step.name, is_failure)),
            _ => None,
        });
        missing.collect()
    }

    #[test]
    fn with_all_tools_every_step_runs() {
        assert_eq!(missing_in(&ALL), []);
    }

    #[test]
    fn without_tools_their_steps_are_shown_as_missing() {
        let bare = Tools {
            rustfmt: false,
            clippy: false,
            nextest: false,
            deny: false,
            clients: Err("python3"),
            strict: false,
        };
        for strict in [false, true] {
            let expected = [
                ("format", strict),
                ("lints", strict),
                ("stories of clients", strict),
                ("licences", false),
            ];
            assert_eq!(missing_in(&Tools { strict, ..bare }), expected);
        }
    }

    #[test]
    fn stories_must_run_where_their_clients_are() {
        for clients in [Ok(()), Err("python3")] {
            let told =
                steps(&Tools { clients, ..ALL }).into_iter().filter_map(|step| match step.what {
                    What::Tests { with_clients, .. } => Some(with_clients),
                    _ => None,
                });
            assert_eq!(told.collect::<Vec<_>>(), [clients.is_ok(); 2]);
        }
    }

    #[test]
    fn the_tests_run_with_either_runner() {
        for nextest in [true, false] {
            let steps = steps(&Tools { nextest, ..ALL });
            let tests = steps.iter().filter(|step| matches!(step.what, What::Tests { .. }));
            assert_eq!(tests.count(), if nextest { 2 } else { 1 });
        }
    }
}
