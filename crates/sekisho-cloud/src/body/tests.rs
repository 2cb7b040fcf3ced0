//! A body opens as it was sealed, in whole and in part, and in no other way.

use super::*;

const ID: BodyId = BodyId([7; 16]);

fn key() -> DataKey {
    DataKey::new(Zeroizing::new([9; 32]))
}

/// Bytes that differ from place to place and from chunk to chunk.
fn plain(len: usize) -> Vec<u8> {
    (0..len).map(|at| u8::try_from((at * 31 + at / 251) % 256).unwrap()).collect()
}

fn sealed(plain: &[u8]) -> Vec<Vec<u8>> {
    let sealed = Sealer::seal_all(&key(), ID, plain).unwrap();
    assert_eq!(sealed.len() as u64, sealed_len(plain.len() as u64));
    sealed.chunks(SEALED_CHUNK_LEN).map(<[u8]>::to_vec).collect()
}

fn opener(plain_len: usize) -> Opener {
    Opener::new(&key(), ID, plain_len as u64).unwrap()
}

fn open(opener: &Opener, index: u64, chunk: &[u8]) -> Result<Vec<u8>, BodyFault> {
    let mut chunk = chunk.to_vec();
    let opened = opener.open(index, &mut chunk);
    assert!(opened.is_ok() || chunk.is_empty(), "unauthenticated bytes are left");
    opened.map(|()| chunk)
}

/// Lengths around every edge of the format.
const LENGTHS: [usize; 8] =
    [0, 1, 1000, CHUNK_LEN - 1, CHUNK_LEN, CHUNK_LEN + 1, 3 * CHUNK_LEN, 3 * CHUNK_LEN + 17];

#[test]
fn a_body_opens_as_it_was_sealed() {
    for len in LENGTHS {
        let plain = plain(len);
        let chunks = sealed(&plain);
        assert_eq!(chunks.len() as u64, chunk_count(len as u64));
        let opener = opener(len);
        // Backwards, since any chunk opens without the ones before it.
        let backwards = chunks.iter().enumerate().rev();
        let opened = backwards.map(|(at, chunk)| open(&opener, at as u64, chunk).unwrap());
        let mut opened: Vec<_> = opened.collect();
        opened.reverse();
        assert_eq!(opened.concat(), plain, "{len} bytes");
    }
}

#[test]
fn a_range_is_the_slice_of_the_whole() {
    for len in LENGTHS {
        let plain = plain(len);
        let (chunks, opener) = (sealed(&plain), opener(len));
        let edges = LENGTHS.into_iter().chain([CHUNK_LEN * 2, 5 * CHUNK_LEN]);
        let edges: Vec<_> =
            edges.flat_map(|edge| [edge.saturating_sub(1), edge, edge + 1]).collect();
        for (from, to) in edges.iter().flat_map(|from| edges.iter().map(move |to| (*from, *to))) {
            let mut found = Vec::new();
            let mut read = 0;
            for Piece { index, within } in opener.pieces(from as u64, to as u64) {
                let at = usize::try_from(index).unwrap();
                found.extend_from_slice(&open(&opener, index, &chunks[at]).unwrap()[within]);
                read += 1;
            }
            let (to, from) = (to.min(len), from.min(to).min(len));
            assert_eq!(found, plain[from..to], "{from}..{to} of {len}");
            assert!(read <= (to - from) / CHUNK_LEN + 2, "{from}..{to} of {len} reads too much");
            assert!(read > 0, "something is always authenticated");
        }
    }
}

#[test]
fn every_changed_bit_is_refused() {
    let plain = plain(300);
    let (chunks, opener) = (sealed(&plain), opener(plain.len()));
    for at in 0..chunks[0].len() {
        for bit in 0..8 {
            let mut altered = chunks[0].clone();
            altered[at] ^= 1 << bit;
            assert_eq!(open(&opener, 0, &altered), Err(BodyFault::Altered { index: 0 }));
        }
    }
}

#[test]
fn every_shorter_or_longer_chunk_is_refused() {
    let plain = plain(100);
    let (chunks, opener) = (sealed(&plain), opener(plain.len()));
    for len in (0..chunks[0].len()).chain([chunks[0].len() + 1]) {
        let mut altered = chunks[0].clone();
        altered.resize(len, 0);
        assert_eq!(open(&opener, 0, &altered), Err(BodyFault::Altered { index: 0 }), "{len}");
        // Even when the row's length was changed to fit.
        let fitting = Opener::new(&key(), ID, len.saturating_sub(TAG_LEN) as u64).unwrap();
        assert!(open(&fitting, 0, &altered).is_err(), "{len}");
    }
}

#[test]
fn chunks_keep_their_place() {
    let len = 3 * CHUNK_LEN;
    let (chunks, opener) = (sealed(&plain(len)), opener(len));
    for (place, taken) in (0..3).flat_map(|place| (0..3).map(move |taken| (place, taken))) {
        let opened = open(&opener, place as u64, &chunks[taken]);
        assert_eq!(opened.is_ok(), place == taken, "chunk {taken} in place {place}");
    }
    assert_eq!(open(&opener, 3, &chunks[2]), Err(BodyFault::NoSuchChunk { index: 3, count: 3 }));
    assert!(open(&opener, u64::MAX, &chunks[2]).is_err());
}

#[test]
fn a_body_cut_at_a_chunk_is_refused() {
    let chunks = sealed(&plain(3 * CHUNK_LEN));
    // A row that says two chunks makes the second the last one, which it was not sealed as.
    let cut = opener(2 * CHUNK_LEN);
    assert!(open(&cut, 0, &chunks[0]).is_ok());
    assert_eq!(open(&cut, 1, &chunks[1]), Err(BodyFault::Altered { index: 1 }));
    let lengthened = opener(4 * CHUNK_LEN);
    assert_eq!(open(&lengthened, 2, &chunks[2]), Err(BodyFault::Altered { index: 2 }));
}

#[test]
fn bodies_are_not_exchanged() {
    let chunks = sealed(b"of the one");
    let of_another = Opener::new(&key(), BodyId([8; 16]), 10).unwrap();
    assert!(open(&of_another, 0, &chunks[0]).is_err());
    let another_key = DataKey::new(Zeroizing::new([8; 32]));
    let of_another = Opener::new(&another_key, ID, 10).unwrap();
    assert!(open(&of_another, 0, &chunks[0]).is_err());
}

#[test]
fn a_sealer_refuses_what_could_not_be_opened() {
    let mut sealer = Sealer::new(&key(), ID).unwrap();
    let refused = |len| Err(BodyFault::ChunkLen { len });
    assert_eq!(sealer.seal(&mut vec![0; 10], false), refused(10));
    assert_eq!(sealer.seal(&mut vec![0; CHUNK_LEN + 1], true), refused(CHUNK_LEN + 1));
    sealer.seal(&mut vec![0; 10], true).unwrap();
    assert_eq!(sealer.seal(&mut vec![0; 10], true), Err(BodyFault::Ended));
    assert!(Opener::new(&key(), ID, PLAIN_LEN_MAX).is_ok());
    assert_eq!(Opener::new(&key(), ID, PLAIN_LEN_MAX + 1).err(), Some(BodyFault::TooLong));
}

#[test]
fn the_form_does_not_change() {
    // A body sealed by an earlier version opens with a later one.
    let hex: String = sealed(b"sekisho")[0].iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, "95a60e4d5457549689f77294cfbbb96c27d56b9656cf90");
}

#[test]
fn a_key_is_not_shown() {
    assert_eq!(format!("{:?}", key()), "DataKey(..)");
}
