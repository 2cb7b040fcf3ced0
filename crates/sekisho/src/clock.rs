//! `sekisho clock`: the server's time, which can be moved forward and never back.

use std::io::{self, ErrorKind};

use sekisho::serve::control::{self, Told, Wish};

use crate::Shell;
use crate::cli::Clock;
use crate::exit::Exit;

/// Units of time: the letter and its milliseconds.
const UNITS: [(char, u64); 5] =
    [('w', 604_800_000), ('d', 86_400_000), ('h', 3_600_000), ('m', 60_000), ('s', 1_000)];

/// The farthest that the clock is moved at once: a hundred years, in milliseconds.
const FORWARD_MS_MAX: u64 = 100 * 366 * 86_400_000;

/// Reads a span of time such as `1h30m`; as milliseconds.
pub(crate) fn forward(text: &str) -> Result<u64, String> {
    let wrong =
        || format!("`{text}` is no span of time: write it as in `90d`, `12h`, `1h30m` or `45s`");
    let (mut total, mut digits) = (0_u64, String::new());
    for letter in text.chars() {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        let unit = UNITS.iter().find(|(name, _)| *name == letter).ok_or_else(wrong)?.1;
        let count: u64 = digits.parse().map_err(|_| wrong())?;
        digits.clear();
        total =
            count.checked_mul(unit).and_then(|span| total.checked_add(span)).ok_or_else(wrong)?;
    }
    let whole = digits.is_empty() && (1..=FORWARD_MS_MAX).contains(&total);
    if whole { Ok(total) } else { Err(wrong()) }
}

/// Runs `sekisho clock`.
pub(crate) fn run(args: &Clock, shell: &mut Shell<'_>) -> io::Result<Exit> {
    let wish = Wish::AdvanceMs(args.forward.unwrap_or_default());
    match control::ask(&args.data.data, &wish) {
        Ok(Told::NowMs(now_ms)) => {
            writeln!(shell.out, "{}", sekisho_cloud::time::iso8601(now_ms))?;
            Ok(Exit::Yes)
        }
        Ok(Told::Refused(why)) => {
            writeln!(shell.err, "error: {why}")?;
            Ok(Exit::No)
        }
        Err(error) => {
            let data = args.data.data.display();
            let hint = match error.kind() {
                ErrorKind::NotFound | ErrorKind::ConnectionRefused => {
                    "; start it with `sekisho serve`, or name its folder with `--data`"
                }
                _ => "",
            };
            writeln!(shell.err, "error: no server answers in `{data}`: {error}{hint}")?;
            Ok(Exit::Unreadable)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_or_refused() {
        assert_eq!(forward("90d"), Ok(90 * 86_400_000));
        assert_eq!(forward("1h30m"), Ok(5_400_000));
        for text in ["", "0s", "d", "10", "1x", "1h30", "-1d", "99999999999999999999d", "9999999d"]
        {
            assert!(forward(text).is_err(), "{text}");
        }
    }
}
