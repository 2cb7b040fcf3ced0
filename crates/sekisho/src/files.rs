//! Reading files: never more than a bound, and a plain word for every way it can fail.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use sekisho_tree::{Source, SourceError, TEXT_BYTES_MAX, read_json, read_yaml};

/// The name by which standard input is asked for.
pub(crate) const STDIN: &str = "-";

/// Why a file gave no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// What is wrong, without the name of the file.
    pub(crate) message: String,
    /// The file, with line and column where it could be opened: `a.yaml:3:1`.
    pub(crate) at: String,
}

/// Reads a file that was named on the command line, or standard input where `path` is `-`.
pub(crate) fn read(path: &str) -> Result<Rc<Source>, Unreadable> {
    if path == STDIN {
        return source("<stdin>", bounded(io::stdin().lock()));
    }
    source(path, open(Path::new(path)))
}

/// Reads a file that another file names, starting from that one's folder.
pub(crate) fn read_beside(folder: &Path, path: &str) -> Result<Rc<Source>, Unreadable> {
    let path = folder.join(path);
    source(&shown(&path), open(&path))
}

/// A path without the detours `a/../b`. Only for show: where `a` is a link it would lead elsewhere.
fn shown(path: &Path) -> String {
    let mut short = PathBuf::new();
    for part in path.components() {
        match (part, short.components().next_back()) {
            (Component::ParentDir, Some(Component::Normal(_))) => {
                short.pop();
            }
            (Component::CurDir, _) => {}
            _ => short.push(part),
        }
    }
    short.to_string_lossy().into_owned()
}

fn source(name: &str, bytes: io::Result<Vec<u8>>) -> Result<Rc<Source>, Unreadable> {
    let unread = |error| Unreadable { message: plain(&error), at: name.to_owned() };
    let bytes = bytes.map_err(unread)?;
    Source::new(name, bytes).map(Rc::new).map_err(|error| {
        let message = match error {
            SourceError::TooLong { .. } => too_long(),
            SourceError::NotUtf8 { .. } => "it is not UTF-8 here; save it as UTF-8".to_owned(),
        };
        Unreadable { message, at: format!("{name}:{}:{}", error.line(), error.column()) }
    })
}

/// Reads the tree of a policy's text: JSON as strictly as AWS does, or YAML.
pub(crate) fn policy_tree(source: &Source) -> sekisho_tree::Read {
    if is_json(source) { read_json(source.text()) } else { read_yaml(source.text()) }
}

/// Whether a policy is meant to be JSON: its name says so, or it begins like it and its name does
/// not say YAML.
pub(crate) fn is_json(source: &Source) -> bool {
    let ends = |endings: [&str; 2]| endings.iter().any(|ending| source.name().ends_with(ending));
    let text = source.text().trim_start_matches('\u{feff}').trim_start();
    ends([".json", ".JSON"]) || (text.starts_with('{') && !ends([".yaml", ".yml"]))
}

fn open(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    bounded(file)
}

/// One byte more than is allowed is enough to know that a text is too long, whatever its length:
/// a device may have no end.
fn bounded(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(TEXT_BYTES_MAX as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// How long it really is nobody looked: see [`bounded`].
fn too_long() -> String {
    format!("it is longer than {TEXT_BYTES_MAX} bytes, the most that is read")
}

/// The error in words of the message grammar: the operating system's own wording differs.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "permission to read it is missing".to_owned(),
        ErrorKind::IsADirectory => "it is a directory, not a file".to_owned(),
        ErrorKind::NotADirectory => "a part of its path is not a directory".to_owned(),
        _ => format!("reading it failed: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_read_than_shows_that_it_is_too_much() {
        let bytes = bounded(io::repeat(b'a')).unwrap();
        assert_eq!(bytes.len(), TEXT_BYTES_MAX + 1);
    }

    #[test]
    fn detours_are_not_shown() {
        for (path, short) in [("a/../b", "b"), ("../b", "../b"), ("./b", "b"), ("/a/./../b", "/b")]
        {
            assert_eq!(shown(Path::new(path)), short, "{path}");
        }
    }

    #[test]
    fn failures_are_said_plainly() {
        let missing = read("no/such/file.yaml").unwrap_err();
        assert_eq!(missing.message, "there is no such file");
        assert_eq!(missing.at, "no/such/file.yaml");
        assert_eq!(read("src").unwrap_err().message, "it is a directory, not a file");
        assert!(read("/dev/zero").unwrap_err().message.starts_with("it is longer than"));
    }
}
