//! A server as a child process: started, looked at through `/proc`, ended with its value.

use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use anyhow::{Context as _, Result, bail, ensure};

/// Longer than any of the servers takes to start.
const START_MAX: Duration = Duration::from_secs(60);

/// The time of a tick in `/proc/PID/stat`: Linux tells all programs of 100 in a second.
const TICK_US: u64 = 10_000;

/// A server that runs.
pub(super) struct Server {
    child: Child,
    /// Where it listens.
    pub(super) address: SocketAddr,
}

impl Server {
    /// Starts `sekisho serve` and waits until it says that it listens.
    ///
    /// # Errors
    /// When it ends instead.
    pub(super) fn sekisho(program: &Path, data: &Path) -> Result<Self> {
        let address = free_address()?;
        let mut command = Command::new(program);
        command.arg("serve").args(["--port", &address.port().to_string()]).arg("--data").arg(data);
        let mut child = spawn(command.stdout(Stdio::piped()), program)?;
        let told = child.stdout.take().context("no output to read")?;
        let mut server = Self { child, address };
        let mut lines = BufReader::new(told).lines();
        match lines.next() {
            Some(Ok(line)) if line.starts_with("listening on ") => {
                // Read on to the end, so that the server never waits for a reader.
                thread::spawn(move || lines.for_each(drop));
                Ok(server)
            }
            _ => bail!("`{}` did not start: {:?}", program.display(), server.child.wait()?),
        }
    }

    /// Starts moto's server and waits until somebody listens.
    ///
    /// # Errors
    /// When nobody does.
    pub(super) fn moto(program: &Path) -> Result<Self> {
        let address = free_address()?;
        let mut command = Command::new(program);
        command.args(["-H", "127.0.0.1", "-p", &address.port().to_string()]);
        let child = spawn(command.stdout(Stdio::null()).stderr(Stdio::null()), program)?;
        let mut server = Self { child, address };
        let begun = Instant::now();
        while TcpStream::connect(address).is_err() {
            ensure!(begun.elapsed() < START_MAX, "moto's server does not answer");
            ensure!(server.child.try_wait()?.is_none(), "moto's server ended at once");
            thread::sleep(Duration::from_millis(20));
        }
        Ok(server)
    }

    /// The memory that it has now, in KiB.
    ///
    /// # Errors
    /// When the system does not say.
    pub(super) fn memory_kib(&self) -> Result<u64> {
        self.status("VmRSS:")
    }

    /// The most memory that it had since [`Self::forget_peak`], in KiB.
    ///
    /// # Errors
    /// When the system does not say.
    pub(super) fn peak_kib(&self) -> Result<u64> {
        self.status("VmHWM:")
    }

    /// Counts the peak of memory from now on. Source: Linux, proc(5), `/proc/PID/clear_refs`.
    ///
    /// # Errors
    /// When the system does not let us.
    pub(super) fn forget_peak(&self) -> Result<()> {
        let path = format!("/proc/{}/clear_refs", self.child.id());
        fs::write(&path, "5").with_context(|| format!("cannot write `{path}`"))
    }

    /// The processor time that it has used, in microseconds.
    ///
    /// # Errors
    /// When the system does not say.
    pub(super) fn cpu_us(&self) -> Result<u64> {
        cpu_us(&self.child.id().to_string())
    }

    fn status(&self, name: &str) -> Result<u64> {
        let path = format!("/proc/{}/status", self.child.id());
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read `{path}`"))?;
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        number.with_context(|| format!("`{path}` has no `{name}`"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The processor time of a process (`self`, or its number), in microseconds.
///
/// # Errors
/// When the system does not say.
pub(super) fn cpu_us(process: &str) -> Result<u64> {
    let path = format!("/proc/{process}/stat");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read `{path}`"))?;
    // Behind the name, which may hold anything: the 14th and 15th field are user and system time.
    let fields = text.rsplit(") ").next().unwrap_or_default().split(' ');
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Ok(ticks * TICK_US)
}

fn spawn(command: &mut Command, program: &Path) -> Result<Child> {
    let started = command.stdin(Stdio::null()).spawn();
    started.with_context(|| format!("cannot start `{}`", program.display()))
}

/// A port that nobody has now.
fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("cannot find a port")?;
    listener.local_addr().context("cannot find a port")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_processor_time_is_told() {
        let before = cpu_us("self").unwrap();
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_millis(60) {}
        assert!(cpu_us("self").unwrap() > before);
    }
}
