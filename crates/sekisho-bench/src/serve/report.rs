//! What is printed: the tables of `docs/performance.md`, or the same as JSON.

use std::fmt::Write as _;

use serde::Serialize;

use super::large::Moved;
use super::load::Measured;
use super::machine::Machine;
use super::parts::{Part, Parts};
use super::start::Starts;

/// All that was measured.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Report {
    /// Where.
    pub(super) machine: Machine,
    /// Cold starts.
    pub(super) starts: Vec<Starts>,
    /// Rates.
    pub(super) rates: Vec<Rate>,
    /// The memory of the server when the load was over, in KiB.
    pub(super) loaded_kib: Option<u64>,
    /// Large objects.
    pub(super) large: Vec<Moved>,
    /// The size of the large object, in MiB.
    pub(super) large_mib: usize,
    /// What the parts of a call cost.
    pub(super) parts: Parts,
}

/// An operation under load.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Rate {
    /// Its name.
    pub(super) operation: &'static str,
    /// Over so many connections at once.
    pub(super) connections: usize,
    /// Of `sekisho serve`.
    pub(super) sekisho: Measured,
    /// Of moto's server, if it was measured.
    pub(super) moto: Option<Measured>,
}

impl Report {
    /// The tables.
    pub(super) fn markdown(&self) -> String {
        let mut text = format!("{}\n", self.machine);
        for table in [self.starts(), self.rates(), self.large(), self.parts()] {
            if !table.is_empty() {
                text += "\n";
                text += &table;
            }
        }
        text
    }

    fn starts(&self) -> String {
        let mut text = String::new();
        if self.starts.is_empty() {
            return text;
        }
        text += "| cold start | to the first answer | slowest | idle memory |\n|---|---|---|---|\n";
        for Starts { folder, median_ms, slowest_ms, idle_kib } in &self.starts {
            let idle = mib(*idle_kib);
            line(&mut text, &format!("{folder} | {median_ms:.1} ms | {slowest_ms:.1} ms | {idle}"));
        }
        text
    }

    fn rates(&self) -> String {
        let mut text = String::new();
        if self.rates.is_empty() {
            return text;
        }
        text += "| call | connections | calls a second | half within | 99 % within | processor time a call | moto | times moto |\n";
        text += "|---|---|---|---|---|---|---|---|\n";
        for Rate { operation, connections, sekisho, moto } in &self.rates {
            let Measured { rate, p50_us, p99_us, server_cpu_us, .. } = sekisho;
            let peer = moto.as_ref().map_or("- | -".to_owned(), |moto| {
                format!("{:.0} | {:.1}", moto.rate, rate / moto.rate)
            });
            let (half, most) = (ms(*p50_us), ms(*p99_us));
            line(
                &mut text,
                &format!(
                    "{operation} | {connections} | {rate:.0} | {half} | {most} | {server_cpu_us:.0} µs | {peer}"
                ),
            );
        }
        if let Some(kib) = self.loaded_kib {
            text += &format!("\nMemory after this load: {}.\n", mib(kib));
        }
        text
    }

    fn large(&self) -> String {
        let mut text = String::new();
        let alone = |what: &str| self.large.iter().find(|one| one.what.ends_with(what));
        let (Some(memory), Some(file)) = (alone("in memory"), alone("with fsync")) else {
            return text;
        };
        // Writing into a text cannot fail.
        let _ = writeln!(
            text,
            "| {} MiB | MB/s | of sealing to a file | of sealing in memory | memory above idle | server's processor time |",
            self.large_mib
        );
        text += "|---|---|---|---|---|---|\n";
        for one in &self.large {
            let of = |alone: &Moved| format!("{:.0} %", 100.0 * one.mb_s / alone.mb_s);
            let (above, cpu) = if one.what.starts_with("sealing") {
                ("-".to_owned(), "-".to_owned())
            } else {
                (mib(one.above_idle_kib), format!("{:.2} s", one.server_cpu_s))
            };
            let (what, mb_s) = (one.what, one.mb_s);
            let (file, memory) = (of(file), of(memory));
            line(&mut text, &format!("{what} | {mb_s:.0} | {file} | {memory} | {above} | {cpu}"));
        }
        text
    }

    fn parts(&self) -> String {
        let mut text = String::new();
        let Parts { operations, of_calls, alone } = &self.parts;
        if operations.is_empty() {
            return text;
        }
        line(&mut text, &format!("part of a call | {}", operations.join(" | ")));
        text += &format!("|{}\n", "---|".repeat(operations.len() + 1));
        for part in of_calls {
            line(&mut text, &part.cells());
        }
        text += "\n| alone | time |\n|---|---|\n";
        for part in alone {
            line(&mut text, &part.cells());
        }
        text
    }
}

impl Part {
    fn cells(&self) -> String {
        let times = self.ns.iter().map(|ns| format!("{}.{} µs", ns / 1000, ns % 1000 / 100));
        format!("{} | {}", self.name, times.collect::<Vec<_>>().join(" | "))
    }
}

fn line(text: &mut String, cells: &str) {
    // Writing into a text cannot fail.
    let _ = writeln!(text, "| {cells} |");
}

fn mib(kib: u64) -> String {
    format!("{}.{} MiB", kib / 1024, kib % 1024 * 10 / 1024)
}

fn ms(us: u32) -> String {
    format!("{:.2} ms", f64::from(us) / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_of_the_same_run() {
        let measured = |rate| Measured {
            rate,
            p50_us: 1500,
            p99_us: 9000,
            server_cpu_us: 50.0,
            generator_cpu_us: 9.0,
        };
        let rate = Rate {
            operation: "GetRole",
            connections: 16,
            sekisho: measured(9000.0),
            moto: Some(measured(300.0)),
        };
        let report = Report {
            machine: Machine::default(),
            starts: Vec::new(),
            rates: vec![rate],
            loaded_kib: Some(2560),
            large: Vec::new(),
            large_mib: 1024,
            parts: Parts::default(),
        };
        let text = report.markdown();
        let wanted = "| GetRole | 16 | 9000 | 1.50 ms | 9.00 ms | 50 µs | 300 | 30.0 |";
        assert!(text.contains(wanted), "{text}");
        assert!(text.contains("after this load: 2.5 MiB"), "{text}");
    }
}
