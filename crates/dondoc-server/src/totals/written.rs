//! A table of totals as JSON, written as the totals come, without a view of them in between: a province's communes over
//! ten years are 11,760 numbers, and most of the time of an answer would go into lists of them.
//!
//! What it looks like is what [`TotalsView`](super::TotalsView) says; a test holds both to the same bytes.

use std::io::Write as _;

use dondoc_ledger::rollup::{
    total::{Total, Why},
    value::Value,
};
use serde::Serialize;

use super::{LostView, SeriesView, WhyView, reason};
use crate::{ApiError, numbers::Whole};

/// The names of the counts, in the order of [`CountsView`](super::CountsView).
const COUNTS: [&str; 7] =
    ["n_expected", "n_missing", "n_nil", "n_no_figure", "n_estimated", "n_inexact", "n_weighted"];
const NULL: &[u8] = b"null,";
/// What a total takes in a list, commas included; more room is made where it takes more.
const BYTES_EACH: usize = 6;
/// The first number that doesn't fit into eight bytes with its comma.
const MANY_DIGITS: u64 = 10_000_000;

/// What the totals are of, in the order in which it is sent.
#[derive(Debug, Serialize)]
pub(super) struct Head {
    pub(super) moment: i64,
    pub(super) series: Vec<SeriesView>,
    pub(super) periods: Vec<String>,
    pub(super) units: Vec<u32>,
}

/// The lists of a table, so far; every item has a comma behind it.
#[derive(Debug)]
pub(super) struct Written {
    n: usize,
    values: Vec<u8>,
    denominators: Vec<u8>,
    n_denominators: usize,
    n_reported: Vec<u8>,
    counts: Option<[Vec<u8>; 7]>,
    why: Vec<WhyView>,
}

impl Written {
    /// Nothing yet of a table of `n` totals.
    pub(super) fn new(n: usize, with_counts: bool) -> Self {
        let list = || Vec::with_capacity(n * BYTES_EACH);
        Self {
            n: 0,
            values: list(),
            denominators: Vec::new(),
            n_denominators: 0,
            n_reported: list(),
            counts: with_counts.then(|| std::array::from_fn(|_| list())),
            why: Vec::new(),
        }
    }

    /// The next total, with all its counts.
    pub(super) fn push_total(&mut self, total: &Total) {
        if let Err(why) = total.value {
            self.push_why(why);
        }
        self.push(total.value.ok(), total.counts.n_reported);
        let Some(lists) = &mut self.counts else { return };
        let counts = total.counts;
        let n_weighted = total.through_weights.map_or(0, |it| it.1);
        let each = [
            counts.n_expected,
            counts.n_missing,
            counts.n_nil,
            counts.n_no_figure,
            counts.n_estimated,
            counts.n_inexact,
            n_weighted,
        ];
        for (list, count) in lists.iter_mut().zip(each) {
            push_digits(list, u64::from(count));
        }
    }

    /// The next total: its value and how many figures are in it.
    #[inline]
    pub(super) fn push(&mut self, value: Option<Value>, n_reported: u32) {
        match value {
            None => self.values.extend_from_slice(NULL),
            Some(Value::Number(number)) => push_whole(&mut self.values, number),
            Some(Value::Ratio { numerator, denominator }) => {
                push_whole(&mut self.values, numerator);
                self.fill_denominators();
                push_whole(&mut self.denominators, denominator);
                self.n_denominators += 1;
            }
        }
        push_digits(&mut self.n_reported, u64::from(n_reported));
        self.n += 1;
    }

    fn push_why(&mut self, why: Why) {
        self.why.push(WhyView { at: self.n, reason: reason(why) });
    }

    /// Large tables seldom have shares, so the places before one are filled when it comes.
    fn fill_denominators(&mut self) {
        for _ in self.n_denominators..self.n {
            self.denominators.extend_from_slice(NULL);
        }
        self.n_denominators = self.n;
    }

    /// The whole answer.
    pub(super) fn finish(mut self, head: &Head, lost: &[LostView]) -> Result<Vec<u8>, ApiError> {
        if self.n_denominators > 0 || head.series.iter().any(|it| it.is_ratio) {
            self.fill_denominators();
        }
        let failed = |_| ApiError::Internal;
        let counts = self.counts.as_ref().map_or(0, |it| it.iter().map(Vec::len).sum());
        let mut body = serde_json::to_vec(head).map_err(failed)?;
        body.reserve(
            self.values.len() + self.denominators.len() + self.n_reported.len() + counts + 1000,
        );
        // The lists go on where the head ended.
        body.pop();
        push_list(&mut body, "values", &self.values);
        push_list(&mut body, "denominators", &self.denominators);
        push_list(&mut body, "n_reported", &self.n_reported);
        match &self.counts {
            None => body.extend_from_slice(b",\"counts\":null"),
            Some(lists) => {
                body.extend_from_slice(b",\"counts\":");
                let start = body.len();
                for (name, list) in COUNTS.into_iter().zip(lists) {
                    push_list(&mut body, name, list);
                }
                body[start] = b'{';
                body.push(b'}');
            }
        }
        body.extend_from_slice(b",\"why\":");
        serde_json::to_writer(&mut body, &self.why).map_err(failed)?;
        body.extend_from_slice(b",\"lost\":");
        serde_json::to_writer(&mut body, lost).map_err(failed)?;
        body.push(b'}');
        Ok(body)
    }
}

fn push_list(body: &mut Vec<u8>, name: &str, items: &[u8]) {
    body.extend_from_slice(b",\"");
    body.extend_from_slice(name.as_bytes());
    body.extend_from_slice(b"\":[");
    body.extend_from_slice(items.strip_suffix(b",").unwrap_or(items));
    body.push(b']');
}

