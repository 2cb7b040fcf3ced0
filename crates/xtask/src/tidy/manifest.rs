//! As much of a crate's `Cargo.toml` as the rules need.
//!
//! The rule `inherited` holds the manifests to one plain form, so that lines are enough to read.

/// A dependency and the section that names it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dependency<'a> {
    /// From 0.
    pub(super) line: usize,
    pub(super) name: &'a str,
    pub(super) for_tests: bool,
    /// Whether it is taken from the table of the workspace.
    pub(super) inherited: bool,
}

/// The dependencies of a manifest: normal ones, of build scripts and of tests.
pub(super) fn dependencies(manifest: &str) -> Vec<Dependency<'_>> {
    let mut section = "";
    let mut all = Vec::new();
    for (line, text) in manifest.lines().map(str::trim).enumerate() {
        if let Some(name) = text.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if section.ends_with("dependencies")
            && let Some((key, value)) = text.split_once('=')
            && !text.starts_with('#')
        {
            let (name, inherited) = match key.trim().split_once('.') {
                Some((name, rest)) => (name, rest == "workspace"),
                None => (key.trim(), value.contains("workspace = true")),
            };
            let for_tests = section.ends_with("dev-dependencies");
            all.push(Dependency { line, name, for_tests, inherited });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_are_read() {
        let manifest = "[package]\nname = \"a\"\n[dependencies]\nb.workspace = true\n# c = 1\n\
            [dev-dependencies]\nd = { workspace = true, features = [] }\n\
            [target.'cfg(unix)'.dependencies]\ne = \"1\"\n";
        let is = |line, name, for_tests, inherited| Dependency { line, name, for_tests, inherited };
        assert_eq!(
            dependencies(manifest),
            [is(3, "b", false, true), is(6, "d", true, true), is(8, "e", false, false)]
        );
    }
}
