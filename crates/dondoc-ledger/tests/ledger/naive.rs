//! The same answers by walking over all blocks and all units, with nothing kept between two questions.

use std::collections::{BTreeMap, BTreeSet};

use dondoc_core::{
    figure::{Content, Series},
    pack::Closing,
    period::Period,
    unit::{Line, UnitId, Units},
};
use dondoc_rollup::value::Value;
use dondoc_store::{
    Store,
    blocks::{self, BlockId},
};
use jiff::civil::Date;

/// All figures in force after a block.
pub(crate) struct Walk {
    figures: BTreeMap<(UnitId, Period, Series), Content>,
    periods: BTreeSet<Period>,
}

impl Walk {
    pub(crate) fn up_to(store: &Store, moment: BlockId) -> Self {
        let mut walk = Self { figures: BTreeMap::new(), periods: BTreeSet::new() };
        let blocks = store.read(|tx| blocks::after(tx, BlockId::NONE, usize::MAX)).unwrap();
        for block in blocks.into_iter().filter(|it| it.id <= moment) {
            walk.periods.insert(block.period);
            for figure in block.figures() {
                walk.figures.insert((block.unit, block.period, figure.series), figure.content);
            }
        }
        walk
    }

    fn raw(
        &self,
        unit: UnitId,
        period: Period,
        indicator: &str,
        option: Option<&str>,
    ) -> Option<Content> {
        let series = Series { indicator: indicator.to_owned(), option: option.map(str::to_owned) };
        self.figures.get(&(unit, period, series)).copied()
    }

    /// A unit's own number: value or numerator, and denominator (1 of plain numbers).
    pub(crate) fn own(
        &self,
        unit: UnitId,
        period: Period,
        indicator: &str,
    ) -> Option<(i128, i128)> {
        match indicator {
            "T.02" => {
                let options = ["a", "b"].map(|it| self.raw(unit, period, indicator, Some(it)));
                let numbers = options.into_iter().flatten().filter_map(plain);
                numbers.reduce(|a, b| a + b).map(|it| (it, 1))
            }
            "T.05" => {
                let (courses, money) =
                    (self.own(unit, period, "T.01")?, self.own(unit, period, "T.02")?);
                Some((courses.0 * 100 + money.0, 1))
            }
            _ => match self.raw(unit, period, indicator, None)? {
                Content::Ratio { numerator, denominator } => {
                    Some((numerator.into(), denominator.into()))
                }
                Content::Nil if indicator == "T.03" => Some((0, 0)),
                other => plain(other).map(|it| (it, 1)),
            },
        }
    }

    /// The total of a unit in its tree of the closing day; `None` where nobody reported a number.
    pub(crate) fn total(
        &self,
        units: &Units,
        (unit, period): (UnitId, Period),
        indicator: &str,
    ) -> Option<Value> {
        let day = period.closing_day(Closing::Decree09).unwrap();
        let own = under(units, unit, day).into_iter();
        together(indicator, own.filter_map(|it| self.own(it, period, indicator)))
    }

    /// The total of a quarter: months added up, or each unit's last number.
    pub(crate) fn of_quarter(
        &self,
        units: &Units,
        (unit, months): (UnitId, &[Period]),
        indicator: &str,
    ) -> Option<Value> {
        let known: Vec<Period> =
            months.iter().copied().filter(|it| self.periods.contains(it)).collect();
        if matches!(indicator, "T.02" | "T.03") {
            let day = known.last()?.closing_day(Closing::Decree09).unwrap();
            let last =
                |it: UnitId| known.iter().rev().find_map(|month| self.own(it, *month, indicator));
            return together(indicator, under(units, unit, day).into_iter().filter_map(last));
        }
        let each = known.iter().filter_map(|it| self.total(units, (unit, *it), indicator));
        each.reduce(|a, b| if indicator == "T.04" { larger(a, b) } else { a.plus(b) })
    }
}

fn larger(a: Value, b: Value) -> Value {
    if b.parts().0 > a.parts().0 { b } else { a }
}

fn plain(content: Content) -> Option<i128> {
    match content {
        Content::Value(it) => Some(it.into()),
        Content::Nil => Some(0),
        Content::NoFigure | Content::Ratio { .. } => None,
    }
}

fn together(indicator: &str, numbers: impl Iterator<Item = (i128, i128)>) -> Option<Value> {
    let rule = |a: (i128, i128), b: (i128, i128)| match indicator {
        "T.04" => (a.0.max(b.0), 1),
        _ => (a.0 + b.0, a.1 + b.1),
    };
    let (numerator, denominator) = numbers.reduce(rule)?;
    Some(match indicator {
        "T.03" => Value::Ratio { numerator, denominator },
        _ => Value::Number(numerator),
    })
}

/// The unit and all under it on a day, found by asking every unit for its parents.
pub(crate) fn under(units: &Units, top: UnitId, day: Date) -> Vec<UnitId> {
    let stands = |it: UnitId| units.get(it).and_then(|unit| unit.parent_on(Line::State, day));
    let mut found = Vec::new();
    for unit in units.all() {
        let mut at = Some(unit.id());
        while let Some(it) = at {
            let Some(parent) = stands(it) else { break };
            if it == top {
                found.push(unit.id());
                break;
            }
            at = parent;
        }
    }
    found
}
