//! As much of Markdown as the rules need: prose without code, links, headings.

/// A line of a Markdown text.
pub(super) struct Line<'a> {
    /// From 0.
    pub(super) index: usize,
    pub(super) text: &'a str,
    /// Whether it stands in a fenced block.
    pub(super) is_code: bool,
}

/// The lines of a Markdown text.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut in_fence = false;
    text.lines().enumerate().map(move |(index, text)| {
        let is_fence = text.trim_start().starts_with("```");
        in_fence ^= is_fence;
        Line { index, text, is_code: in_fence || is_fence }
    })
}

/// The targets of the links `[words](target)` of a line, those within `code` left out.
pub(super) fn links(line: &str) -> Vec<String> {
    let prose: String = line.split('`').step_by(2).collect();
    let ends = prose.split("](").skip(1);
    ends.filter_map(|rest| rest.split_once(')').map(|(target, _)| target.to_owned())).collect()
}

/// The anchors that the headings of a text make, as code forges derive them.
pub(super) fn anchors(text: &str) -> impl Iterator<Item = String> {
    lines(text).filter(|line| !line.is_code && line.text.starts_with('#')).map(|line| {
        let words = line.text.trim_start_matches('#').trim().to_lowercase();
        let kept = words.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_told_from_prose() {
        let text = "a\n```sh\nb\n```\nc\n";
        let code: Vec<_> = lines(text).map(|line| line.is_code).collect();
        assert_eq!(code, [false, true, true, true, false]);
    }

    #[test]
    fn links_and_anchors_are_read() {
        assert_eq!(links("see [a](b.md), `[c](d)` and [`e`](f.md#g)"), ["b.md", "f.md#g"]);
        let found: Vec<_> = anchors("# The `x` of y\n```\n# no\n```\n## 3. The order\n").collect();
        assert_eq!(found, ["the-x-of-y", "3-the-order"]);
    }
}
