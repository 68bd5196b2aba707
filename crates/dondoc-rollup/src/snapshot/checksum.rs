//! A fast 64-bit checksum against damage (not against forgery).
//!
//! Every step `state = (state ^ word) · odd, rotated` can be undone, so two inputs that differ in one word never
//! have the same state after it, nor after any number of equal words: no single flipped bit, byte or word goes unseen.

/// Four states side by side, so that the processor need not wait for each multiplication.
#[derive(Clone, Debug)]
pub(super) struct Checksum {
    lanes: [u64; 4],
    n_words: u64,
}

const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

fn step(state: u64, word: u64) -> u64 {
    (state ^ word).wrapping_mul(ODD).rotate_left(29)
}

impl Checksum {
    pub(super) fn new(seed: u64) -> Self {
        Self { lanes: [1, 2, 3, 4].map(|it| step(seed, it)), n_words: 0 }
    }

    /// Of all the bytes, with their number.
    pub(super) fn of(seed: u64, bytes: &[u8]) -> u64 {
        let mut sum = Self::new(seed);
        let (blocks, rest) = bytes.as_chunks::<32>();
        for block in blocks {
            let (words, _) = block.as_chunks::<8>();
            for (lane, word) in sum.lanes.iter_mut().zip(words) {
                *lane = step(*lane, u64::from_le_bytes(*word));
            }
        }
        for rest in rest.chunks(8) {
            let mut word = [0; 8];
            word[..rest.len()].copy_from_slice(rest);
            sum.number(u64::from_le_bytes(word));
        }
        sum.n_words = bytes.len() as u64;
        sum.finish()
    }

    pub(super) fn number(&mut self, word: u64) {
        let at = usize::try_from(self.n_words % 4).unwrap_or_default();
        self.lanes[at] = step(self.lanes[at], word);
        self.n_words += 1;
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(Self::of(0, text.as_bytes()));
    }

    pub(super) fn finish(&self) -> u64 {
        self.lanes.into_iter().fold(step(0, self.n_words), step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flipped_bit_and_every_other_length_is_seen() {
        let bytes: Vec<u8> = (0..77_u8).map(|it| it.wrapping_mul(31)).collect();
        let sum = Checksum::of(5, &bytes);
        for bit in 0..bytes.len() * 8 {
            let mut other = bytes.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(Checksum::of(5, &other), sum, "bit {bit}");
        }
        for n in 0..bytes.len() {
            assert_ne!(Checksum::of(5, &bytes[..n]), sum);
        }
        let longer = [bytes.as_slice(), &[0]].concat();
        assert_ne!(Checksum::of(5, &longer), sum);
        assert_ne!(Checksum::of(6, &bytes), sum);
    }
}
