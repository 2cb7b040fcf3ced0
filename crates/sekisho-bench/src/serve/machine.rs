//! The machine on which it was measured.

use std::fmt;
use std::fs;
use std::thread;

use serde::Serialize;

/// What bears on the figures.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Machine {
    /// The processor's name.
    pub(super) processor: String,
    /// How many of them.
    pub(super) cores: usize,
    /// The version of Linux.
    pub(super) kernel: String,
    /// How busy the machine was when the measuring began: the load average of a minute.
    pub(super) load: String,
}

impl Machine {
    /// This machine, as far as it tells.
    pub(super) fn look() -> Self {
        let text = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let first = |text: String| text.split_whitespace().next().unwrap_or_default().to_owned();
        let info = text("/proc/cpuinfo");
        let named = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
        Self {
            processor: named.map_or_else(String::new, |(_, name)| name.to_owned()),
            cores: thread::available_parallelism().map_or(0, Into::into),
            kernel: first(text("/proc/sys/kernel/osrelease")),
            load: first(text("/proc/loadavg")),
        }
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { processor, cores, kernel, load } = self;
        write!(f, "{cores} cores of {processor}, Linux {kernel}, load average before: {load}.")
    }
}
