//! Bodies in chunks: AWS's two examples, every place where the input can be cut, and hostile bodies.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use bytes::Bytes;
use sekisho_wire::{
    chunked::{ChunkError, Decoder, Encoder, Event, Mode},
    sigv4::{AmzDate, Chain, Credential, SigningKey},
};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

fn chain(seed: &str) -> Chain {
    let credential = Credential::new("AKIAIOSFODNN7EXAMPLE", "20130524", "us-east-1", "s3");
    let date = AmzDate::from_basic("20130524T000000Z").unwrap();
    Chain::new(&SigningKey::derive(SECRET, &credential), &date, &credential, seed)
}

fn signed(seed: &str, trailer: bool) -> Mode {
    let caller = ("AKIAIOSFODNN7EXAMPLE".to_owned(), b"GET\n".to_vec());
    Mode::Signed { chain: Box::new(chain(seed)), caller, trailer }
}

/// What a body holds: its data, its trailers.
type Held = (Vec<u8>, Vec<(String, String)>);

fn decode<'a>(
    mut decoder: Decoder,
    pieces: impl IntoIterator<Item = &'a [u8]>,
) -> Result<Held, ChunkError> {
    let (mut data, mut trailers, mut ended) = (Vec::new(), Vec::new(), false);
    for piece in pieces {
        let mut input = Bytes::copy_from_slice(piece);
        while let Some(event) = decoder.push(&mut input)? {
            assert!(!ended, "{event:?} after the end");
            match event {
                Event::Data(bytes) => data.extend_from_slice(&bytes),
                Event::Trailer { name, value } => trailers.push((name, value)),
                Event::End => ended = true,
            }
        }
        assert!(input.is_empty());
    }
    decoder.finish()?;
    assert!(ended);
    Ok((data, trailers))
}

const SEED: &str = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
const TRAILER_SEED: &str = "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e";

/// 65 KiB of `a` in chunks of 64 KiB and 1 KiB, with the signatures given.
fn example(signatures: [&str; 3], end: &str) -> Vec<u8> {
    let [first, second, last] = signatures;
    let mut body = format!("10000;chunk-signature={first}\r\n").into_bytes();
    body.extend([b'a'; 65_536]);
    body.extend(format!("\r\n400;chunk-signature={second}\r\n").into_bytes());
    body.extend([b'a'; 1024]);
    body.extend(format!("\r\n0;chunk-signature={last}\r\n{end}\r\n").into_bytes());
    body
}

/// "Transferring Payload in Multiple Chunks (Chunked Upload)", Amazon S3 API Reference.
fn plain_example() -> Vec<u8> {
    let signatures = [
        "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
        "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
        "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
    ];
    example(signatures, "")
}

/// "Including Trailing Headers (Chunked Upload)", Amazon S3 API Reference.
fn trailer_example() -> Vec<u8> {
    let signatures = [
        "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
        "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
        "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
    ];
    let signature = "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435";
    let end = format!("x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:{signature}\r\n");
    example(signatures, &end)
}

#[test]
fn the_published_examples_decode_byte_by_byte() {
    let body = plain_example();
    assert_eq!(body.len(), 66_824, "the Content-Length that the page gives");
    let decoder = Decoder::new(signed(SEED, false), 66_560, "").unwrap();
    assert_eq!(decode(decoder, body.chunks(1)).unwrap(), (vec![b'a'; 66_560], vec![]));

    let body = trailer_example();
    let decoder =
        Decoder::new(signed(TRAILER_SEED, true), 66_560, "x-amz-checksum-crc32c").unwrap();
    let trailers = vec![("x-amz-checksum-crc32c".to_owned(), "sOO8/Q==".to_owned())];
    assert_eq!(decode(decoder, body.chunks(1)).unwrap(), (vec![b'a'; 66_560], trailers));
}

#[test]
fn the_published_examples_are_encoded() {
    let data = [b'a'; 66_560];
    for (seed, trailers, expected) in [
        (SEED, &[][..], plain_example()),
        (TRAILER_SEED, &[("x-amz-checksum-crc32c", "sOO8/Q==")][..], trailer_example()),
    ] {
        let mut encoder = Encoder::new(Some(chain(seed)));
        let mut body = encoder.chunk(&data[..65_536]);
        body.extend(encoder.chunk(&data[65_536..]));
        body.extend(encoder.chunk(&[]));
        body.extend(encoder.end(trailers));
        assert!(body == expected);
    }
}

/// A body of two chunks and a trailer, as small as S3 lets it be.
fn small(chain: Option<Chain>) -> (Vec<u8>, Held) {
    let data: Vec<u8> = (0..=255).cycle().take(8192 + 5).collect();
    let mut encoder = Encoder::new(chain);
    let (first, second) = data.split_at(8192);
    let mut body = encoder.chunk(first);
    body.extend(encoder.chunk(second));
    body.extend(encoder.chunk(&[]));
    body.extend(encoder.end(&[("x-amz-checksum-crc32", "AAAAAA==")]));
    (body, (data, vec![("x-amz-checksum-crc32".to_owned(), "AAAAAA==".to_owned())]))
}

fn small_decoder(mode: Mode) -> Decoder {
    Decoder::new(mode, 8192 + 5, "x-amz-checksum-crc32").unwrap()
}

#[test]
fn wherever_it_is_cut() {
    let (signed_body, held) = small(Some(chain(SEED)));
    let (plain_body, _) = small(None);
    for cut in 0..=signed_body.len() {
        let (first, second) = signed_body.split_at(cut);
        let decoded = decode(small_decoder(signed(SEED, true)), [first, second]).unwrap();
        assert!(decoded == held, "cut at {cut}");
    }
    for cut in 0..=plain_body.len() {
        let (first, second) = plain_body.split_at(cut);
        assert!(decode(small_decoder(Mode::Unsigned), [first, second]).unwrap() == held);
    }
}

