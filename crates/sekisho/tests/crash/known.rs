//! What a client may expect of a thing: what it was last told, or what it asked for since without
//! being told how that ended.

/// A thing as its only writer knows it; `None`: there is none.
#[derive(Debug, Clone)]
pub(crate) struct Known<T> {
    told: Option<T>,
    asked: Option<Option<T>>,
}

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self { told: None, asked: None }
    }
}

impl<T: Clone + PartialEq + std::fmt::Debug> Known<T> {
    pub(crate) fn is(told: T) -> Self {
        Self { told: Some(told), asked: None }
    }

    /// What was told last.
    pub(crate) fn told(&self) -> Option<&T> {
        self.told.as_ref()
    }

    /// Whether the last call was answered.
    pub(crate) fn is_settled(&self) -> bool {
        self.asked.is_none()
    }

    /// A call is made that changes it.
    pub(crate) fn ask(&mut self, to: Option<T>) {
        assert!(self.asked.is_none(), "one call at a time");
        self.asked = Some(to);
    }

    /// The call was answered: it is so.
    pub(crate) fn done(&mut self) {
        if let Some(to) = self.asked.take() {
            self.told = to;
        }
    }

    /// The thing was looked at. Whatever it is now, it stays.
    pub(crate) fn found(&mut self, what: &str, found: Option<T>) -> Result<(), String> {
        if found != self.told && Some(&found) != self.asked.as_ref() {
            return Err(format!("{what} is {found:?}, and should be {self:?}"));
        }
        *self = Self { told: found, asked: None };
        Ok(())
    }
}

#[test]
fn what_was_told_is_there_and_what_was_asked_may_be() {
    let mut known = Known::is(1);
    assert!(known.found("it", Some(2)).is_err() && known.found("it", None).is_err());
    known.ask(Some(2));
    let mut other = known.clone();
    assert!(known.found("it", Some(1)).is_ok() && known.found("it", Some(2)).is_err());
    assert!(other.found("it", Some(2)).is_ok() && other.found("it", Some(1)).is_err());
}
