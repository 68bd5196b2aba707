//! The rules and formulas of a pack, ready to be worked out over the figures of a unit.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    ops::Bound,
};

use crate::{
    figure::{Content, Series},
    finding::{Fault, Finding, Place},
    pack::{Indicator, Pack, Rule},
    rule::{EvalError, Expression, ExpressionError, Name, Number, Value, When},
};

/// The figures that rules look at: all of one unit, of three periods.
#[derive(Clone, Copy, Debug)]
pub struct Figures<'a> {
    /// Of the period that is checked.
    pub now: &'a BTreeMap<Series, Content>,
    /// Of the period before; `None` if there is none, then all of it is missing.
    pub before: Option<&'a BTreeMap<Series, Content>>,
    /// Of the same period of last year.
    pub last_year: Option<&'a BTreeMap<Series, Content>>,
}

/// The rules and formulas of a pack.
#[derive(Clone, Debug)]
pub struct RuleBook {
    words: HashMap<String, Meaning>,
    rules: Vec<(Rule, Expression)>,
    /// In an order in which each comes after those that it needs.
    formulas: Vec<(Formula, Expression)>,
}

#[derive(Clone, Debug)]
struct Formula {
    indicator: String,
    decimals: u8,
}

/// What a word of an expression stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Meaning {
    series: Series,
    part: Part,
    decimals: u8,
    is_ratio: bool,
    /// Of a share: by what it is multiplied, 100 for percent.
    times: i64,
    /// Whether the undivided figure is the sum of its options where it was not given.
    adds_up: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Numerator,
    Denominator,
}

/// Why a rule or formula of a pack can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unusable {
    /// It can't be read.
    #[error(transparent)]
    Unreadable(#[from] ExpressionError),
    /// It names what the pack has not.
    #[error("there is no `{0}`")]
    UnknownName(String),
    /// It needs itself, by way of these.
    #[error("{}", .0.join(" → "))]
    Cycle(Vec<String>),
}

impl RuleBook {
    /// Takes the rules and formulas of a pack; those that can't be used are left out, for `packs check` tells of them.
    #[must_use]
    pub fn new(pack: &Pack) -> Self {
        Self::read(pack).0
    }

    /// The same, with what was left out, by the code of the rule or indicator.
    pub(crate) fn read(pack: &Pack) -> (Self, Vec<(String, Unusable)>) {
        let mut unusable = Vec::new();
        let words = words(pack);
        let mut read = |code: &str, text: &str| match usable(text, &words) {
            Ok(expression) => Some(expression),
            Err(why) => {
                unusable.push((code.to_owned(), why));
                None
            }
        };
        let rules = pack.rules.iter();
        let rules: Vec<_> =
            rules.filter_map(|it| Some((it.clone(), read(&it.code, &it.holds)?))).collect();
        let mut formulas = BTreeMap::new();
        for indicator in &pack.indicators {
            let Some(text) = &indicator.formula else { continue };
            if let Some(expression) = read(&indicator.code, text) {
                formulas.insert(indicator.code.clone(), (indicator, expression));
            }
        }
        let (order, cycles) = in_order(&formulas, &words);
        unusable.extend(cycles.into_iter().map(|it| (it[0].clone(), Unusable::Cycle(it))));
        let formulas = order.into_iter().filter_map(|code| formulas.remove(&code));
        let formulas = formulas.map(|(indicator, expression)| {
            let Indicator { code, decimals, .. } = indicator;
            (Formula { indicator: code.clone(), decimals: *decimals }, expression)
        });
        let formulas = formulas.collect();
        (Self { words, rules, formulas }, unusable)
    }

    /// What the rules find in the figures of a unit, in the order of the pack.
    #[must_use]
    pub fn findings(&self, figures: &Figures<'_>) -> Vec<Finding> {
        self.findings_about(figures, &|_| true)
    }

    /// The same, of those rules alone that look at an indicator of this period which `is_meant`.
    #[must_use]
    pub fn findings_about(
        &self,
        figures: &Figures<'_>,
        is_meant: &dyn Fn(&str) -> bool,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (rule, expression) in &self.rules {
            if !self.looks_at(expression, When::Now).any(|it| is_meant(&it.indicator)) {
                continue;
            }
            let fault = match expression.holds(&|name| self.value(name, figures)) {
                Ok(Some(false)) => Fault::Rule {
                    rule: rule.code.clone(),
                    severity: rule.severity,
                    message: rule.message.clone(),
                    remedy: rule.remedy.clone(),
                },
                Ok(_) => continue,
                Err(err) => fault_of(&rule.code, &err),
            };
            findings.push(Finding { place: self.place(expression), fault });
        }
        findings
    }

