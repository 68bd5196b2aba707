//! Questions about totals, and their answers.

use std::sync::Arc;

use dondoc_core::{
    figure::Series,
    pack::{Closing, Frequency},
    period::Period,
    unit::{Line, UnitId, Weight},
};
use dondoc_rollup::{
    carried::Carried,
    part::{Gap, Part},
    total::{Query, Total, View},
    totals::PeriodNo,
};
use dondoc_store::blocks::BlockId;
use jiff::civil::Date;

use crate::{books::Books, error::LedgerError, grid::ways, ledger::Ledger};

/// Through which tree the past is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sight {
    /// *As then*: every period by the tree of its own closing day.
    #[default]
    AsThen,
    /// *As now*: by today's tree; what units had that are no more lies under their successors, of split ones by weight.
    AsNow(Weight),
}

/// A total that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Of what.
    pub series: Series,
    /// Of whom: the unit and all under it.
    pub unit: UnitId,
    /// Of when. A period that nobody reports as such is added up from the periods in it.
    pub period: Period,
    /// Through which tree.
    pub sight: Sight,
    /// Along which line; `None` is the tree of all units.
    pub line: Option<Line>,
    /// As it stood after this block; `None` is now.
    pub as_of: Option<BlockId>,
}

/// What a question comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The total, with what it takes to trust it.
    pub total: Total,
    /// The periods that it was added up from.
    pub periods: Vec<Period>,
    /// The newest block that is in it: the moment of the answer.
    pub moment: BlockId,
}

/// What a total is made of and what it lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Makeup {
    /// The total.
    pub answer: Answer,
    /// The figures in it, the largest first, each with its period.
    pub parts: Vec<(Part, Period)>,
    /// The figures that it lacks.
    pub gaps: Vec<(Gap, Period)>,
}

impl Ledger {
    /// Answers a question, from all that was kept until now.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if the packs have no such series, there is no such unit, or the store fails.
    pub fn total(&self, question: &Question) -> Result<Answer, LedgerError> {
        let moment = (question.sight, question.as_of);
        self.with_books(moment, &[question.period], |books, carried| {
            books.answer(question, carried)
        })
    }

    /// What the total of a question is made of and what it lacks.
    ///
    /// # Errors
    ///
    /// As [`Ledger::total`].
    pub fn makeup(&self, question: &Question) -> Result<Makeup, LedgerError> {
        let moment = (question.sight, question.as_of);
        self.with_books(moment, &[question.period], |books, carried| {
            let answer = books.answer(question, carried)?;
            let numbers = books.numbers(&answer.periods);
            let query = books.query(question, &numbers, carried)?;
            let named =
                |number: PeriodNo| books.totals.period(number).map_or(question.period, |it| it.0);
            let parts = books.totals.parts(&query).into_iter().map(|it| (it, named(it.period)));
            let gaps = books.totals.gaps(&query).into_iter().map(|it| (it, named(it.period)));
            Ok(Makeup { parts: parts.collect(), gaps: gaps.collect(), answer })
        })
    }

    /// The books at the moment that is asked for, knowing the periods that are asked for, and the way through today's tree
    /// if that is asked for.
    pub(crate) fn with_books<T>(
        &self,
        (sight, as_of): (Sight, Option<BlockId>),
        periods: &[Period],
        work: impl FnOnce(&Books, Option<&Carried>) -> Result<T, LedgerError>,
    ) -> Result<T, LedgerError> {
        self.refresh()?;
        let is_past = |books: &Books| as_of.is_some_and(|it| it < books.last);
        let work = if self.look(is_past) {
            work
        } else {
            if self.look(|books| !books.strangers(periods).is_empty()) {
                self.change(|books| books.acquaint(periods))?;
            }
            let carried = self.carried(sight)?;
            // The newest moment may have become an earlier one: somebody writes meanwhile.
            let answer = self.look(|books| match is_past(books) {
                true => Err(work),
                false => Ok(work(books, carried.as_deref())),
            });
            match answer {
                Ok(answer) => return answer,
                Err(work) => work,
            }
        };
        let mut books = match as_of {
            Some(moment) => self.as_of(moment)?,
            None => self.look(Clone::clone),
        };
        books.acquaint(periods)?;
        let carried = books.carried(sight)?;
        work(&books, carried.as_deref())
    }

