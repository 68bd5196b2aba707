//! The packs in use, all together: which series there are, and what may be reported.

use std::collections::{BTreeSet, HashMap};

use dondoc_core::{
    figure::Series,
    finding::Fault,
    pack::{Breakdown, Clearing, Form, Frequency, Indicator, Level, Pack},
    rule::RuleBook,
};
use dondoc_rollup::catalogue::{Counted, Expectation};

/// The packs in use, and which of their indicators were confirmed as fit for an open system.
#[derive(Clone, Debug, Default)]
pub struct Programmes {
    packs: Vec<Pack>,
    /// Code of an indicator → its pack and its place in it.
    indicators: HashMap<String, (usize, usize)>,
    /// Codes of indicators whose options may be reported → those options.
    options: HashMap<String, BTreeSet<String>>,
    confirmed: BTreeSet<String>,
    frequencies: Vec<Frequency>,
    /// The rules and formulas of each pack.
    rule_books: Vec<RuleBook>,
}

/// Who is expected to report what a level reports; numbers of classes of units in every epoch.
#[must_use]
pub(crate) fn expectation(level: Level) -> Expectation {
    match level {
        Level::Commune => Expectation(1),
        Level::Province => Expectation(2),
        Level::Both => Expectation(3),
        Level::Above => Expectation(4),
    }
}

impl Programmes {
    /// Packs with the codes that were confirmed. Of two indicators of one code the first counts; `packs check` refuses that.
    #[must_use]
    pub fn new(packs: Vec<Pack>, confirmed: BTreeSet<String>) -> Self {
        let mut indicators = HashMap::new();
        let mut options = HashMap::new();
        for (at, pack) in packs.iter().enumerate() {
            for (place, indicator) in pack.indicators.iter().enumerate() {
                indicators.entry(indicator.code.clone()).or_insert((at, place));
                let breakdowns = breakdowns_of(pack, indicator);
                options.entry(indicator.code.clone()).or_insert_with(|| crossed(&breakdowns));
            }
        }
        let every = packs.iter().flat_map(|it| &it.indicators).flat_map(|it| it.every.clone());
        let frequencies = every.collect::<BTreeSet<_>>().into_iter().collect();
        let rule_books = packs.iter().map(RuleBook::new).collect();
        Self { packs, indicators, options, confirmed, frequencies, rule_books }
    }

    /// How often anything is reported in these programmes.
    #[must_use]
    pub(crate) fn frequencies(&self) -> &[Frequency] {
        &self.frequencies
    }

    /// The packs.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The pack of a code.
    #[must_use]
    pub fn pack(&self, code: &str) -> Option<&Pack> {
        self.packs.iter().find(|it| it.pack.code == code)
    }

    /// Digits after the mark of an indicator's figures; 0 of one that is not known.
    #[must_use]
    pub fn decimals(&self, indicator: &str) -> u8 {
        self.indicator(indicator).map_or(0, |it| it.decimals)
    }

    /// An indicator by its code.
    #[must_use]
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        let (pack, place) = self.indicators.get(code)?;
        Some(&self.packs[*pack].indicators[*place])
    }

    /// The pack that an indicator belongs to.
    #[must_use]
    pub fn pack_of(&self, indicator: &str) -> Option<&Pack> {
        self.indicators.get(indicator).map(|it| &self.packs[it.0])
    }

    /// A form with its pack; forms are looked up in all packs.
    #[must_use]
    pub fn form(&self, code: &str) -> Option<(&Pack, &Form)> {
        self.packs.iter().find_map(|pack| {
            let form = pack.forms.iter().find(|it| it.code == code)?;
            Some((pack, form))
        })
    }

    /// The rules and formulas of the packs, in their order.
    pub(crate) fn rule_books(&self) -> &[RuleBook] {
        &self.rule_books
    }

    /// Whether anything is worked out from other indicators.
    pub(crate) fn has_formulas(&self) -> bool {
        self.rule_books.iter().any(|it| it.formulas().next().is_some())
    }

    /// Whether an indicator is worked out from others.
    #[must_use]
    pub fn has_formula(&self, indicator: &str) -> bool {
        self.indicator(indicator).is_some_and(|it| it.formula.is_some())
    }

    /// The codes of an indicator's options, of two breakdowns crossed; none if it has no breakdown.
    #[must_use]
    pub fn options(&self, indicator: &str) -> Option<&BTreeSet<String>> {
        self.options.get(indicator).filter(|it| !it.is_empty())
    }

    /// Whether the options of an indicator add up to its undivided figure.
    #[must_use]
    pub fn adds_up(&self, indicator: &str) -> bool {
        let Some((at, place)) = self.indicators.get(indicator) else { return false };
        let pack = &self.packs[*at];
        let breakdowns = breakdowns_of(pack, &pack.indicators[*place]);
        !breakdowns.is_empty() && breakdowns.iter().all(|it| !it.separate)
    }

    /// Whether an indicator may be reported and shown: it is open, or was confirmed.
    #[must_use]
    pub fn is_on(&self, indicator: &Indicator) -> bool {
        indicator.clearing == Clearing::Open || self.confirmed.contains(&indicator.code)
    }

    /// The indicator of a series, if the packs have that series.
    ///
    /// # Errors
    ///
    /// What is unknown about it, as users are told.
    pub fn known(&self, series: &Series) -> Result<&Indicator, Box<Fault>> {
        let unknown = || Box::new(Fault::UnknownIndicator { indicator: series.indicator.clone() });
        let indicator = self.indicator(&series.indicator).ok_or_else(unknown)?;
        if let Some(option) = &series.option {
            let known = self.options.get(&series.indicator).is_some_and(|it| it.contains(option));
            if !known {
                return Err(Box::new(Fault::UnknownOption { option: option.clone() }));
            }
        }
        Ok(indicator)
    }

    /// Every series that figures may be of: each indicator undivided, and each of its options.
    pub(crate) fn series(&self) -> Vec<Counted> {
        let mut all = Vec::new();
        for pack in &self.packs {
            for indicator in &pack.indicators {
                if self.pack_of(&indicator.code).is_some_and(|it| it.pack.code != pack.pack.code) {
                    continue;
                }
                let options = self.options.get(&indicator.code).into_iter().flatten();
                for option in std::iter::once(None).chain(options.map(|it| Some(it.clone()))) {
                    all.push(Counted {
                        series: Series { indicator: indicator.code.clone(), option },
                        is_ratio: indicator.ratio.is_some(),
                        over_units: indicator.over_units,
                        over_time: indicator.over_time,
                        expected: expectation(indicator.level),
                    });
                }
            }
        }
        all
    }
}

fn breakdowns_of<'p>(pack: &'p Pack, indicator: &Indicator) -> Vec<&'p Breakdown> {
    let find = |code: &String| pack.breakdowns.iter().find(|it| it.code == *code);
    indicator.breakdowns.iter().filter_map(find).collect()
}

fn crossed(breakdowns: &[&Breakdown]) -> BTreeSet<String> {
    let mut all: Vec<String> = Vec::new();
    for (at, breakdown) in breakdowns.iter().enumerate() {
        let codes = breakdown.options.iter().map(|it| &it.code);
        all = match at {
            0 => codes.cloned().collect(),
            _ => codes.flat_map(|it| all.iter().map(move |head| format!("{head}+{it}"))).collect(),
        };
    }
    all.into_iter().collect()
}
