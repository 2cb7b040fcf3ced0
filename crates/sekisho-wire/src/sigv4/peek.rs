//! What a request says it is signed for, before anything of it is believed.

use http::request::Parts;
use percent_encoding::percent_decode_str;

/// The region and the service in the scope of a request's signature, as they stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// `us-east-1`.
    pub region: String,
    /// `s3`, `monitoring`: the signing name.
    pub service: String,
}

impl Scope {
    /// Looks at a request; `None` where it has no scope that could be read. Nothing is checked: this
    /// says where to go, and [`super::Claim::read`] whether the request may.
    pub fn peek(head: &Parts) -> Option<Self> {
        let credential = in_header(head).or_else(|| in_query(head))?;
        let mut parts = credential.split('/').skip(2);
        let (region, service) = (parts.next()?.to_owned(), parts.next()?.to_owned());
        Some(Self { region, service })
    }
}

fn in_header(head: &Parts) -> Option<String> {
    let text = head.headers.get("authorization")?.to_str().ok()?;
    let rest = text.split_once("Credential=")?.1;
    rest.split([',', ' ']).next().map(str::to_owned)
}

fn in_query(head: &Parts) -> Option<String> {
    let pairs = head.uri.query()?.split('&');
    let value = pairs.filter_map(|pair| pair.strip_prefix("X-Amz-Credential=")).next()?;
    percent_decode_str(value).decode_utf8().ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peek(uri: &str, authorization: Option<&str>) -> Option<(String, String)> {
        let mut request = http::Request::get(uri);
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        let head = request.body(()).unwrap().into_parts().0;
        Scope::peek(&head).map(|scope| (scope.region, scope.service))
    }

    #[test]
    fn the_scope_stands_in_the_header_or_in_the_query() {
        let header = "AWS4-HMAC-SHA256 Credential=AK/20260101/eu-west-1/kms/aws4_request, SignedHeaders=host";
        let found = Some(("eu-west-1".to_owned(), "kms".to_owned()));
        assert_eq!(peek("/", Some(header)), found);
        let query = "/b/k?X-Amz-Algorithm=x&X-Amz-Credential=AK%2F20260101%2Feu-west-1%2Fkms%2Faws4_request";
        assert_eq!(peek(query, None), found);
        assert_eq!(peek("/", Some("Basic abc")), None);
        assert_eq!(peek("/", Some("Credential=AK")), None);
        assert_eq!(peek("/", None), None);
    }
}
