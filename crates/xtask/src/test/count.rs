//! How many passed and failed, read from what the test runners print.

use std::fmt;

/// Tests or checks that ran.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) passed: usize,
    pub(super) failed: usize,
}

impl Count {
    pub(super) const PASSED: Self = Self { passed: 1, failed: 0 };
    pub(super) const FAILED: Self = Self { passed: 0, failed: 1 };

    pub(super) fn and(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }

    /// What a run of tests comes to. One that failed without a failing test (it did not compile)
    /// counts as a failure.
    pub(super) fn of_tests(output: &str, succeeded: bool) -> Self {
        let sum = |summary: fn(&str) -> Option<&str>| {
            let counts = output.lines().map(str::trim).filter_map(summary).map(of_line);
            counts.reduce(Self::and)
        };
        // nextest shows the output of tests that failed, with the summary of libtest in it.
        let count = sum(nextest).or_else(|| sum(libtest)).unwrap_or_default();
        if !succeeded && count.failed == 0 { count.and(Self::FAILED) } else { count }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// The counts in a summary of `cargo test`:
/// `test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out`.
fn libtest(line: &str) -> Option<&str> {
    line.strip_prefix("test result: ")?.split_once(". ").map(|(_, counts)| counts)
}

/// The counts in a summary of nextest:
/// `Summary [   0.9s] 10/12 tests run: 9 passed (1 slow), 1 failed, 2 timed out, 3 skipped`.
fn nextest(line: &str) -> Option<&str> {
    line.strip_prefix("Summary [")?.split_once(" run: ").map(|(_, counts)| counts)
}

fn of_line(counts: &str) -> Count {
    let mut count = Count::default();
    for part in counts.split([',', ';']) {
        let mut words = part.split_whitespace();
        let Some(number) = words.next().and_then(|word| word.parse::<usize>().ok()) else {
            continue;
        };
        match words.next() {
            Some("passed") => count.passed += number,
            // nextest tells apart how a test failed: `2 timed out`, `1 exec failed`.
            Some("failed" | "timed" | "exec") => count.failed += number,
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runners_are_understood() {
        let count = |passed, failed| Count { passed, failed };
        for (output, expected) in [
            ("running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured", (2, 0)),
            (
                "test result: FAILED. 3 passed; 1 failed; 2 ignored\ntest result: ok. 4 passed",
                (7, 1),
            ),
            ("     Summary [   0.011s] 5 tests run: 5 passed, 0 skipped", (5, 0)),
            ("     Summary [   0.011s] 1 test run: 1 passed (1 slow), 0 skipped", (1, 0)),
            (
                "Summary [ 1.0s] 9/9 tests run: 4 passed (1 slow, 1 flaky), 2 failed, 2 timed out, 1 exec failed, 3 skipped",
                (4, 5),
            ),
            (
                "test result: FAILED. 0 passed; 1 failed;\nSummary [ 1s] 3 tests run: 2 passed, 1 failed",
                (2, 1),
            ),
            ("9 passed; this is no summary", (0, 0)),
        ] {
            let (passed, failed) = expected;
            assert_eq!(Count::of_tests(output, true), count(passed, failed), "{output}");
        }
    }

    #[test]
    fn a_run_that_did_not_compile_is_a_failure() {
        assert_eq!(Count::of_tests("error: no", false), Count::FAILED);
        let seen = Count::of_tests("test result: FAILED. 3 passed; 1 failed;", false);
        assert_eq!(seen, Count { passed: 3, failed: 1 });
    }
}
