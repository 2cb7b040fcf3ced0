//! Checksums whose values are published, those of parts, and what requests may say of them.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use http::{HeaderMap, HeaderName};
use sekisho_wire::checksum::{
    Algorithm::{self, Crc32, Crc32c, Crc64Nvme, Md5, Sha1, Sha256},
    Checksum, Expected, Hasher, Kind, composite, content_md5, expected, full_object, kind,
};

/// CRCs of `123456789`: the check values of the "Catalogue of parametrised CRC algorithms" (reveng,
/// CRC-32/ISO-HDLC, CRC-32/ISCSI, CRC-64/NVME). Hashes of `abc`: FIPS 180-4's examples (NIST) and
/// RFC 1321's test suite.
const KNOWN: [(Algorithm, &str, &str); 6] = [
    (Crc32, "123456789", "cbf43926"),
    (Crc32c, "123456789", "e3069283"),
    (Crc64Nvme, "123456789", "ae8b14860a799888"),
    (Sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    (Sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (Md5, "abc", "900150983cd24fb0d6963f7d28e17f72"),
];

#[test]
fn published_values() {
    for (algorithm, data, hex) in KNOWN {
        let checksum = Hasher::sum(algorithm, data.as_bytes());
        assert_eq!(hex::encode(checksum.bytes()), hex, "{algorithm:?}");
        assert_eq!(checksum.bytes().len(), algorithm.length());
        assert_eq!(Checksum::read(algorithm, &checksum.base64()), Some(checksum));
    }
}

/// The trailer of "Including Trailing Headers (Chunked Upload)", Amazon S3 API Reference.
#[test]
fn the_checksum_of_the_chunked_example() {
    assert_eq!(Hasher::sum(Crc32c, &[b'a'; 66_560]).base64(), "sOO8/Q==");
}

#[test]
fn pieces_make_the_whole() {
    let data: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    for (algorithm, ..) in KNOWN {
        for size in [1, 7, 64, 4096] {
            let mut hasher = Hasher::new(algorithm);
            data.chunks(size).for_each(|piece| hasher.update(piece));
            assert_eq!(hasher.length(), 10_000);
            assert_eq!(hasher.finish(), Hasher::sum(algorithm, &data));
        }
    }
}

#[test]
fn parts_make_the_object() {
    let data: Vec<u8> = (0..=255).cycle().take(30_000).collect();
    for algorithm in [Crc32, Crc32c, Crc64Nvme] {
        for size in [1, 999, 10_000, 29_999, 30_000] {
            let parts: Vec<_> = data
                .chunks(size)
                .map(|part| (Hasher::sum(algorithm, part), part.len() as u64))
                .collect();
            let whole = full_object(algorithm, &parts).unwrap();
            assert_eq!(whole.checksum, Hasher::sum(algorithm, &data), "{algorithm:?} of {size}");
            assert_eq!(whole.text(), whole.checksum.base64());
        }
        assert_eq!(full_object(algorithm, &[]).unwrap().checksum, Hasher::sum(algorithm, b""));
        let foreign = [(Hasher::sum(Sha256, b""), 0)];
        assert_eq!(full_object(algorithm, &foreign), None);
    }
    assert_eq!(full_object(Sha256, &[]), None);
}

#[test]
fn composites_are_of_the_parts_sums() {
    for algorithm in Algorithm::named() {
        let parts = [Hasher::sum(algorithm, b"one"), Hasher::sum(algorithm, b"two")];
        let whole = composite(algorithm, &parts).unwrap();
        let bytes = [parts[0].bytes(), parts[1].bytes()].concat();
        let expected = format!("{}-2", Hasher::sum(algorithm, &bytes).base64());
        assert_eq!(whole.text(), expected);
    }
    assert_eq!(composite(Sha1, &[Hasher::sum(Sha256, b"")]), None);
}

fn headers(lines: &[(&str, &str)]) -> HeaderMap {
    lines
        .iter()
        .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap()))
        .collect()
}

#[test]
fn what_a_request_may_declare() {
    let crc = ("x-amz-checksum-crc32", "y/Q5Jg==");
    let given = Some(Expected::Given(Hasher::sum(Crc32, b"123456789")));
    for (lines, right) in [
        (&[][..], None),
        (&[crc][..], given.clone()),
        (&[crc, ("x-amz-sdk-checksum-algorithm", "CRC32")], given.clone()),
        (&[crc, ("x-amz-checksum-mode", "ENABLED"), ("content-md5", "x")], given),
        (&[("x-amz-trailer", "x-amz-checksum-sha1")], Some(Expected::Trailer(Sha1))),
    ] {
        assert_eq!(expected(&headers(lines)).unwrap(), right, "{lines:?}");
    }
}

