//! The rules of totals, each on figures small enough to add up by hand: tỉnh Lam Giang before and after a change of communes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use dondoc_core::{
    aggregation::Aggregation,
    figure::{Content, Series},
    period::Period,
    tree::Tree,
    unit::{Share, UnitId},
};
use dondoc_rollup::{
    carried::Carried,
    catalogue::{Catalogue, Counted, Expectation, SeriesNo},
    epoch::{Epoch, EpochNo},
    total::{Query, Total, View, Why},
    totals::{PeriodNo, SetError, Stored, Totals},
    value::Value,
};

const LAM_GIANG: UnitId = UnitId(1);
const BINH_AN: UnitId = UnitId(2);
const DONG_KHE: UnitId = UnitId(3);
const THACH_SON: UnitId = UnitId(4);
/// From the second month on: Bình An and Đông Khê are one commune, with a third of Thạch Sơn.
const TAN_LAP: UnitId = UnitId(5);

const SUM: SeriesNo = SeriesNo(0);
const SHARE: SeriesNo = SeriesNo(1);
const STOCK: SeriesNo = SeriesNo(2);
const PEAK: SeriesNo = SeriesNo(3);
const NEVER: SeriesNo = SeriesNo(4);

const JUNE: PeriodNo = PeriodNo(0);
const JULY: PeriodNo = PeriodNo(1);

fn totals() -> Totals {
    use Aggregation::{Last, Max, None as Never, Sum, WeightedAverage};
    let rules = [
        ("CT.01", false, Sum, Sum),
        ("CT.02", true, WeightedAverage, WeightedAverage),
        ("CT.03", false, Sum, Last),
        ("CT.04", false, Sum, Max),
        ("CT.05", false, Never, Never),
    ];
    let catalogue = rules.map(|(indicator, is_ratio, over_units, over_time)| Counted {
        series: Series { indicator: indicator.to_owned(), option: None },
        is_ratio,
        over_units,
        over_time,
        expected: Expectation::LEAVES,
    });
    let tree = |communes: &[UnitId]| {
        let mut parents = vec![(LAM_GIANG, None)];
        parents.extend(communes.iter().map(|it| (*it, Some(LAM_GIANG))));
        Epoch::new(Tree::new(&parents).unwrap().into())
    };
    let epochs = vec![tree(&[BINH_AN, DONG_KHE, THACH_SON]), tree(&[TAN_LAP, THACH_SON])];
    let month = |month, epoch| (Period::Month { year: 2025, month }, EpochNo(epoch));
    Totals::new(Catalogue::new(catalogue).unwrap(), epochs, &[month(6, 0), month(7, 1)]).unwrap()
}

fn put(totals: &mut Totals, series: SeriesNo, period: PeriodNo, figures: &[(UnitId, Content)]) {
    for (unit, content) in figures {
        let stored = Stored { content: *content, is_estimate: false, is_inexact: false };
        totals.set(series, period, *unit, Some(stored)).unwrap();
    }
}

fn carried(totals: &Totals) -> Carried {
    let share = |unit, numerator| Share {
        unit,
        numerator,
        denominator: 3,
        estimated: true,
        fell_back: false,
    };
    let whole = |unit| Share { numerator: 3, ..share(unit, 3) };
    let shares = |_, unit| {
        Ok(match unit {
            BINH_AN | DONG_KHE => vec![whole(TAN_LAP)],
            THACH_SON => vec![share(THACH_SON, 2), share(TAN_LAP, 1)],
            _ => Vec::new(),
        })
    };
    Carried::new(totals, EpochNo(1), shares).unwrap()
}

fn ask(totals: &Totals, series: SeriesNo, unit: UnitId, periods: &[PeriodNo]) -> Total {
    totals.total(&Query { series, unit, periods, view: View::AsThen, line: None })
}

fn ask_now(totals: &Totals, series: SeriesNo, unit: UnitId, periods: &[PeriodNo]) -> Total {
    let carried = carried(totals);
    totals.total(&Query { series, unit, periods, view: View::AsNow(&carried), line: None })
}

const fn number(value: i64) -> Content {
    Content::Value(value)
}

