//! Figures counted from entries.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{
    entry::{Entry, FieldValue, fault_of, value},
    figure::{Content, Series, Source},
    finding::{Fault, Finding, Place},
    pack::{self, Indicator, Pack, Register},
    rule::{Expression, Name, Number, Value},
};

/// A figure counted from entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Of what.
    pub series: Series,
    /// What the entries come to.
    pub content: Content,
    /// The register and the entries that were counted.
    pub source: Source,
}

/// What counting came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counting {
    /// The figures, in the order of the indicator's options. Where no entry counts there is no figure: an empty register
    /// does not say whether nothing occurred or nothing was noted down, and that is for its keeper to say.
    pub figures: Vec<Counted>,
    /// Entries of the period of which it is not known whether or how much they count, because a field is blank.
    pub undecided: Vec<i64>,
    /// What could not be worked out.
    pub findings: Vec<Finding>,
}

/// What the entries of one option come to so far.
struct Sum {
    register: String,
    numerator: Number,
    denominator: Number,
    entries: Vec<i64>,
}

/// Counts an indicator from the entries of one unit, for the days of a period, both inclusive.
///
/// `entries` gives those of a register; they may be more than those of the period.
#[must_use]
pub fn count<'a>(
    pack: &Pack,
    indicator: &Indicator,
    days: (Date, Date),
    entries: &dyn Fn(&str) -> &'a [Entry],
) -> Counting {
    let mut counting = Counting::default();
    let mut sums: BTreeMap<Option<String>, Sum> = BTreeMap::new();
    for rule in &indicator.counted {
        let Some(register) = pack.register(&rule.register) else { continue };
        match Counter::new(rule, register, days, indicator.ratio.is_some()) {
            Ok(counter) => {
                for entry in entries(&rule.register) {
                    if let Err(fault) = counter.add(entry, &mut sums, &mut counting.undecided) {
                        counting.findings.push(at(indicator, fault));
                    }
                }
            }
            Err(detail) => {
                let fault = Fault::RuleUnusable { rule: indicator.code.clone(), detail };
                counting.findings.push(at(indicator, fault));
            }
        }
    }
    counting.undecided.sort_unstable();
    counting.undecided.dedup();
    for (option, sum) in sums {
        let series = Series { indicator: indicator.code.clone(), option };
        let Sum { register, numerator, denominator, entries } = sum;
        let whole = |it: Number| it.rounded(indicator.decimals);
        let content = match (&indicator.ratio, whole(numerator), whole(denominator)) {
            (None, Some(value), _) => Content::Value(value),
            (Some(_), Some(numerator), Some(denominator)) => {
                Content::Ratio { numerator, denominator }
            }
            _ => {
                let fault = Fault::Overflow { rule: indicator.code.clone() };
                counting.findings.push(at(indicator, fault));
                continue;
            }
        };
        let source = Source::Register { register, entries };
        counting.figures.push(Counted { series, content, source });
    }
    counting
}

fn at(indicator: &Indicator, fault: Fault) -> Finding {
    let place = Place { indicator: Some(indicator.code.clone()), ..Place::default() };
    Finding { place, fault }
}

/// One way of counting, with its filters read.
struct Counter<'a> {
    rule: &'a pack::Counted,
    register: &'a Register,
    days: (Date, Date),
    is_share: bool,
    only: Option<Expression>,
    of_only: Option<Expression>,
}

impl<'a> Counter<'a> {
    fn new(
        rule: &'a pack::Counted,
        register: &'a Register,
        days: (Date, Date),
        is_share: bool,
    ) -> Result<Self, String> {
        let read = |text: &Option<String>| {
            text.as_deref().map(Expression::read).transpose().map_err(|err| err.to_string())
        };
        Ok(Self {
            rule,
            register,
            days,
            is_share,
            only: read(&rule.only)?,
            of_only: read(&rule.of_only)?,
        })
    }

    fn add(
        &self,
        entry: &Entry,
        sums: &mut BTreeMap<Option<String>, Sum>,
        undecided: &mut Vec<i64>,
    ) -> Result<(), Fault> {
        if !self.is_of_period(entry) {
            return Ok(());
        }
        // Filters come first: an entry that is not meant needs no option and no amount.
        let (of_all, only) = (self.fits(&self.of_only, entry)?, self.fits(&self.only, entry)?);
        if of_all == Some(false) {
            return Ok(());
        }
        // What the numerator of a share does not want is still one of the whole.
        if only == Some(false) && !self.is_share {
            return Ok(());
        }
        let Some(option) = self.option(entry) else {
            undecided.push(entry.id);
            return Ok(());
        };
        let amount = |sum: &Option<String>| match sum {
            None => Some(Number::from(1)),
            Some(field) => self.number(entry, field),
        };
        let numerator = match only {
            Some(true) => amount(&self.rule.sum),
            Some(false) => Some(Number::ZERO),
            None => None,
        };
        let denominator = if of_all.is_some() { amount(&self.rule.of_sum) } else { None };
        let (Some(numerator), Some(denominator)) = (numerator, denominator) else {
            undecided.push(entry.id);
            return Ok(());
        };
        let sum = sums.entry(option).or_insert_with(|| Sum {
            register: self.rule.register.clone(),
            numerator: Number::ZERO,
            denominator: Number::ZERO,
            entries: Vec::new(),
        });
        let overflow = || Fault::Overflow { rule: self.rule.register.clone() };
        sum.numerator = sum.numerator.plus(numerator).ok_or_else(overflow)?;
        sum.denominator = sum.denominator.plus(denominator).ok_or_else(overflow)?;
        sum.entries.push(entry.id);
        Ok(())
    }

    fn is_of_period(&self, entry: &Entry) -> bool {
        let (from, to) = self.days;
        let day = |field: &str| match entry.fields.get(field) {
            Some(FieldValue::Day(day)) => Some(*day),
            _ => None,
        };
        let Some(on) = day(&self.rule.on) else { return false };
        if !self.rule.standing {
            return from <= on && on <= to;
        }
        let ended = self.rule.until.as_deref().and_then(day);
        on <= to && ended.is_none_or(|it| it > to)
    }

    fn fits(&self, filter: &Option<Expression>, entry: &Entry) -> Result<Option<bool>, Fault> {
        let Some(filter) = filter else { return Ok(Some(true)) };
        let (from, to) = self.days;
        let lookup = |name: &Name| match name.word.as_str() {
            "period_from" => Some(Value::Day(from)),
            "period_to" => Some(Value::Day(to)),
            _ => value(self.register, &entry.fields, name),
        };
        filter.holds(&lookup).map_err(|err| fault_of(&self.rule.register, &err))
    }

    /// The option that an entry counts for; `None` if the field that says so is blank.
    #[expect(clippy::option_option, reason = "no breakdown is not the same as a blank field")]
    fn option(&self, entry: &Entry) -> Option<Option<String>> {
        if self.rule.option.is_some() || self.rule.by.is_empty() {
            return Some(self.rule.option.clone());
        }
        let codes = self.rule.by.iter().map(|field| match entry.fields.get(field) {
            Some(FieldValue::Choice(code)) => Some(code.as_str()),
            _ => None,
        });
        let codes: Option<Vec<&str>> = codes.collect();
        codes.map(|it| Some(it.join("+")))
    }

    fn number(&self, entry: &Entry, field: &str) -> Option<Number> {
        let decimals = self.register.fields.iter().find(|it| it.code == field)?.decimals;
        match entry.fields.get(field) {
            Some(FieldValue::Number(it)) => Number::scaled(*it, decimals),
            _ => None,
        }
    }
}