    /// The way through today's tree, made once for each weight and tree.
    fn carried(&self, sight: Sight) -> Result<Option<Arc<Carried>>, LedgerError> {
        match self.look(|books| books.carried_if_made(sight)) {
            Some(made) => Ok(made),
            None => self.change(|books| books.carried(sight)),
        }
    }
}

impl Books {
    /// The closed periods, asked for or parts of these, that nobody has reported for since the first reported one closed.
    ///
    /// They have to be known for everyone to be missing in them; older ones nobody was ever asked for.
    fn strangers(&self, asked: &[Period]) -> Vec<Period> {
        let Some(first) = self.first_day() else { return Vec::new() };
        let is_due = |it: &Period| {
            let closing = it.closing_day(Closing::Decree09);
            self.totals.period_no(it).is_none()
                && closing.is_some_and(|day| first <= day && day < self.today())
        };
        let every = self.programmes.frequencies();
        asked.iter().flat_map(|it| ways(*it, every)).flatten().filter(is_due).collect()
    }

    /// When the first of the known periods closed.
    fn first_day(&self) -> Option<Date> {
        let known = (0..).map_while(|it| self.totals.period(PeriodNo(it)));
        known.filter_map(|it| it.0.closing_day(Closing::Decree09)).min()
    }

    fn acquaint(&mut self, asked: &[Period]) -> Result<(), LedgerError> {
        for period in self.strangers(asked) {
            self.period_no(period)?;
        }
        Ok(())
    }

    fn answer(
        &self,
        question: &Question,
        carried: Option<&Carried>,
    ) -> Result<Answer, LedgerError> {
        let mut best: Option<Answer> = None;
        for periods in self.ways(question)? {
            let numbers = self.numbers(&periods);
            let total = self.totals.total(&self.query(question, &numbers, carried)?);
            let is_better = best.as_ref().is_none_or(|it| {
                months_with_figures(&total, &periods) > months_with_figures(&it.total, &it.periods)
            });
            if is_better {
                best = Some(Answer { total, periods, moment: self.last });
            }
        }
        best.ok_or_else(|| LedgerError::NotThere {
            what: "period",
            name: question.period.to_string(),
        })
    }

    /// The ways to make a period from others, the best first: the period itself, then coarser before finer parts.
    fn ways(&self, question: &Question) -> Result<Vec<Vec<Period>>, LedgerError> {
        let known = self.programmes.known(&question.series);
        let indicator = known.map_err(|_| LedgerError::NotThere {
            what: "indicator",
            name: match &question.series.option {
                Some(option) => format!("{} ({option})", question.series.indicator),
                None => question.series.indicator.clone(),
            },
        })?;
        Ok(ways(question.period, &indicator.every).collect())
    }

    /// The numbers of those periods that are known.
    fn numbers(&self, periods: &[Period]) -> Vec<PeriodNo> {
        periods.iter().filter_map(|it| self.totals.period_no(it)).collect()
    }

    fn query<'a>(
        &self,
        question: &Question,
        periods: &'a [PeriodNo],
        carried: Option<&'a Carried>,
    ) -> Result<Query<'a>, LedgerError> {
        let series = self.totals.catalogue().number(&question.series);
        let series = series.ok_or_else(|| LedgerError::NotThere {
            what: "indicator",
            name: question.series.indicator.clone(),
        })?;
        if self.units.get(question.unit).is_none() {
            let name = question.unit.to_string();
            return Err(LedgerError::NotThere { what: "unit", name });
        }
        let view = carried.map_or(View::AsThen, View::AsNow);
        Ok(Query { series, unit: question.unit, periods, view, line: question.line })
    }
}

/// How many months of a total have figures, to choose between ways of adding up: months times the units that reported.
pub(crate) fn months_with_figures(total: &Total, periods: &[Period]) -> u64 {
    u64::from(total.counts.n_reported) * months_of(periods.first().copied())
}

/// How many months a period has; spans count as a year.
pub(crate) fn months_of(period: Option<Period>) -> u64 {
    match period.map(Period::frequency) {
        Some(Frequency::Month) => 1,
        Some(Frequency::Quarter) => 3,
        Some(Frequency::Half) => 6,
        Some(Frequency::NineMonths) => 9,
        _ => 12,
    }
}
