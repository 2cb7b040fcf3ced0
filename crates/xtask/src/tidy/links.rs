//! Links between the documents lead somewhere.

use super::{Finding, markdown};
use crate::repository::Repository;

pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    let of_file = |(path, text): (&str, &str)| {
        let prose = markdown::lines(text).filter(|line| !line.is_code);
        let dead = prose.flat_map(|line| {
            let links = markdown::links(line.text).into_iter();
            let dead = links.filter(|target| !leads_somewhere(repository, path, target));
            let found = |target| {
                Finding::in_line(path, line.index, format!("the link `{target}` leads nowhere"))
            };
            dead.map(found).collect::<Vec<_>>()
        });
        dead.collect::<Vec<_>>()
    };
    repository.ending(".md").flat_map(of_file).collect()
}

fn leads_somewhere(repository: &Repository, from: &str, target: &str) -> bool {
    if target.contains("://") || target.starts_with("mailto:") {
        return true;
    }
    let (file, anchor) = match target.split_once('#') {
        Some((file, anchor)) => (file, Some(anchor)),
        None => (target, None),
    };
    let Some(path) = (if file.is_empty() { Some(from.to_owned()) } else { resolve(from, file) })
    else {
        return false;
    };
    let Some(anchor) = anchor else { return repository.has(&path) };
    let text = repository.text(&path).unwrap_or_default();
    markdown::anchors(text).any(|found| found == anchor)
}

/// The path that a relative link means, from the root.
fn resolve(from: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dead_links_are_found() {
        let found = |link: &str| {
            let text = format!("# A b\n[x]({link})\n");
            check(&Repository::of(&[("docs/a.md", &text), ("c/d.rs", ""), ("e.md", "## F")])).len()
        };
        for alive in ["../c/d.rs", "../c", "../c/", "../e.md#f", "#a-b", "a.md", "https://x.y/z"] {
            assert_eq!(found(alive), 0, "{alive}");
        }
        for dead in ["c/d.rs", "../../c", "../e.md#g", "#a", "b.md"] {
            assert_eq!(found(dead), 1, "{dead}");
        }
    }
}
