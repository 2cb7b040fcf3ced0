//! The URI templates of the models: `/{Bucket}/{Key+}?uploads`.
//!
//! Smithy, "http trait": a label takes one segment of the path, a greedy label all that is left. Segments
//! are compared as they came: `..`, `//` and empty segments are data here, not navigation.

/// A template, cut at its query string.
#[derive(Debug, Clone, Copy)]
pub(super) struct Template {
    path: &'static str,
    query: &'static str,
}

impl Template {
    pub(super) fn of(uri: &'static str) -> Self {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        Self { path, query }
    }

    /// The parts of its query string: `uploads`, `list-type` with `2`.
    pub(super) fn fixed(self) -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
        let parts = self.query.split('&').filter(|part| !part.is_empty());
        parts.map(|part| match part.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (part, None),
        })
    }

    /// Calls `label` with every label and its text; whether the path fits.
    pub(super) fn fits<'a>(
        self,
        path: &'a str,
        mut label: impl FnMut(&'static str, &'a str),
    ) -> bool {
        let mut wanted = self.path.strip_prefix('/').unwrap_or(self.path).split('/').peekable();
        let Some(mut rest) = path.strip_prefix('/') else { return false };
        while let Some(segment) = wanted.next() {
            let name = segment.strip_prefix('{').and_then(|label| label.strip_suffix('}'));
            if let Some(greedy) = name.and_then(|name| name.strip_suffix('+')) {
                label(greedy, rest);
                return !rest.is_empty();
            }
            let (given, behind) = rest.split_once('/').unwrap_or((rest, ""));
            match name {
                Some(name) if !given.is_empty() => label(name, given),
                None if given == segment => {}
                _ => return false,
            }
            // A slash at the end is forgiven where nothing more is wanted, and an end where more is not.
            if wanted.peek().is_some() && given.len() == rest.len() {
                return false;
            }
            rest = behind;
        }
        rest.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(template: &'static str, path: &str) -> Option<Vec<String>> {
        let mut labels = Vec::new();
        let fits =
            Template::of(template).fits(path, |name, text| labels.push(format!("{name}={text}")));
        fits.then_some(labels)
    }

    #[test]
    fn labels_take_segments_and_greedy_labels_the_rest() {
        let cases: [(&str, &str, Option<&[&str]>); 14] = [
            ("/", "/", Some(&[])),
            ("/", "/b", None),
            ("/{Bucket}", "/b", Some(&["Bucket=b"])),
            ("/{Bucket}", "/b/", Some(&["Bucket=b"])),
            ("/{Bucket}", "/b/k", None),
            ("/{Bucket}", "/", None),
            ("/{Bucket}/{Key+}", "/b/", None),
            ("/{Bucket}/{Key+}?uploads", "/b/k", Some(&["Bucket=b", "Key=k"])),
            ("/{Bucket}/{Key+}", "/b/a//../c/", Some(&["Bucket=b", "Key=a//../c/"])),
            ("/{Bucket}/{Key+}", "/b//k", Some(&["Bucket=b", "Key=/k"])),
            ("/f/{Name}/code", "/f/n/code", Some(&["Name=n"])),
            ("/f/{Name}/code", "/f/n/", None),
            ("/f/{Name}/code", "/f/n/codes", None),
            ("/f/{Name}/code", "/f//code", None),
        ];
        for (template, path, expected) in cases {
            let expected = expected.map(|labels| labels.iter().map(ToString::to_string).collect());
            assert_eq!(labels(template, path), expected, "{template} {path}");
        }
    }
}
