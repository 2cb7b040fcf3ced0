//! Words that many messages share.

use sekisho_tree::excerpt;

/// The most characters of a value that a message repeats.
const SHOWN_CHARS_MAX: usize = 80;

/// How many names a message lists before it only counts.
const LISTED_MAX: usize = 4;

/// The beginning of what somebody wrote, in one line.
pub(super) fn shown(text: &str) -> String {
    excerpt(text, SHOWN_CHARS_MAX)
}

/// "`a`, `b` and `c`", or "`a`, `b`, `c`, `d` and 7 more".
pub(super) fn listed<S: AsRef<str>>(names: &[S]) -> String {
    joined(names, "and")
}

/// "did you mean `a` or `b`?", or what to say where nothing is near.
pub(super) fn did_you_mean<S: AsRef<str>>(names: &[S], otherwise: &str) -> String {
    match names {
        [] => otherwise.to_owned(),
        names => format!("did you mean {}?", joined(names, "or")),
    }
}

fn joined<S: AsRef<str>>(names: &[S], word: &str) -> String {
    let quoted: Vec<String> =
        names.iter().take(LISTED_MAX).map(|name| format!("`{}`", shown(name.as_ref()))).collect();
    let more = names.len().saturating_sub(LISTED_MAX);
    match quoted.split_last() {
        _ if more > 0 => format!("{} {word} {more} more", quoted.join(", ")),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {word} {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// "1 action", "3 actions".
pub(super) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_end_with_a_word() {
        assert_eq!(listed(&["a"]), "`a`");
        assert_eq!(listed(&["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(listed(&["a", "b", "c", "d", "e"]), "`a`, `b`, `c`, `d` and 1 more");
        assert_eq!(did_you_mean(&["a", "b"], "look"), "did you mean `a` or `b`?");
        assert_eq!(did_you_mean::<&str>(&[], "look"), "look");
    }

    #[test]
    fn what_is_shown_is_one_short_line() {
        assert_eq!(shown("a\nb"), "a\u{fffd}b");
        assert_eq!(shown(&"x".repeat(81)), format!("{}…", "x".repeat(80)));
    }

    #[test]
    fn counts_agree() {
        assert_eq!(counted(1, "action"), "1 action");
        assert_eq!(counted(0, "action"), "0 actions");
    }
}
