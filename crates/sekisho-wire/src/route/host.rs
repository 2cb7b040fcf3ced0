//! Bucket names in host names.
//!
//! S3 User Guide, "Virtual hosting of general purpose buckets": `bucket.s3.region.amazonaws.com`, and the
//! path style `s3.region.amazonaws.com/bucket`. An SDK that is pointed at `http://localhost:4566` puts the
//! bucket before that host unless it is told otherwise.

/// The domains under which this server is reached.
#[derive(Debug, Clone)]
pub struct Hosts {
    domains: Vec<String>,
}

impl Hosts {
    /// `domains` are the names of the server itself (`localhost`), beside AWS's own.
    pub fn new(domains: impl IntoIterator<Item = String>) -> Self {
        Self { domains: domains.into_iter().map(|domain| domain.to_ascii_lowercase()).collect() }
    }

    /// The bucket in a `Host` header; `None` where the bucket is in the path.
    pub fn bucket<'a>(&self, host: &'a str) -> Option<&'a str> {
        // Of what a bucket's name cannot have, a slash would make one bucket look like another's key.
        let in_name = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
        self.named(host).filter(|bucket| bucket.bytes().all(in_name))
    }

    fn named<'a>(&self, host: &'a str) -> Option<&'a str> {
        let name = without_port(host);
        for domain in ["amazonaws.com", "amazonaws.com.cn"] {
            if let Some(prefix) = before(name, domain) {
                return before_s3(prefix, |label| {
                    label.eq_ignore_ascii_case("s3") || label.starts_with("s3-")
                })?;
            }
        }
        // A bucket may have dots, so of two domains that fit the longer one counts.
        let prefixes = self.domains.iter().filter_map(|domain| before(name, domain));
        let prefix = prefixes.min_by_key(|prefix| prefix.len())?;
        before_s3(prefix, |label| label.eq_ignore_ascii_case("s3")).unwrap_or(Some(prefix))
    }
}

/// `bucket.s3`, `bucket.s3.region`, `bucket.s3.dualstack.region`: what stands before `s3`, if anything.
/// `None` where there is no `s3`.
fn before_s3(prefix: &str, is_s3: impl Fn(&str) -> bool) -> Option<Option<&str>> {
    let after = prefix.rsplit('.').take(3).position(is_s3)?;
    let dot = prefix.rmatch_indices('.').nth(after).map(|(dot, _)| dot);
    Some(dot.and_then(|dot| prefix.get(..dot)))
}

/// What stands before `.domain`.
fn before<'a>(name: &'a str, domain: &str) -> Option<&'a str> {
    let at = name.len().checked_sub(domain.len())?;
    let tail = name.get(at..)?;
    tail.eq_ignore_ascii_case(domain).then_some(())?;
    name.get(..at)?.strip_suffix('.')
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_stands_before_s3_or_before_the_servers_own_name() {
        let hosts = Hosts::new(["localhost".to_owned(), "sekisho.test".to_owned()]);
        let cases = [
            ("localhost:4566", None),
            ("127.0.0.1:4566", None),
            ("[::1]:4566", None),
            ("s3.localhost:4566", None),
            ("s3.us-east-1.localhost", None),
            ("bucket.localhost:4566", Some("bucket")),
            ("my.bucket.localhost:4566", Some("my.bucket")),
            ("bucket.s3.localhost", Some("bucket")),
            ("my.bucket.s3.us-east-1.localhost", Some("my.bucket")),
            ("bucket.sekisho.test", Some("bucket")),
            ("s3.amazonaws.com", None),
            ("s3.ap-northeast-1.amazonaws.com", None),
            ("s3-us-west-2.amazonaws.com", None),
            ("bucket.s3.amazonaws.com", Some("bucket")),
            ("Bucket.S3.us-east-1.AMAZONAWS.com", Some("Bucket")),
            ("my.bucket.s3.us-east-1.amazonaws.com:443", Some("my.bucket")),
            ("bucket.s3.dualstack.us-east-1.amazonaws.com", Some("bucket")),
            ("bucket.s3-us-west-2.amazonaws.com", Some("bucket")),
            ("s3-things.localhost", Some("s3-things")),
            ("sts.us-east-1.amazonaws.com", None),
            ("a/b.localhost", None),
            ("example.com", None),
        ];
        for (host, bucket) in cases {
            assert_eq!(hosts.bucket(host), bucket, "{host}");
        }
    }
}
