//! A made-up country of the real one's size: 34 provinces, 3,321 communes, 300 indicators, 120 months, 60 % filled.
//!
//! Deterministic: the same seed makes the same figures on every machine, in whole numbers only.

pub(crate) const N_PROVINCES: usize = 34;
pub(crate) const N_COMMUNES: usize = 3_321;
pub(crate) const N_INDICATORS: usize = 300;
pub(crate) const N_MONTHS: usize = 120;

const FEWEST_COMMUNES: usize = 38;

/// A unit: its number carries no order.
pub(crate) struct Commune {
    pub(crate) unit: u32,
    /// In 65,536ths: how often it reports at all in a month.
    rate: u64,
    /// How large, in 256ths of the usual.
    size: u64,
    /// Its place among all communes of the whole country, also where only a tenth is used.
    at: u64,
}

pub(crate) struct Province {
    pub(crate) unit: u32,
    pub(crate) communes: Vec<Commune>,
}

pub(crate) struct Country {
    pub(crate) provinces: Vec<Province>,
    seed: u64,
}

/// One reported figure, by places and not by numbers of units.
pub(crate) struct Reported {
    pub(crate) unit: u32,
    pub(crate) value: i64,
}

/// Scrambles a number (the last steps of splitmix64).
pub(crate) fn scrambled(mut it: u64) -> u64 {
    it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    it ^ (it >> 31)
}

/// Numbers by chance, one after the other.
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        scrambled(self.0)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at + 1));
        }
    }
}

impl Country {
    /// The whole country, or the same with a tenth of the communes of each province.
    pub(crate) fn new(seed: u64, is_tenth: bool) -> Self {
        let mut draw = Draw(seed);
        let mut counts = vec![FEWEST_COMMUNES; N_PROVINCES];
        for _ in 0..N_COMMUNES - N_PROVINCES * FEWEST_COMMUNES {
            // Two draws of which the first is kept more often: provinces differ in size.
            let (a, b) = (draw.below(N_PROVINCES), draw.below(N_PROVINCES));
            counts[if draw.below(3) == 0 { b } else { a.min(b) }] += 1;
        }
        draw.shuffle(&mut counts);
        let mut units: Vec<u32> = (10_000..40_000).collect();
        draw.shuffle(&mut units);
        let mut province_units: Vec<u32> = (1..97).collect();
        draw.shuffle(&mut province_units);
        let mut at = 0;
        let mut provinces = Vec::new();
        for (n, unit) in counts.into_iter().zip(province_units) {
            let mut communes: Vec<Commune> = (0..n)
                .map(|_| {
                    at += 1;
                    let rate = (54_000 + draw.next() % 11_000).min(65_200);
                    let size = 64 + draw.next() % 512;
                    Commune { unit: units[at], rate, size, at: at as u64 }
                })
                .collect();
            if is_tenth {
                draw.shuffle(&mut communes);
                communes.truncate(((n + 5) / 10).max(1));
                communes.sort_by_key(|it| it.at);
            }
            provinces.push(Province { unit, communes });
        }
        Self { provinces, seed }
    }

    /// What was reported for an indicator in a month, in the order of the units.
    pub(crate) fn reported(
        &self,
        indicator: usize,
        month: usize,
    ) -> impl Iterator<Item = Reported> {
        let of_indicator = scrambled(self.seed ^ 0xa1 ^ (indicator as u64) << 32);
        let filled = 31_000 + of_indicator % 26_500;
        let of_month = scrambled(self.seed ^ 0xb2 ^ (month as u64) << 40);
        let scale = 3 + of_indicator.rotate_left(20) % 12;
        // Some indicators count money in small units: they do not fit 32 bits.
        let scale = if indicator % 20 == 7 { scale + 20 } else { scale };
        let communes = self.provinces.iter().flat_map(|it| &it.communes);
        communes.filter_map(move |it| {
            if scrambled(of_month ^ it.at) & 0xffff >= it.rate {
                return None;
            }
            let chance = scrambled(of_indicator ^ of_month.rotate_left(7) ^ it.at << 20);
            if chance & 0xffff >= filled {
                return None;
            }
            // The product of two draws: many small values, few large ones.
            let skewed = ((chance >> 16 & 0xffff) * (chance >> 32 & 0xffff)) >> 16;
            let value = ((skewed * it.size) << scale) >> 18;
            Some(Reported { unit: it.unit, value: value as i64 })
        })
    }
}
