//! How the program ends: the one list of exit codes, from which the help is made.

use std::process::ExitCode;

/// The exit codes of every command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Exit {
    /// The answer is yes: allowed, or nothing wrong.
    Yes = 0,
    /// The answer is no: denied, or something is wrong.
    No = 1,
    /// The command line could not be understood. Clap ends the program with this code itself.
    Usage = 2,
    /// Something could not be read (or the answer could not be written), so there is no answer.
    Unreadable = 3,
}

impl Exit {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Yes, Self::No, Self::Usage, Self::Unreadable];

    /// What it means, in the words of the help.
    fn meaning(self) -> &'static str {
        match self {
            Self::Yes => {
                "allowed (explain), no errors found (policy validate), whole (journal verify), or done"
            }
            Self::No => {
                "denied (explain), errors found (policy validate), or altered (journal verify)"
            }
            Self::Usage => "the command line is wrong",
            Self::Unreadable => {
                "the input could not be read (no request or policy that AWS would take, no data \
                 folder), or the server could not be started or reached"
            }
        }
    }

    /// The section of the help that lists them.
    pub(crate) fn help() -> String {
        let line = |exit: Self| format!("\n  {}  {}", exit as u8, exit.meaning());
        format!("Exit codes:{}", Self::ALL.map(line).concat())
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_every_code_in_order() {
        let help = Exit::help();
        let codes: Vec<&str> =
            help.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
        assert_eq!(codes, ["0", "1", "2", "3"]);
    }
}