    /// The figures that formulas come to, without those that can't be known, and what went wrong.
    #[must_use]
    pub fn derive(&self, figures: &Figures<'_>) -> (Vec<(Series, Content)>, Vec<Finding>) {
        let mut now = figures.now.clone();
        let (mut derived, mut findings) = (Vec::new(), Vec::new());
        for (Formula { indicator, decimals }, expression) in &self.formulas {
            let figures = Figures { now: &now, ..*figures };
            let fault = match expression.eval(&|name| self.value(name, &figures)) {
                Ok(Value::Missing) => continue,
                Ok(Value::Number(number)) => match number.rounded(*decimals) {
                    Some(value) => {
                        let series = Series { indicator: indicator.clone(), option: None };
                        derived.push((series.clone(), Content::Value(value)));
                        now.insert(series, Content::Value(value));
                        continue;
                    }
                    None => Fault::Overflow { rule: indicator.clone() },
                },
                Ok(_) => Fault::RuleUnusable {
                    rule: indicator.clone(),
                    detail: "it comes to no number".into(),
                },
                Err(err) => fault_of(indicator, &err),
            };
            let place = Place { indicator: Some(indicator.clone()), ..Place::default() };
            findings.push(Finding { place, fault });
        }
        (derived, findings)
    }

    /// The indicators that the rules look at, in this period or another; none if there are no rules.
    #[must_use]
    pub fn watched(&self) -> BTreeSet<&str> {
        let every = [When::Now, When::Before, When::LastYear];
        let looked = self.rules.iter().flat_map(|(_, expression)| {
            every.into_iter().flat_map(move |when| self.looks_at(expression, when))
        });
        looked.map(|it| it.indicator.as_str()).collect()
    }

    /// The indicators with formulas, each with the series that it is worked out from, in an order in which each comes
    /// after those that it needs.
    pub fn formulas(&self) -> impl Iterator<Item = (&str, Vec<(&Series, When)>)> {
        self.formulas.iter().map(|(formula, expression)| {
            let names = expression.names();
            let inputs = names
                .into_iter()
                .filter_map(|name| Some((&self.words.get(&name.word)?.series, name.when)));
            (formula.indicator.as_str(), inputs.collect())
        })
    }

    fn looks_at<'s>(
        &'s self,
        expression: &'s Expression,
        when: When,
    ) -> impl Iterator<Item = &'s Series> + 's {
        let names = expression.names().into_iter().filter(move |it| it.when == when);
        names.filter_map(|it| Some(&self.words.get(&it.word)?.series))
    }

    /// The rules that come to something else than yes or no, and the formulas that come to no number, whatever the figures.
    pub(crate) fn misfits(&self) -> Vec<(String, String)> {
        let one = |_: &Name| Some(Value::Number(Number::from(1)));
        let rules = self.rules.iter().filter_map(|(rule, expression)| {
            let err = expression.holds(&one).err()?;
            Some((rule.code.clone(), err.to_string()))
        });
        let formulas = self.formulas.iter().filter_map(|(formula, expression)| {
            let detail = match expression.eval(&one) {
                Ok(Value::Number(_) | Value::Missing) => return None,
                Ok(other) => format!("it comes to {}, not a number", other.kind()),
                Err(err) => err.to_string(),
            };
            Some((formula.indicator.clone(), detail))
        });
        rules.chain(formulas).collect()
    }

    fn value(&self, name: &Name, figures: &Figures<'_>) -> Option<Value> {
        let meaning = self.words.get(&name.word)?;
        let figures = match name.when {
            When::Now => Some(figures.now),
            When::Before => figures.before,
            When::LastYear => figures.last_year,
        };
        let content = figures.and_then(|it| content(it, meaning));
        Some(content.map_or(Value::Missing, |it| value(it, meaning)))
    }

    /// The cells that a rule looks at, the first of them as the indicator that is meant.
    fn place(&self, expression: &Expression) -> Place {
        let named = expression.names();
        let meanings = named.iter().filter(|it| it.when == When::Now);
        let mut series: Vec<&Series> =
            meanings.filter_map(|it| Some(&self.words.get(&it.word)?.series)).collect();
        series.dedup();
        let written = |it: &&Series| match &it.option {
            Some(option) => format!("{} ({option})", it.indicator),
            None => it.indicator.clone(),
        };
        let cells: Vec<String> = series.iter().map(written).collect();
        Place {
            cell: (!cells.is_empty()).then(|| cells.join(", ")),
            indicator: series.first().map(|it| it.indicator.clone()),
            ..Place::default()
        }
    }
}

fn fault_of(code: &str, err: &EvalError) -> Fault {
    match err {
        EvalError::Overflow => Fault::Overflow { rule: code.to_owned() },
        other => Fault::RuleUnusable { rule: code.to_owned(), detail: other.to_string() },
    }
}

fn usable(text: &str, words: &HashMap<String, Meaning>) -> Result<Expression, Unusable> {
    let expression = Expression::read(text)?;
    let unknown = expression.names().into_iter().find(|it| !words.contains_key(&it.word));
    match unknown.map(|it| it.word.clone()) {
        Some(word) => Err(Unusable::UnknownName(word)),
        None => Ok(expression),
    }
}

