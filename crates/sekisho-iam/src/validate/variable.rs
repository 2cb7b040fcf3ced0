//! The `${…}` of a text, also those that are not well formed.
//!
//! Source: IAM User Guide, "IAM policy elements: Variables and tags".

/// One `${…}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Variable<'a> {
    /// What stands between the braces. `None` where no brace closes it.
    pub(super) inside: Option<&'a str>,
    /// Where its `$` stands, in bytes.
    pub(super) at: usize,
}

/// All of them, in order. What stands in one is not looked at again.
pub(super) fn variables(text: &str) -> impl Iterator<Item = Variable<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = text.get(from..)?;
        let start = rest.find("${")?;
        let (at, body) = (from + start, rest.get(start + 2..)?);
        let inside = body.split_once('}').map(|(inside, _)| inside);
        from = inside.map_or(text.len(), |inside| at + 3 + inside.len());
        Some(Variable { inside, at })
    })
}

impl<'a> Variable<'a> {
    /// The key it stands for; `None` for the escapes `${*}`, `${?}` and `${$}`, and where it is
    /// not closed.
    pub(super) fn key(&self) -> Option<&'a str> {
        let inside = self.inside?;
        let key = inside.split_once(',').map_or(inside, |(key, _)| key);
        (!matches!(inside, "*" | "?" | "$")).then_some(key.trim())
    }

    /// The text for requests without the key, as it is written.
    pub(super) fn default(&self) -> Option<&'a str> {
        Some(self.inside?.split_once(',')?.1.trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variable_is_found() {
        let keys = |text| variables(text).map(|one| one.key()).collect::<Vec<_>>();
        assert_eq!(keys("a${aws:username}b${ s3:x , 'y'}"), [Some("aws:username"), Some("s3:x")]);
        assert_eq!(keys("${*}${?}${$}"), [None, None, None]);
        assert_eq!(keys("${aws:username"), [None]);
        assert_eq!(keys("$ { } $}"), []);
        let open = variables("é${a${b}").next().unwrap();
        assert_eq!((open.inside, open.at), (Some("a${b"), 2));
        assert_eq!(variables("${a, 'b'}").next().unwrap().default(), Some("'b'"));
    }
}
