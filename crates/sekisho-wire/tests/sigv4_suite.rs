//! The test suite that AWS publishes, case by case: made by our signer, and verified by our verifier.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use http::{Request, request::Parts};
use sekisho_wire::sigv4::{
    AmzDate, Body, Claim, Credential, Dialect, EMPTY_SHA256, Endpoint, PathRule, Signer,
    sha256_hex, verify,
};

const SUITE: &str = include_str!("data/sigv4-suite.txt");
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const DATE: &str = "20150830T123600Z";
const ENDPOINT: Endpoint<'static> =
    Endpoint { dialect: Dialect::Query, region: "us-east-1", service: "service" };

#[derive(Default)]
struct Case {
    name: String,
    normalized: bool,
    request: Vec<String>,
    body: Option<String>,
    token: Option<String>,
    added: bool,
    header: (Vec<String>, String),
    query: (Vec<String>, String),
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in SUITE.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        if word == "case" {
            cases.push(Case { name: rest.to_owned(), ..Case::default() });
            continue;
        }
        let case = cases.last_mut().unwrap();
        match word {
            "path" => case.normalized = rest == "normalized",
            "<" => case.request.push(rest.to_owned()),
            "body" => case.body = Some(rest.replace("\\n", "\n")),
            "token" => case.token = Some(rest.to_owned()),
            "added" => case.added = true,
            "h" => case.header.0.push(rest.to_owned()),
            "header-signature" => rest.clone_into(&mut case.header.1),
            "q" => case.query.0.push(rest.to_owned()),
            "query-signature" => rest.clone_into(&mut case.query.1),
            other => assert_eq!(other, "a word of this form"),
        }
    }
    cases
}

impl Case {
    fn head(&self) -> Parts {
        let (method, uri) = self.request.first().unwrap().split_once(' ').unwrap();
        let mut request = Request::builder().method(method).uri(uri);
        for line in self.request.iter().skip(1) {
            let (name, value) = line.split_once(':').unwrap();
            request = request.header(name, value);
        }
        request.body(()).unwrap().into_parts().0
    }

    fn signer(&self) -> Signer {
        let credential = Credential::new("AKIDEXAMPLE", "20150830", "us-east-1", "service");
        let rule = PathRule { normalize: self.normalized, twice: false };
        let signer = Signer { rule, ..Signer::new(SECRET, credential, Dialect::Query) };
        match &self.token {
            Some(token) if !self.added => signer.with_token(token),
            _ => signer,
        }
    }

    fn payload(&self) -> String {
        self.body.as_ref().map_or(EMPTY_SHA256.to_owned(), |body| sha256_hex(body.as_bytes()))
    }

    /// The suite adds the header where it signs the body. It strips dates that it sets itself.
    fn signed_head(&self) -> Parts {
        let mut head = self.head();
        head.headers.remove("x-amz-date");
        if self.body.is_some() {
            head.headers.insert("x-amz-content-sha256", self.payload().parse().unwrap());
        }
        let date = AmzDate::from_basic(DATE).unwrap();
        let signature = self.signer().sign(&mut head, &date, &self.payload()).unwrap();
        let canonical = String::from_utf8(signature.canonical_request).unwrap();
        assert_eq!(canonical, self.header.0.join("\n"), "{}", self.name);
        assert_eq!(signature.text, self.header.1, "{}", self.name);
        if let Some(token) = self.token.as_ref().filter(|_| self.added) {
            head.headers.insert("x-amz-security-token", token.parse().unwrap());
        }
        head
    }
}

fn accepted(case: &Case, head: &Parts) {
    let now = AmzDate::from_basic(DATE).unwrap().milliseconds();
    let claim = Claim::read(head, &ENDPOINT, now).unwrap().unwrap();
    assert_eq!(claim.session_token(), case.token.as_deref(), "{}", case.name);
    let body = case.body.clone().unwrap_or_default();
    verify(&claim, &case.signer().key, head, Body::Whole(body.as_bytes())).unwrap();
}

/// A verifier of a service other than S3 encodes paths again, which the suite does not: it can be held
/// only against the cases in which this makes no difference.
fn path_is_plain(case: &Case) -> bool {
    case.normalized && !case.head().uri.path().contains('%')
}

#[test]
fn the_header_form() {
    let cases = cases();
    assert_eq!(cases.len(), 38);
    let heads: Vec<_> = cases.iter().map(Case::signed_head).collect();
    let plain = cases.iter().zip(&heads).filter(|(case, _)| path_is_plain(case));
    assert_eq!(plain.clone().count(), 29);
    plain.for_each(|(case, head)| accepted(case, head));
}

#[test]
fn the_presigned_form() {
    for case in cases() {
        let mut head = case.head();
        head.headers.remove("x-amz-date");
        let date = AmzDate::from_basic(DATE).unwrap();
        let signature = case.signer().presign(&mut head, &date, 3600, &case.payload()).unwrap();
        let canonical = String::from_utf8(signature.canonical_request).unwrap();
        assert_eq!(canonical, case.query.0.join("\n"), "{}", case.name);
        assert_eq!(signature.text, case.query.1, "{}", case.name);
        if let Some(token) = case.token.as_ref().filter(|_| case.added) {
            head.headers.insert("x-amz-security-token", token.parse().unwrap());
        }
        if path_is_plain(&case) {
            accepted(&case, &head);
        }
    }
}