#[test]
fn nil_is_zero_and_missing_is_unknown() {
    let mut totals = totals();
    assert_eq!(ask(&totals, SUM, LAM_GIANG, &[JUNE]).value, Err(Why::NothingReported));
    put(&mut totals, SUM, JUNE, &[(BINH_AN, Content::Nil), (DONG_KHE, Content::NoFigure)]);
    let total = ask(&totals, SUM, LAM_GIANG, &[JUNE]);
    assert_eq!(total.value, Ok(Value::Number(0)));
    let counts = total.counts;
    assert_eq!((counts.n_expected, counts.n_reported, counts.n_missing), (3, 1, 1));
    assert_eq!((counts.n_nil, counts.n_no_figure), (1, 1));
}

#[test]
fn the_province_has_a_figure_of_its_own_beside_its_communes() {
    let mut totals = totals();
    put(&mut totals, SUM, JUNE, &[(LAM_GIANG, number(5)), (BINH_AN, number(30))]);
    let total = ask(&totals, SUM, LAM_GIANG, &[JUNE]);
    assert_eq!(total.value, Ok(Value::Number(35)));
    assert_eq!((total.counts.n_expected, total.counts.n_reported), (3, 2));
}

#[test]
fn percentages_are_never_averaged() {
    let mut totals = totals();
    let share = |numerator, denominator| Content::Ratio { numerator, denominator };
    put(&mut totals, SHARE, JUNE, &[(BINH_AN, share(90, 100)), (DONG_KHE, share(1, 10))]);
    let total = ask(&totals, SHARE, LAM_GIANG, &[JUNE]);
    assert_eq!(total.value, Ok(Value::Ratio { numerator: 91, denominator: 110 }));
}

#[test]
fn a_total_past_64_bits_stays_exact() {
    let mut totals = totals();
    let most = number(i64::MAX);
    put(&mut totals, SUM, JUNE, &[(BINH_AN, most), (DONG_KHE, most), (THACH_SON, number(1))]);
    let total = ask(&totals, SUM, LAM_GIANG, &[JUNE]);
    assert_eq!(total.value, Ok(Value::Number(2 * i128::from(i64::MAX) + 1)));
    put(&mut totals, SUM, JUNE, &[(BINH_AN, number(1)), (DONG_KHE, number(1))]);
    assert_eq!(ask(&totals, SUM, LAM_GIANG, &[JUNE]).value, Ok(Value::Number(3)));
}

#[test]
fn merged_communes_lie_whole_under_their_successor_and_a_part_is_marked() {
    let mut totals = totals();
    let june = [(BINH_AN, number(20)), (DONG_KHE, number(10)), (THACH_SON, number(100))];
    put(&mut totals, SUM, JUNE, &june);
    assert_eq!(ask(&totals, SUM, TAN_LAP, &[JUNE]).value, Err(Why::NotInTree));
    let successor = ask_now(&totals, SUM, TAN_LAP, &[JUNE]);
    assert_eq!(successor.value, Ok(Value::Number(20 + 10 + 33)));
    assert_eq!(successor.through_weights, Some((Value::Number(33), 1)));
    assert_eq!(successor.counts.n_estimated, 1);
    let rest = ask_now(&totals, SUM, THACH_SON, &[JUNE]);
    assert_eq!(rest.value, Ok(Value::Number(67)));
    // Both parts lie in the province, so it has the whole, and nothing of it is an estimate.
    let province = ask_now(&totals, SUM, LAM_GIANG, &[JUNE]);
    assert_eq!(province.value, Ok(Value::Number(130)));
    assert_eq!((province.through_weights, province.counts.n_estimated), (None, 0));
}

#[test]
fn a_stock_counts_each_units_last_figure() {
    let mut totals = totals();
    put(&mut totals, STOCK, JUNE, &[(THACH_SON, number(7)), (BINH_AN, number(50))]);
    put(&mut totals, STOCK, JULY, &[(TAN_LAP, number(60))]);
    // As then: the communes of July, of which Thạch Sơn reported last in June; Bình An is no more.
    let then = ask(&totals, STOCK, LAM_GIANG, &[JUNE, JULY]);
    assert_eq!(then.value, Ok(Value::Number(67)));
    assert_eq!((then.counts.n_expected, then.counts.n_missing), (2, 0));
    // As now: Tân Lập's own figure of July stands for all that it was made of.
    let now = ask_now(&totals, STOCK, TAN_LAP, &[JUNE, JULY]);
    assert_eq!((now.value, now.through_weights), (Ok(Value::Number(60)), None));
}

