//! One client with things of its own, which nobody else changes: it knows what it was told, and
//! checks after each crash that it is so.

use crate::client::{Client, Trouble};
use crate::content::{Content, LEN_MIN};
use crate::lane_objects::Objects;
use crate::lane_state::State;
use crate::random::Random;

/// A client and what it knows.
pub(crate) struct Lane {
    pub(crate) number: u64,
    random: Random,
    maker: Maker,
    objects: Objects,
    state: State,
    /// Whether its buckets and keys are there.
    is_furnished: bool,
    /// How many of its writes were acknowledged.
    pub(crate) acknowledged: u64,
}

/// Makes contents of which no two are alike.
pub(crate) struct Maker {
    lane: u64,
    made: u64,
}

impl Maker {
    pub(crate) fn content(&mut self, len: usize) -> Content {
        self.made += 1;
        Content { number: self.lane << 32 | self.made, len: len.max(LEN_MIN) }
    }

    pub(crate) fn text(&mut self) -> String {
        self.made += 1;
        format!("text-{}-{}", self.lane, self.made)
    }
}

impl Lane {
    pub(crate) fn new(number: u64, seed: u64) -> Self {
        Self {
            number,
            random: Random::new(seed ^ (number << 48)),
            maker: Maker { lane: number, made: 0 },
            objects: Objects::new(number),
            state: State::new(number),
            is_furnished: false,
            acknowledged: 0,
        }
    }

    /// Makes buckets and keys.
    pub(crate) fn furnish(&mut self, client: &mut Client) -> Result<(), Trouble> {
        if !self.is_furnished {
            self.objects.furnish(client)?;
            self.state.furnish(client)?;
            self.is_furnished = true;
        }
        Ok(())
    }

    /// Holds what is there against what is known.
    pub(crate) fn check(&mut self, client: &mut Client, all: bool) -> Result<(), Trouble> {
        self.objects.check(client, &mut self.random, all)?;
        self.state.check(client, &mut self.random, all)
    }

    /// One write, whichever.
    pub(crate) fn write(&mut self, client: &mut Client) -> Result<(), Trouble> {
        let Self { random, maker, objects, state, .. } = self;
        if random.below(5) < 3 {
            objects.write(client, random, maker)?;
        } else {
            state.write(client, random, maker)?;
        }
        self.acknowledged += 1;
        Ok(())
    }
}