/// Every word that the indicators of a pack give.
fn words(pack: &Pack) -> HashMap<String, Meaning> {
    let mut words = HashMap::new();
    for indicator in &pack.indicators {
        let word = indicator.code.replace('.', "_");
        for option in std::iter::once(None).chain(pack.options(indicator).into_iter().map(Some)) {
            let suffix = option.as_ref().map(|it| format!("__{}", it.replace('+', "__")));
            let word = format!("{word}{}", suffix.unwrap_or_default());
            let meaning = |part| Meaning {
                series: Series { indicator: indicator.code.clone(), option: option.clone() },
                part,
                decimals: indicator.decimals,
                is_ratio: indicator.ratio.is_some(),
                times: if indicator.measure == "%" { 100 } else { 1 },
                adds_up: pack.adds_up(indicator),
            };
            if indicator.ratio.is_some() {
                words.insert(format!("{word}_num"), meaning(Part::Numerator));
                words.insert(format!("{word}_den"), meaning(Part::Denominator));
            }
            words.insert(word, meaning(Part::Whole));
        }
    }
    words
}

/// The figure that is meant; of an undivided one that was not given, the sum of its options.
fn content(figures: &BTreeMap<Series, Content>, meaning: &Meaning) -> Option<Content> {
    let Series { indicator, option } = &meaning.series;
    if let Some(content) = figures.get(&meaning.series) {
        return Some(*content);
    }
    if option.is_some() || !meaning.adds_up {
        return None;
    }
    // The undivided series would come first, its options follow it.
    let after = (Bound::Excluded(&meaning.series), Bound::Unbounded);
    let options =
        figures.range::<Series, _>(after).take_while(|(it, _)| it.indicator == *indicator);
    let mut sum = None;
    for (_, content) in options {
        sum = match (sum, *content) {
            (sum, Content::NoFigure) => sum,
            (None, it) => Some(it),
            (Some(it), Content::Nil) | (Some(Content::Nil), it) => Some(it),
            (Some(Content::Value(a)), Content::Value(b)) => Some(Content::Value(a.checked_add(b)?)),
            (
                Some(Content::Ratio { numerator: a, denominator: of_a }),
                Content::Ratio { numerator: b, denominator: of_b },
            ) => {
                let (numerator, denominator) = (a.checked_add(b)?, of_a.checked_add(of_b)?);
                Some(Content::Ratio { numerator, denominator })
            }
            _ => return None,
        };
    }
    sum
}

fn value(content: Content, meaning: &Meaning) -> Value {
    let number = match (content, meaning.part) {
        (Content::NoFigure, _) => None,
        (Content::Value(it), Part::Whole) => Number::scaled(it, meaning.decimals),
        // No cases at all: both parts are zero, and their share is unknown.
        (Content::Nil, Part::Whole) if meaning.is_ratio => None,
        (Content::Nil, _) => Some(Number::ZERO),
        (Content::Value(_), _) => None,
        (Content::Ratio { numerator, .. }, Part::Numerator) => {
            Number::scaled(numerator, meaning.decimals)
        }
        (Content::Ratio { denominator, .. }, Part::Denominator) => {
            Number::scaled(denominator, meaning.decimals)
        }
        (Content::Ratio { numerator, denominator }, Part::Whole) => {
            let numerator = i128::from(numerator) * i128::from(meaning.times);
            Number::fraction(numerator, i128::from(denominator))
        }
    };
    number.map_or(Value::Missing, Value::Number)
}

/// The indicators with formulas in an order in which each comes after those that it needs, and the rings among them.
fn in_order(
    formulas: &BTreeMap<String, (&Indicator, Expression)>,
    words: &HashMap<String, Meaning>,
) -> (Vec<String>, Vec<Vec<String>>) {
    let needs = |code: &String| -> BTreeSet<String> {
        let names = formulas[code].1.names();
        let now = names.iter().filter(|it| it.when == When::Now);
        let named = now.filter_map(|it| Some(words.get(&it.word)?.series.indicator.clone()));
        named.filter(|it| formulas.contains_key(it)).collect()
    };
    let (mut order, mut cycles) = (Vec::new(), Vec::new());
    let mut done: HashSet<String> = HashSet::new();
    for code in formulas.keys() {
        // Depth first; the path holds those that wait for what they need.
        let mut path: Vec<(String, Vec<String>)> = Vec::new();
        if done.insert(code.clone()) {
            path.push((code.clone(), needs(code).into_iter().collect()));
        }
        while let Some((_, left)) = path.last_mut() {
            match left.pop() {
                Some(next) => {
                    if let Some(at) = path.iter().position(|(it, _)| *it == next) {
                        cycles.push(path[at..].iter().map(|(it, _)| it.clone()).collect());
                    } else if done.insert(next.clone()) {
                        let of_next = needs(&next).into_iter().collect();
                        path.push((next, of_next));
                    }
                }
                None => order.extend(path.pop().map(|(it, _)| it)),
            }
        }
    }
    let rings: Vec<String> = cycles.iter().flatten().cloned().collect();
    order.retain(|it| !rings.contains(it));
    (order, cycles)
}