#[test]
fn a_peak_is_the_highest_total_of_one_period() {
    let mut totals = totals();
    put(&mut totals, PEAK, JUNE, &[(BINH_AN, number(40)), (THACH_SON, number(10))]);
    put(&mut totals, PEAK, JULY, &[(TAN_LAP, number(5)), (THACH_SON, number(44))]);
    let total = ask(&totals, PEAK, LAM_GIANG, &[JUNE, JULY]);
    assert_eq!(total.value, Ok(Value::Number(50)));
}

#[test]
fn what_is_never_made_into_one_says_so() {
    let mut totals = totals();
    put(&mut totals, NEVER, JUNE, &[(BINH_AN, number(1)), (THACH_SON, number(2))]);
    put(&mut totals, NEVER, JULY, &[(THACH_SON, number(3))]);
    assert_eq!(ask(&totals, NEVER, LAM_GIANG, &[JUNE]).value, Err(Why::NotOverUnits));
    assert_eq!(ask(&totals, NEVER, THACH_SON, &[JUNE]).value, Ok(Value::Number(2)));
    assert_eq!(ask(&totals, NEVER, THACH_SON, &[JUNE, JULY]).value, Err(Why::NotOverTime));
}

#[test]
fn a_total_names_its_parts_and_its_gaps() {
    let mut totals = totals();
    put(&mut totals, SUM, JUNE, &[(BINH_AN, number(10)), (THACH_SON, number(100))]);
    let carried = carried(&totals);
    let view = View::AsNow(&carried);
    let query = Query { series: SUM, unit: TAN_LAP, periods: &[JUNE], view, line: None };
    let parts: Vec<_> = totals.parts(&query).iter().map(|it| (it.unit, it.value)).collect();
    assert_eq!(parts, [(THACH_SON, Value::Number(33)), (BINH_AN, Value::Number(10))]);
    let share = totals.parts(&query)[0].share.unwrap();
    assert_eq!((share.unit, share.numerator, share.denominator), (TAN_LAP, 1, 3));
    let gaps: Vec<_> = totals.gaps(&query).iter().map(|it| it.unit).collect();
    assert_eq!(gaps, [DONG_KHE]);
}

#[test]
fn a_copy_stays_as_it_was() {
    let mut totals = totals();
    put(&mut totals, SUM, JUNE, &[(BINH_AN, number(10))]);
    let pinned = totals.clone();
    put(&mut totals, SUM, JUNE, &[(BINH_AN, number(11)), (DONG_KHE, number(1))]);
    assert_eq!(ask(&pinned, SUM, LAM_GIANG, &[JUNE]).value, Ok(Value::Number(10)));
    assert_eq!(ask(&totals, SUM, LAM_GIANG, &[JUNE]).value, Ok(Value::Number(12)));
    assert_eq!(pinned.n_units_reporting(JUNE, LAM_GIANG), 1);
    assert_eq!(totals.n_units_reporting(JUNE, LAM_GIANG), 2);
}

#[test]
fn a_figure_without_a_place_is_refused() {
    let mut totals = totals();
    let stored = |content| Some(Stored { content, is_estimate: false, is_inexact: false });
    let mut set = |series, period, unit, content| totals.set(series, period, unit, stored(content));
    let july = Period::Month { year: 2025, month: 7 };
    let refused = set(SUM, JULY, BINH_AN, number(1));
    assert_eq!(refused, Err(SetError::NotInTree(BINH_AN, july)));
    assert_eq!(set(SHARE, JUNE, BINH_AN, number(1)), Err(SetError::WrongParts(SHARE)));
    let (series, period) = (SeriesNo(9), PeriodNo(9));
    assert_eq!(set(series, JUNE, BINH_AN, number(1)), Err(SetError::UnknownSeries(series)));
    assert_eq!(set(SUM, period, BINH_AN, number(1)), Err(SetError::UnknownPeriod(period)));
}
