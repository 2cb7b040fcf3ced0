//! The managed policies of AWS that principals can attach. Source: AWS Managed Policy Reference
//! Guide.
//!
//! They are data of the program (`data/aws-managed-policies/`) and cost nothing until one is asked
//! for. The list of them stays in memory from then on; of their documents, those that were used.
//! What AWS has only for service-linked roles and root sessions is not among them: nobody can attach it.

mod form;

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use aws_lc_rs::digest;
use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;

/// What the ARNs of AWS's policies begin with; the path follows.
const ARN: &str = "arn:aws:iam::aws:policy";

/// A managed policy of AWS, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwsPolicy {
    /// Its name.
    pub name: &'static str,
    /// `/`, `/service-role/` or `/job-function/`.
    pub path: &'static str,
    /// The version in force: `v12`. AWS keeps older ones; their documents are not known here.
    pub version: &'static str,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: i64,
    /// When that version was made, in milliseconds since 1970.
    pub updated_ms: i64,
    /// Its place among all of them.
    place: usize,
}

impl AwsPolicy {
    /// `arn:aws:iam::aws:policy/job-function/Billing`.
    pub fn arn(&self) -> String {
        format!("{ARN}{}{}", self.path, self.name)
    }

    /// Its unique id, which AWS has and this data has not: made of its name, so that it is always the
    /// same, and in the old form that holds no account (`ANPAI…`).
    pub fn id(&self) -> String {
        let digest = digest::digest(&digest::SHA256, self.name.as_bytes());
        let digits = BASE32_NOPAD.encode(digest.as_ref());
        format!("ANPAI{}", digits.get(..ID_DIGITS).unwrap_or_default())
    }

    /// Its document.
    pub fn text(&self) -> Option<&'static str> {
        static USED: Mutex<BTreeMap<usize, &'static str>> = Mutex::new(BTreeMap::new());
        let mut used = USED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = used.get(&self.place) {
            return Some(text);
        }
        let text: &'static str = form::document(self.place)?.leak();
        used.insert(self.place, text);
        Some(text)
    }
}

/// How many digits of an id follow: ids have 21 characters.
const ID_DIGITS: usize = 16;

/// All of them, by name.
pub fn all() -> &'static [AwsPolicy] {
    static ALL: OnceLock<Vec<AwsPolicy>> = OnceLock::new();
    ALL.get_or_init(|| form::index().lines().enumerate().filter_map(read).collect())
}

/// The one with this ARN.
pub fn find(arn: &str) -> Option<&'static AwsPolicy> {
    let (path, name) = arn.strip_prefix(ARN)?.rsplit_once('/')?;
    let all = all();
    let found = all.get(all.binary_search_by(|known| known.name.cmp(name)).ok()?)?;
    (found.path.strip_suffix('/') == Some(path)).then_some(found)
}

/// The text of a managed policy of AWS.
pub fn text(arn: &str) -> Option<&'static str> {
    find(arn)?.text()
}

/// Whether an ARN is of a policy that AWS keeps for service-linked roles.
pub fn is_for_services(arn: &str) -> bool {
    arn.strip_prefix(ARN).is_some_and(|rest| rest.starts_with("/aws-service-role/"))
}

fn read((place, line): (usize, &'static str)) -> Option<AwsPolicy> {
    let mut fields = line.split('\t');
    let mut field = || fields.next();
    let (name, path, version) = (field()?, field()?, field()?);
    let time = |text: &str| text.parse().map(Timestamp::as_millisecond).ok();
    let (created_ms, updated_ms) = (time(field()?)?, time(field()?)?);
    Some(AwsPolicy { name, path, version, created_ms, updated_ms, place })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::iam::managed::of_aws;

    #[test]
    fn every_policy_can_be_found_and_read() {
        assert!(all().len() > 1_200, "{}", all().len());
        assert!(all().is_sorted_by(|one, next| one.name < next.name));
        for policy in all() {
            assert_eq!(find(&policy.arn()), Some(policy));
            assert!(of_aws(policy.text().unwrap()).is_some(), "{}", policy.name);
        }
    }

    #[test]
    fn a_policy_says_what_aws_says() {
        let found =
            find("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole").unwrap();
        assert_eq!((found.version, found.created_ms), ("v1", 1_428_591_823_000));
        assert_eq!(
            found.text().unwrap(),
            r#"{"Statement":[{"Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}"#
        );
    }

    #[test]
    fn what_is_no_policy_of_aws_is_not_found() {
        for arn in [
            "",
            "arn:aws:iam::aws:policy",
            "arn:aws:iam::aws:policy/ReadOnly",
            "arn:aws:iam::aws:policy/job-function/ReadOnlyAccess",
            "arn:aws:iam::aws:policy/x/",
        ] {
            assert_eq!(find(arn), None, "{arn}");
        }
    }
}
