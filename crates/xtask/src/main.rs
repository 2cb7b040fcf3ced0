//! What the maintainers run: `cargo xtask TASK`. Without a task, or with `--help`, it prints the table of tasks.

mod bench_serve;
mod crash;
mod differential;
mod fuzz;
mod repository;
mod say;
mod test;
mod tidy;
mod vendor;

use anyhow::{Result, bail};
use say::say;

/// Something to run by name.
struct Task {
    name: &'static str,
    arguments: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Result<()>,
}

/// Every task there is.
const TASKS: [Task; 8] = [
    Task {
        name: "test",
        arguments: "",
        about: "run every check: format, lints, tests, docs, tidy, licences",
        run: test::run,
    },
    Task {
        name: "tidy",
        arguments: "[--fix]",
        about: "check the habits that no compiler checks (part of `test`)",
        run: tidy::run,
    },
    Task {
        name: "differential",
        arguments: "[CASES]",
        about: "compare the engine with its specification on many generated cases",
        run: differential::run,
    },
    Task {
        name: "crash",
        arguments: "[KILLS]",
        about: "kill a server again and again and hold it to what it acknowledged",
        run: crash::kill,
    },
    Task {
        name: "simulate",
        arguments: "[HISTORIES]",
        about: "run the engine through many generated histories with crashes",
        run: crash::simulate,
    },
    Task {
        name: "fuzz",
        arguments: "[SECONDS]",
        about: "fuzz each target for so long (needs nightly Rust and cargo-fuzz)",
        run: fuzz::run,
    },
    Task {
        name: "bench-serve",
        arguments: "[--quick]",
        about: "measure the server under load, beside moto's (needs Python; docs/performance.md)",
        run: bench_serve::run,
    },
    Task {
        name: "vendor",
        arguments: "[--check]",
        about: "make the vendored data files again from their pinned packages (needs npm, pip)",
        run: vendor::run,
    },
];

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = args.split_first() else { return say(table().trim_end()) };
    if ["help", "--help", "-h"].contains(&name.as_str()) {
        return say(table().trim_end());
    }
    match TASKS.iter().find(|task| task.name == name) {
        Some(task) => (task.run)(rest),
        None => bail!("there is no task `{name}`; these are the tasks:\n\n{}", table()),
    }
}

fn table() -> String {
    let row = |task: &Task| {
        let call = format!("{} {}", task.name, task.arguments);
        format!("  cargo xtask {call:<22} {}\n", task.about)
    };
    TASKS.iter().map(row).collect()
}

/// The one number that a task may be given.
fn number(args: &[String], unless_given: u64) -> Result<u64> {
    match args {
        [] => Ok(unless_given),
        [text] => text.parse().map_err(|_| anyhow::anyhow!("`{text}` is not a whole number")),
        _ => bail!("`{}` is too much: this task takes one number", args.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_every_task() {
        let table = table();
        assert_eq!(table.lines().count(), TASKS.len());
        assert!(TASKS.iter().all(|task| table.contains(task.about)));
    }

    #[test]
    fn a_task_takes_one_number() {
        let args = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(number(&args(&[]), 7).unwrap(), 7);
        assert_eq!(number(&args(&["12"]), 7).unwrap(), 12);
        assert!(number(&args(&["-1"]), 7).is_err());
        assert!(number(&args(&["1", "2"]), 7).is_err());
    }
}
