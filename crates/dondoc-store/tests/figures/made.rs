//! Made-up figures of communes of the made-up province Lam Giang, and how they are kept.

use dondoc_core::{
    figure::{Content, Figure, Qualifier, Series, Source, Status},
    period::Period,
    unit::UnitId,
};
use dondoc_store::{
    Action, By, Store, StoreError, Tx,
    blocks::{self, Block, BlockId, NewBlock, Origin},
    registers::{self, NewEntry, files::NewEntryFile},
};

use crate::sample::by;

/// Xã Bình An.
pub(crate) const BINH_AN: UnitId = UnitId(7);
/// Xã Đông Khê.
pub(crate) const DONG_KHE: UnitId = UnitId(8);

/// A month of 2026, from 1.
pub(crate) fn month(month: u8) -> Period {
    Period::Month { year: 2026, month }
}

/// A few figures that differ in all that figures can differ in.
pub(crate) fn motley() -> Vec<Figure> {
    let plain = |indicator: &str, content| Figure {
        series: Series { indicator: indicator.into(), option: None },
        content,
        qualifier: Qualifier::Exact,
        status: Status::Final,
        source: Source::Form { form: "B01-XA".into(), row: "1".into(), column: "3".into() },
        reason: None,
    };
    let mut figures = vec![
        plain("KVPT.01.01", Content::Value(12)),
        plain("KVPT.01.02", Content::Ratio { numerator: 9, denominator: 10 }),
        plain("KVPT.01.03", Content::Nil),
        plain("KVPT.01.04", Content::NoFigure),
        plain("KVPT.01.05", Content::Value(-3)),
    ];
    figures[0].series.option = Some("doi_tuong_2".into());
    figures[1].source = Source::Register { register: "course".into(), entries: vec![4, 8, 15] };
    figures[2].source = Source::Document { document_id: 3, start: 120, end: 140 };
    figures[3].source = Source::Import { file: "số liệu.csv".into(), row: 4, column: 7 };
    figures[4].source = Source::Derived;
    figures[4].reason = Some("sổ ghi thiếu một lớp".into());
    (figures[4].qualifier, figures[4].status) = (Qualifier::About, Status::Estimate);
    figures
}

/// `n` figures of a form, in which everything follows from `seed`.
pub(crate) fn figures(n: u32, seed: u64) -> Vec<Figure> {
    let figure = |at: u32| {
        let mixed = (seed << 20 | u64::from(at)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        Figure {
            series: Series {
                indicator: format!("KVPT.{:02}.{:02}", at / 20 + 1, at % 20 + 1),
                option: None,
            },
            content: Content::Value(i64::try_from(mixed).unwrap()),
            qualifier: Qualifier::Exact,
            status: Status::Final,
            source: Source::Form {
                form: "B01-XA".into(),
                row: format!("{}.{}", at / 20 + 1, at % 20 + 1),
                column: "3".into(),
            },
            reason: None,
        }
    };
    (0..n).map(figure).collect()
}

/// Keeps a block in a transaction of its own.
pub(crate) fn keep(
    store: &Store,
    (unit, period): (UnitId, Period),
    figures: &[Figure],
) -> Result<BlockId, StoreError> {
    let origin = Origin::Import { file: "số liệu.csv".into() };
    store.write(|tx| {
        let new = NewBlock { unit, period, origin: &origin, figures, reason: None };
        Ok((blocks::append(tx, &new, &by())?, told()))
    })
}

/// Does something else in a transaction of its own.
pub(crate) fn write<T, E: From<StoreError>>(
    store: &Store,
    mut work: impl FnMut(&mut Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    store.write(|tx| Ok((work(tx)?, told())))
}

fn told() -> Action {
    Action { by: by(), verb: "test.write", object: String::new() }
}

/// Notes an event of Đông Khê down, and attaches a photograph of it.
pub(crate) fn photographed(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let (fields, occurred_on) = (serde_json::Map::new(), jiff::civil::date(2026, 3, 5));
    let new =
        NewEntry { pack: "KVPT", register: "course", unit: DONG_KHE, occurred_on, fields: &fields };
    let entry = registers::note(tx, &new, &minh())?;
    let bytes = b"\xff\xd8\xff\xe0";
    let photograph = NewEntryFile { entry, name: "lop.jpg", kind: "jpg", bytes };
    registers::files::attach(tx, &photograph, &minh())?;
    Ok(())
}

/// Somebody else, an hour later.
pub(crate) fn minh() -> By {
    By { actor: "Minh".into(), at: "2026-11-21T08:30:00Z".parse().unwrap() }
}

/// All figures of a block.
pub(crate) fn of_block(block: &Block) -> Vec<Figure> {
    block.figures().collect()
}