#[test]
fn what_a_request_may_not_declare() {
    let crc = ("x-amz-checksum-crc32", "y/Q5Jg==");
    let several =
        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.";
    for (lines, sentence) in [
        (&[crc, ("x-amz-checksum-sha1", "x")][..], several),
        (&[crc, crc], several),
        (&[crc, ("x-amz-trailer", "x-amz-checksum-crc32")], several),
        (&[("x-amz-trailer", "x-amz-checksum-crc32, x-amz-checksum-sha1")], several),
        (
            &[("x-amz-trailer", "x-amz-meta-a")],
            "The value specified in the x-amz-trailer header is not supported",
        ),
        (
            &[("x-amz-checksum-crc32", "y/Q5Jg=")],
            "Value for x-amz-checksum-crc32 header is invalid.",
        ),
        (
            &[("x-amz-checksum-crc33", "y/Q5Jg==")],
            "The algorithm type you specified in x-amz-checksum- header is invalid.",
        ),
        (
            &[crc, ("x-amz-sdk-checksum-algorithm", "SHA1")],
            "Value for x-amz-sdk-checksum-algorithm header is invalid.",
        ),
        (
            &[("x-amz-sdk-checksum-algorithm", "SHA1")],
            "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or \
             x-amz-trailer headers were found.",
        ),
    ] {
        let answer = expected(&headers(lines)).unwrap_err().answer();
        assert_eq!((answer.status, answer.code), (400, "InvalidRequest"), "{lines:?}");
        assert_eq!(answer.message, sentence);
    }
}

#[test]
fn bodies_are_held_to_it() {
    let (right, wrong) = (Hasher::sum(Crc32, b"123456789"), Hasher::sum(Crc32, b""));
    let given = Expected::Given(right.clone());
    assert!(given.check(None, &right).is_ok());
    let answer = given.check(None, &wrong).unwrap_err().answer();
    assert_eq!(answer.code, "BadDigest");
    assert_eq!(answer.message, "The CRC32 you specified did not match the calculated checksum.");

    let trailer = Expected::Trailer(Crc32);
    assert!(trailer.check(Some("y/Q5Jg=="), &right).is_ok());
    assert_eq!(trailer.check(Some("y/Q5Jg=="), &wrong).unwrap_err().answer().code, "BadDigest");
    for value in [None, Some("y/Q5")] {
        let answer = trailer.check(value, &right).unwrap_err().answer();
        assert_eq!(answer.message, "Value for x-amz-checksum-crc32 trailing header is invalid.");
    }
}

/// The declared and computed sums of versity/versitygw#2034.
#[test]
fn content_md5_is_its_own() {
    let declared = content_md5(&headers(&[("content-md5", "XrY7u+Ae7tCTyyK7j1rNww==")])).unwrap();
    let answer = declared.unwrap().check(&Hasher::sum(Md5, b"")).unwrap_err().answer();
    assert_eq!(answer.code, "BadDigest");
    let digests = [
        ("CalculatedDigest", "1B2M2Y8AsgTpgAmY7PhCfg==".to_owned()),
        ("ExpectedDigest", "5eb63bbbe01eeed093cb22bb8f5acdc3".to_owned()),
    ];
    assert_eq!(answer.details, digests);
    for value in ["", "a9500865996d8c8af4641b664ad57cc8", "XrY7"] {
        let answer = content_md5(&headers(&[("content-md5", value)])).unwrap_err().answer();
        assert_eq!((answer.status, answer.code), (400, "InvalidDigest"));
        assert_eq!(answer.details, [("Content-MD5", value.to_owned())]);
    }
    assert_eq!(content_md5(&HeaderMap::new()).unwrap(), None);
}

#[test]
fn uploads_in_parts_choose_a_kind() {
    let (algorithm, of_kind) = ("x-amz-checksum-algorithm", "x-amz-checksum-type");
    for (lines, right) in [
        (&[][..], None),
        (&[(algorithm, "CRC64NVME")][..], Some((Crc64Nvme, Kind::FullObject))),
        (&[(algorithm, "sha256")], Some((Sha256, Kind::Composite))),
        (&[(algorithm, "CRC32")], Some((Crc32, Kind::Composite))),
        (&[(algorithm, "CRC32"), (of_kind, "FULL_OBJECT")], Some((Crc32, Kind::FullObject))),
    ] {
        assert_eq!(kind(&headers(lines)).unwrap(), right, "{lines:?}");
    }
    for (lines, sentence) in [
        (
            &[(algorithm, "SHA1"), (of_kind, "FULL_OBJECT")][..],
            "The FULL_OBJECT checksum type cannot be used with the sha1 checksum algorithm.",
        ),
        (
            &[(algorithm, "CRC64NVME"), (of_kind, "COMPOSITE")],
            "The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.",
        ),
        (&[(of_kind, "PARTIAL")], "Value for x-amz-checksum-type header is invalid."),
        (
            &[(of_kind, "COMPOSITE")],
            "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.",
        ),
        (
            &[(algorithm, "MD4")],
            "Checksum algorithm provided is unsupported. Please try again with any of the valid \
             types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]",
        ),
    ] {
        assert_eq!(kind(&headers(lines)).unwrap_err().answer().message, sentence, "{lines:?}");
    }
}