/// A number as [`Whole`] sends it.
#[inline]
fn push_whole(list: &mut Vec<u8>, number: i128) {
    match u32::try_from(number) {
        Ok(small) => push_digits(list, u64::from(small)),
        Err(_) => push_long(list, number),
    }
}

#[cold]
fn push_long(list: &mut Vec<u8>, number: i128) {
    // Neither a number nor writing to memory fails.
    let _ = serde_json::to_writer(&mut *list, &Whole(number));
    let _ = list.write_all(b",");
}

/// A number and a comma. Most totals have few digits: eight bytes are written at a stroke and cut to length, which takes a fifth
/// of the time of copying as many as there are.
#[inline]
fn push_digits(list: &mut Vec<u8>, number: u64) {
    if number < 10 {
        return list.extend_from_slice(&[b'0' + number as u8, b',']);
    }
    if number >= MANY_DIGITS {
        return push_long(list, i128::from(number));
    }
    let (mut left, mut word, mut n) = (number, u64::from(b','), 1);
    loop {
        word = word << 8 | (u64::from(b'0') + left % 10);
        n += 1;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    let end = list.len() + n;
    list.extend_from_slice(&word.to_le_bytes());
    list.truncate(end);
}

#[cfg(test)]
mod tests {
    use dondoc_ledger::rollup::total::Counts;

    use super::*;
    use crate::totals::{CountsView, TotalsView};

    const NUMBERS: [i128; 18] = [
        0,
        1,
        9,
        10,
        99,
        100,
        12_345,
        9_999_999,
        10_000_000,
        4_294_967_295,
        4_294_967_296,
        9_007_199_254_740_991,
        9_007_199_254_740_992,
        -1,
        -10,
        -9_007_199_254_740_991,
        -9_007_199_254_740_992,
        i128::MAX,
    ];

    fn series(is_ratio: bool) -> SeriesView {
        SeriesView {
            indicator: "KVPT.02.01".to_owned(),
            option: Some("\"nữ\"".to_owned()),
            decimals: 2,
            measure: "người".to_owned(),
            is_ratio,
        }
    }

    fn totals(has_ratio: bool) -> Vec<Total> {
        let mut all = vec![];
        for (at, number) in NUMBERS.into_iter().enumerate() {
            let value = match at % 5 {
                0 => Err(Why::NothingReported),
                1 if has_ratio => Ok(Value::Ratio { numerator: number, denominator: -number }),
                _ => Ok(Value::Number(number)),
            };
            let n = at as u32 * 117;
            let counts = Counts {
                n_expected: n,
                n_missing: n + 1,
                n_nil: n + 2,
                n_no_figure: n + 3,
                n_estimated: n + 4,
                n_inexact: n + 5,
                n_reported: n + 6,
            };
            let weighted = (at % 2 == 0).then_some((Value::Number(1), n + 7));
            all.push(Total { value, counts, through_weights: weighted, n_periods: 1 });
        }
        all
    }

    /// What the description of the API says, by the usual way to JSON.
    fn view(head: &Head, totals: &[Total], with_counts: bool) -> TotalsView {
        let value = |it: &Total| it.value.ok().map(|it| Whole(it.parts().0));
        let denominator = |it: &Total| it.value.ok().and_then(|it| it.parts().1).map(Whole);
        let has_ratio = head.series.iter().any(|it| it.is_ratio);
        let count = |of: fn(&Total) -> u32| totals.iter().map(of).collect::<Vec<_>>();
        let mut why: Vec<WhyView> = Vec::new();
        for (at, total) in totals.iter().enumerate() {
            if let (Err(it), true) = (total.value, with_counts) {
                why.push(WhyView { at, reason: reason(it) });
            }
        }
        TotalsView {
            moment: head.moment,
            series: head.series.iter().map(|it| series(it.is_ratio)).collect(),
            periods: head.periods.clone(),
            units: head.units.clone(),
            values: totals.iter().map(value).collect(),
            denominators: match has_ratio {
                true => totals.iter().map(denominator).collect(),
                false => Vec::new(),
            },
            n_reported: count(|it| it.counts.n_reported),
            counts: with_counts.then(|| CountsView {
                n_expected: count(|it| it.counts.n_expected),
                n_missing: count(|it| it.counts.n_missing),
                n_nil: count(|it| it.counts.n_nil),
                n_no_figure: count(|it| it.counts.n_no_figure),
                n_estimated: count(|it| it.counts.n_estimated),
                n_inexact: count(|it| it.counts.n_inexact),
                n_weighted: count(|it| it.through_weights.map_or(0, |it| it.1)),
            }),
            why,
            lost: vec![lost()],
        }
    }

    fn lost() -> LostView {
        LostView { unit: 3, period: "2025-09".to_owned() }
    }

    #[test]
    fn a_table_is_written_as_it_is_described() {
        for (has_ratio, with_counts, n) in [
            (false, false, 16),
            (true, false, 16),
            (false, true, 16),
            (true, true, 16),
            (true, true, 1),
            (true, true, 0),
            (false, false, 0),
        ] {
            let head = Head {
                moment: 7,
                series: vec![series(false), series(has_ratio)],
                periods: vec!["2025-09".to_owned()],
                units: vec![1, 22],
            };
            let totals = &totals(has_ratio)[..n];
            let mut written = Written::new(n, with_counts);
            for it in totals {
                match with_counts {
                    true => written.push_total(it),
                    false => written.push(it.value.ok(), it.counts.n_reported),
                }
            }
            let expected = serde_json::to_string(&view(&head, totals, with_counts)).unwrap();
            let found = String::from_utf8(written.finish(&head, &[lost()]).unwrap()).unwrap();
            assert_eq!(found, expected);
        }
    }
}