#[test]
fn every_changed_byte_is_refused() {
    let (body, _) = small(Some(chain(SEED)));
    for place in 0..body.len() {
        let mut changed = body.clone();
        changed[place] ^= 1;
        let decoder = small_decoder(signed(SEED, true));
        assert!(decode(decoder, [changed.as_slice()]).is_err(), "byte {place}");
    }
}

#[test]
fn every_truncation_is_refused() {
    for (body, mode) in [(small(Some(chain(SEED))).0, true), (small(None).0, false)] {
        for length in 0..body.len() {
            let mode = if mode { signed(SEED, true) } else { Mode::Unsigned };
            let refused = decode(small_decoder(mode), [&body[..length]]).unwrap_err();
            assert_eq!(refused, ChunkError::Incomplete, "{length}");
        }
    }
}

#[test]
fn chunks_cannot_change_places() {
    let mut encoder = Encoder::new(Some(chain(SEED)));
    let (first, second) = (encoder.chunk(&[b'a'; 8192]), encoder.chunk(&[b'b'; 8192]));
    let rest = [encoder.chunk(&[]), encoder.end(&[])].concat();
    let right = [first.as_slice(), &second, &rest];
    let decoder = || Decoder::new(signed(SEED, false), 16_384, "").unwrap();
    assert!(decode(decoder(), right).is_ok());
    for wrong in [[second.as_slice(), &first, &rest], [&first, &first, &rest]] {
        let refused = decode(decoder(), wrong).unwrap_err().answer();
        assert_eq!((refused.status, refused.code), (403, "SignatureDoesNotMatch"));
        let shown = refused.details.iter().find(|(name, _)| *name == "StringToSign").unwrap();
        assert!(shown.1.starts_with("AWS4-HMAC-SHA256-PAYLOAD\n20130524T000000Z\n"));
    }
}

#[test]
fn hostile_bodies() {
    let eight = "a".repeat(8192);
    let framed = format!("2000\r\n{eight}\r\n");
    for (body, length, trailers, code) in [
        ("ffffffffffffffff\r\n", 10, "", "IncompleteBody"),
        ("fffffffffffffff\r\n", 10, "", "IncompleteBody"),
        ("-1\r\n", 10, "", "IncompleteBody"),
        ("+5\r\n", 10, "", "IncompleteBody"),
        (" 5\r\n", 10, "", "IncompleteBody"),
        ("\r\n", 10, "", "IncompleteBody"),
        ("5\nhello", 10, "", "IncompleteBody"),
        ("5;chunk-signature=00\r\nhello", 5, "", "IncompleteBody"),
        ("5\r\nhello!\r\n0\r\n\r\n", 5, "", "IncompleteBody"),
        ("5\r\nhello\r\n0\r\n\r\n", 6, "", "IncompleteBody"),
        ("5\r\nhello\r\n0\r\n\r\n", 4, "", "IncompleteBody"),
        ("5\r\nhello\r\n5\r\nhello\r\n0\r\n\r\n", 10, "", "InvalidChunkSizeError"),
        ("5\r\nhello\r\n0\r\n\r\n\r\n", 5, "", "MalformedTrailerError"),
        ("0\r\n\r\n", 0, "x-amz-checksum-crc32", "MalformedTrailerError"),
        ("0\r\nx-amz-checksum-sha1:AA==\r\n\r\n", 0, "", "MalformedTrailerError"),
        ("0\r\na:1\r\na:1\r\n\r\n", 0, "a", "MalformedTrailerError"),
        ("0\r\na\r\n\r\n", 0, "a", "MalformedTrailerError"),
        ("0\r\nx-amz-trailer-signature:00\r\n\r\n", 0, "", "MalformedTrailerError"),
    ] {
        let decoder = Decoder::new(Mode::Unsigned, length, trailers).unwrap();
        let refused = decode(decoder, [body.as_bytes()]).unwrap_err().answer();
        assert_eq!((refused.status, refused.code), (400, code), "{body:?}");
    }
    let endless = "0".repeat(2000);
    let decoder = Decoder::new(Mode::Unsigned, 5, "").unwrap();
    assert_eq!(decode(decoder, endless.as_bytes().chunks(100)), Err(ChunkError::Incomplete));
    let decoder = Decoder::new(Mode::Unsigned, 8192, "").unwrap();
    assert!(decode(decoder, [framed.as_bytes(), b"0\r\n\r\n"]).is_ok());
    assert!(Decoder::new(signed(SEED, false), 0, "x-amz-checksum-crc32").is_err());
    assert!(Decoder::new(Mode::Unsigned, 0, &"a,".repeat(9)).is_err());
}

#[test]
fn after_a_refusal_everything_is_refused() {
    let mut decoder = Decoder::new(Mode::Unsigned, 5, "").unwrap();
    assert!(decoder.push(&mut Bytes::from_static(b"zz\r\n")).is_err());
    assert!(decoder.push(&mut Bytes::from_static(b"5\r\nhello\r\n0\r\n\r\n")).is_err());
    assert!(decoder.finish().is_err());
}

#[test]
fn the_small_chunk_is_named() {
    let decoder = Decoder::new(Mode::Unsigned, 10, "").unwrap();
    let body = b"5\r\nhello\r\n5\r\nhello\r\n0\r\n\r\n";
    let refused = decode(decoder, [body.as_slice()]).unwrap_err();
    assert_eq!(refused, ChunkError::Small { chunk: 2, size: 5 });
    assert_eq!(refused.answer().details, [("Chunk", "2".into()), ("BadChunkSize", "5".into())]);
}
