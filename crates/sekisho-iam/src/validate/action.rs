//! What an entry of an `Action` element stands for.

use crate::document::Text;
use crate::knowledge::{Action, Knowledge, Service};

/// The longest pattern that is expanded, in bytes: three times the longest name of an action. A
/// longer one stands for nothing real, and would only cost time.
const PATTERN_BYTES_MAX: usize = 256;

/// How many names are held against patterns for one policy. The `*` of every service is expanded
/// some twenty times with this.
const EXPANDED_MAX: usize = 1 << 19;

/// An entry of `Action` or `NotAction`.
#[derive(Debug)]
pub(super) struct Term<'a> {
    pub(super) text: &'a Text,
    pub(super) named: Named,
}

/// What the entry names.
#[derive(Debug)]
pub(super) enum Named {
    /// `*`: every action there is.
    Everything,
    /// This action.
    One(&'static Action),
    /// The actions that a pattern stands for; perhaps none.
    Many(Vec<&'static Action>),
    /// No such service.
    NoService,
    /// No such action.
    NoAction(&'static Service),
    /// Too long to look at, or one pattern too many: it may be anything.
    Unread,
}

/// Looks names up, up to a limit.
pub(super) struct Lookup {
    names_left: usize,
}

impl Lookup {
    pub(super) fn new() -> Self {
        Self { names_left: EXPANDED_MAX }
    }

    pub(super) fn term<'a>(&mut self, text: &'a Text) -> Term<'a> {
        Term { text, named: self.named(&text.text) }
    }

    fn named(&mut self, text: &str) -> Named {
        let knowledge = Knowledge::get();
        if matches!(text, "*" | "*:*") {
            return Named::Everything;
        }
        if text.len() > PATTERN_BYTES_MAX {
            return Named::Unread;
        }
        let (prefix, name) = text.split_once(':').unwrap_or_default();
        if prefix == "*" {
            let actions = knowledge.services().map(|service| service.actions.len()).sum();
            return self.many(actions, || knowledge.expand(text).collect());
        }
        let Some(service) = knowledge.service(prefix) else { return Named::NoService };
        if name.contains(['*', '?']) {
            return self.many(service.actions.len(), || service.matching_actions(name).collect());
        }
        service.action(name).map_or(Named::NoAction(service), Named::One)
    }

    fn many(&mut self, names: usize, expand: impl FnOnce() -> Vec<&'static Action>) -> Named {
        match self.names_left.checked_sub(names) {
            Some(left) => {
                self.names_left = left;
                Named::Many(expand())
            }
            None => Named::Unread,
        }
    }
}

impl Term<'_> {
    /// The actions named, where all of them are known.
    pub(super) fn actions(&self) -> Option<&[&'static Action]> {
        match &self.named {
            Named::One(action) => Some(std::slice::from_ref(action)),
            Named::Many(actions) => Some(actions),
            Named::Everything | Named::Unread | Named::NoService | Named::NoAction(_) => None,
        }
    }

    /// Whether no request can ever ask for it.
    pub(super) fn is_nothing(&self) -> bool {
        match &self.named {
            Named::Many(actions) => actions.is_empty(),
            Named::NoService | Named::NoAction(_) => true,
            Named::Everything | Named::One(_) | Named::Unread => false,
        }
    }

    /// Whether it stands, among others, for this action.
    pub(super) fn covers(&self, wanted: &Action) -> bool {
        match &self.named {
            Named::Everything => true,
            _ => self
                .actions()
                .is_some_and(|actions| actions.iter().any(|action| std::ptr::eq(*action, wanted))),
        }
    }
}

/// The name of an action with its service: `s3:GetObject`.
pub(super) fn full_name(action: &Action) -> String {
    format!("{}:{}", action.service, action.name)
}
