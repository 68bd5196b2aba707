//! Measures how fast blocks of 300 figures are kept and given out again.
//!
//! ```text
//! cargo run --release --package dondoc-store --example blocks -- /srv/new.sqlite
//! cargo run --release --package dondoc-store --example blocks -- postgres://user@host/empty
//! ```
//!
//! Kept in bulk (a hundred blocks a commit) by one thread, and one by one, each on disk before the next. Given out in
//! order, each with its digest and its place in the chain checked; and looked through by `fsck`.

use std::{env, error::Error, time::Instant};

use dondoc_core::{
    figure::{Content, Figure, Qualifier, Series, Source, Status},
    period::Period,
    unit::UnitId,
};
use dondoc_store::{
    Action, By, Location, Store, StoreError,
    blocks::{self, BlockId, NewBlock, Origin},
    fsck,
};

const N_FIGURES: u32 = 300;
const N_IN_BULK: u32 = 6_000;
const N_ALONE: u32 = 500;

fn main() -> Result<(), Box<dyn Error>> {
    let place = env::args().nth(1).ok_or("where? give a new file or an empty database")?;
    let at = "2026-11-22T00:00:00Z".parse()?;
    let store = Store::open(Location::from(place.as_str()), at)?;
    let by = By { actor: "đo".into(), at };
    let origin = Origin::Import { file: "so-lieu.csv".into() };
    let told = || Action { by: by.clone(), verb: "figures.load", object: "đo".into() };

    let begun = Instant::now();
    for first in (0..N_IN_BULK).step_by(100) {
        store.write(|tx| -> Result<_, StoreError> {
            let figures: Vec<_> = (first..first + 100).map(figures).collect();
            let page: Vec<_> =
                (first..).zip(&figures).map(|(unit, it)| block(unit, it, &origin)).collect();
            blocks::append_all(tx, &page, &by)?;
            Ok(((), told()))
        })?;
    }
    tell("kept in bulk", N_IN_BULK, begun);

    let begun = Instant::now();
    for unit in N_IN_BULK..N_IN_BULK + N_ALONE {
        let figures = figures(unit);
        store.write(|tx| -> Result<_, StoreError> {
            Ok((blocks::append(tx, &block(unit, &figures, &origin), &by)?, told()))
        })?;
    }
    tell("kept one by one", N_ALONE, begun);

    let begun = Instant::now();
    let (mut last, mut n_blocks, mut sum) = (BlockId::NONE, 0, 0_i128);
    loop {
        let page = store.read(|tx| blocks::after(tx, last, 256))?;
        let Some(newest) = page.last() else { break };
        last = newest.id;
        n_blocks += u32::try_from(page.len())?;
        for record in page.iter().flat_map(|it| it.body.records()) {
            if let Content::Value(value) = record.content {
                sum += i128::from(value);
            }
        }
    }
    tell("given out", n_blocks, begun);
    let begun = Instant::now();
    let report = fsck::run(&store);
    tell("looked through for damage", n_blocks, begun);
    println!("sum {sum}, {} damages", report.damages.len());
    Ok(())
}

fn figures(unit: u32) -> Vec<Figure> {
    (0..N_FIGURES).map(|at| figure(at, unit)).collect()
}

fn block<'a>(unit: u32, figures: &'a [Figure], origin: &'a Origin) -> NewBlock<'a> {
    let period = Period::Month { year: 2026, month: 9 };
    NewBlock { unit: UnitId(unit), period, origin, figures, reason: None }
}

fn figure(at: u32, unit: u32) -> Figure {
    let (group, number) = (at / 20 + 1, at % 20 + 1);
    Figure {
        series: Series { indicator: format!("KVPT.{group:02}.{number:02}"), option: None },
        content: Content::Value(i64::from(at * 7919 + unit * 104_729) % 100_000),
        qualifier: Qualifier::Exact,
        status: Status::Final,
        source: Source::Import { file: "so-lieu.csv".into(), row: unit + 2, column: at + 3 },
        reason: None,
    }
}

fn tell(what: &str, n_blocks: u32, begun: Instant) {
    let per_second = f64::from(n_blocks) / begun.elapsed().as_secs_f64();
    let figures = per_second * f64::from(N_FIGURES) / 1e6;
    println!("{what}: {per_second:.0} blocks/s, {figures:.2} million figures/s");
}
