//! Blocks: kept whole, in order, without gaps, and given out only if they are what was kept.

use std::thread;

use dondoc_store::{
    StoreError, Tx,
    blocks::{self, BlockId, Chain, Damage, Damaged, NewBlock, Origin},
};

use crate::{
    made::{BINH_AN, DONG_KHE, figures, keep, minh, month, motley, of_block, write},
    sample::{Sample, by},
};

#[test]
fn a_block_comes_back_as_it_was_kept() {
    let sample = Sample::new();
    let origin = Origin::Document(3);
    let reason = Some("bổ sung theo công văn");
    let id = write(&sample.store, |tx| {
        let figures = motley();
        let new = NewBlock {
            unit: BINH_AN,
            period: month(9),
            origin: &origin,
            figures: &figures,
            reason,
        };
        blocks::append(tx, &new, &by())
    });
    assert_eq!(id.unwrap(), BlockId(1));
    let block = sample.store.read(|tx| blocks::get(tx, BlockId(1))).unwrap().unwrap();
    assert_eq!(of_block(&block), motley());
    assert_eq!((block.id, block.unit, block.period), (BlockId(1), BINH_AN, month(9)));
    assert_eq!((&block.origin, block.reason.as_deref()), (&origin, reason));
    assert_eq!((&block.by, block.audit_id), (&by(), 1));
    let (last, chain) = sample.store.read(blocks::last).unwrap();
    assert_eq!((last, chain), (BlockId(1), block.chain));
}

#[test]
fn every_origin_comes_back_and_leads_to_its_blocks() {
    let sample = Sample::new();
    let origins = [
        Origin::Import { file: "số liệu.csv".into() },
        Origin::Register { register: "course".into() },
        Origin::Document(4),
        Origin::Correction(4),
        Origin::Import { file: "course".into() },
    ];
    let figures = figures(2, 1);
    for origin in &origins {
        write(&sample.store, |tx| {
            let period = month(1);
            let new = NewBlock { unit: BINH_AN, period, origin, figures: &figures, reason: None };
            blocks::append(tx, &new, &by())
        })
        .unwrap();
    }
    for (n, origin) in (1..).zip(&origins) {
        let brought = sample.store.read(|tx| blocks::brought_by(tx, origin)).unwrap();
        assert_eq!(brought, [BlockId(n)], "{origin:?}");
        let block = sample.store.read(|tx| blocks::get(tx, BlockId(n))).unwrap().unwrap();
        assert_eq!(block.origin, *origin);
    }
}

#[test]
fn blocks_of_a_unit_and_period_are_told_apart_from_others() {
    let sample = Sample::new();
    for (n, of) in [(BINH_AN, 9), (DONG_KHE, 9), (BINH_AN, 10), (BINH_AN, 9)].iter().enumerate() {
        keep(&sample.store, (of.0, month(of.1)), &figures(3, n as u64)).unwrap();
    }
    let of = |unit, period| sample.store.read(|tx| blocks::of(tx, unit, period)).unwrap();
    let found = of(BINH_AN, month(9));
    assert_eq!(found.iter().map(|it| it.id.0).collect::<Vec<_>>(), [1, 4]);
    assert_eq!(of_block(&found[1]), figures(3, 3));
    assert_eq!(of(DONG_KHE, month(10)), []);
}

#[test]
fn numbers_have_no_gaps_also_after_a_write_that_was_taken_back() {
    let sample = Sample::new();
    keep(&sample.store, (BINH_AN, month(1)), &figures(3, 1)).unwrap();
    let taken_back: Result<(), StoreError> = write(&sample.store, |tx| {
        append(tx, 2)?;
        append(tx, 3)?;
        // A submission that there is not.
        let (origin, figures) = (Origin::Submission(99), figures(3, 4));
        let (unit, period) = (BINH_AN, month(1));
        let new = NewBlock { unit, period, origin: &origin, figures: &figures, reason: None };
        blocks::append(tx, &new, &by()).map(drop)
    });
    assert!(taken_back.is_err());
    assert_eq!(keep(&sample.store, (DONG_KHE, month(1)), &figures(3, 5)).unwrap(), BlockId(2));
    let found = sample.store.read(|tx| blocks::after(tx, BlockId::NONE, 10)).unwrap();
    assert_eq!(found.iter().map(|it| it.id.0).collect::<Vec<_>>(), [1, 2]);
    let of = sample.store.read(|tx| blocks::of(tx, BINH_AN, month(1))).unwrap();
    assert_eq!(of.len(), 1);
}

#[test]
fn many_writers_at_a_time_leave_no_gap_and_one_chain() {
    let sample = Sample::new();
    thread::scope(|scope| {
        for writer in 0..8_u8 {
            let store = &sample.store;
            scope.spawn(move || {
                for n in 0..10 {
                    let unit = dondoc_core::unit::UnitId(u32::from(writer));
                    let seed = u64::from(writer) * 100 + n;
                    keep(store, (unit, month(1)), &figures(5, seed)).unwrap();
                }
            });
        }
    });
    let found = sample.store.read(|tx| blocks::after(tx, BlockId::NONE, 100)).unwrap();
    assert!(found.iter().map(|it| it.id.0).eq(1..=80));
    for unit in 0..8 {
        let unit = dondoc_core::unit::UnitId(unit);
        let of = sample.store.read(|tx| blocks::of(tx, unit, month(1))).unwrap();
        let seeds = (0..10).map(|n| figures(5, u64::from(unit.0) * 100 + n));
        assert!(of.iter().map(of_block).eq(seeds));
    }
    assert!(dondoc_store::fsck::run(&sample.store).is_whole());
}

#[test]
fn pages_go_on_where_the_one_before_ended() {
    let sample = Sample::new();
    write(&sample.store, |tx| (0..7).try_for_each(|n| append(tx, n).map(drop))).unwrap();
    let page = |after, n| sample.store.read(|tx| blocks::after(tx, BlockId(after), n)).unwrap();
    assert!(page(0, 3).iter().map(|it| it.id.0).eq(1..=3));
    assert!(page(3, 3).iter().map(|it| it.id.0).eq(4..=6));
    assert!(page(6, 3).iter().map(|it| it.id.0).eq(7..=7));
    assert_eq!((page(7, 3), page(0, 0)), (vec![], vec![]));
    assert_eq!(sample.store.read(|tx| blocks::get(tx, BlockId(8))).unwrap(), None);
    assert_eq!(sample.store.read(|tx| blocks::get(tx, BlockId(0))).unwrap(), None);
}

#[test]
fn blocks_that_are_kept_together_are_as_if_kept_one_by_one() {
    let list: Vec<_> = (1..=4).map(|seed| figures(5, seed)).collect();
    let origin = Origin::Import { file: "số liệu.csv".into() };
    let (unit, period) = (BINH_AN, month(1));
    let new = |figures| NewBlock { unit, period, origin: &origin, figures, reason: None };
    let all: Vec<_> = list.iter().map(|it| new(it.as_slice())).collect();
    let kept = |pages: &[usize]| {
        let sample = Sample::new();
        let firsts = write(&sample.store, |tx| {
            let mut rest = all.as_slice();
            let mut page = |n: &usize| {
                let (page, others) = rest.split_at(*n);
                rest = others;
                blocks::append_all(tx, page, &by())
            };
            pages.iter().map(&mut page).collect::<Result<Vec<_>, StoreError>>()
        });
        assert!(dondoc_store::fsck::run(&sample.store).is_whole());
        let firsts: Vec<i64> = firsts.unwrap().iter().map(|it| it.0).collect();
        (firsts, sample.store.read(blocks::last).unwrap())
    };
    let (firsts, last) = kept(&[1, 1, 1, 1]);
    assert_eq!(firsts, [1, 2, 3, 4]);
    assert_eq!(kept(&[4]), (vec![1], last));
    assert_eq!(kept(&[0, 1, 0, 3]), (vec![1, 1, 2, 2], last));
}

#[test]
fn the_same_writes_make_the_same_chain_and_others_another() {
    let chain = |seeds: [u64; 2]| {
        let sample = Sample::new();
        for seed in seeds {
            keep(&sample.store, (BINH_AN, month(1)), &figures(5, seed)).unwrap();
        }
        sample.store.read(blocks::last).unwrap().1
    };
    assert_eq!(chain([1, 2]), chain([1, 2]));
    assert_ne!(chain([1, 2]), chain([2, 1]));
    let empty = Sample::new().store.read(blocks::last).unwrap();
    assert_eq!(empty, (BlockId::NONE, Chain::START));
}

/// What somebody may change behind the store's back in block 2 of 4, and the damage that this is.
const CHANGES: [(&str, Damage); 13] = [
    ("update block set unit_id = 9 where block_id = 2", Damage::Digest),
    ("update block set period = '2026-02' where block_id = 2", Damage::Digest),
    ("update block set ordinal = 7 where block_id = 2", Damage::Digest),
    ("update block set origin = 'register' where block_id = 2", Damage::Digest),
    ("update block set origin_name = 'khác.csv' where block_id = 2", Damage::Digest),
    ("update block set actor = 'Minh' where block_id = 2", Damage::Digest),
    ("update block set kept_at = '2026-11-21T07:30:01Z' where block_id = 2", Damage::Digest),
    ("update block set reason = 'vì' where block_id = 2", Damage::Digest),
    ("update block set audit_id = 1 where block_id = 2", Damage::Digest),
    (
        "update block set body = (select body from block where block_id = 3) where block_id = 2",
        Damage::Digest,
    ),
    (
        "update block set digest = (select digest from block where block_id = 3) where block_id = 2",
        Damage::Digest,
    ),
    (
        "update block set chain = (select chain from block where block_id = 3) where block_id = 2",
        Damage::Chain,
    ),
    ("delete from block where block_id = 2", Damage::Missing),
];

#[test]
fn a_block_that_was_changed_is_never_given_out() {
    for (change, damage) in CHANGES {
        let sample = four_blocks();
        sample.place.run(change);
        let err = sample.store.read(|tx| blocks::after(tx, BlockId::NONE, 10)).unwrap_err();
        let damaged = Damaged::of(&err).unwrap_or_else(|| panic!("{change}: {err:?}"));
        assert_eq!((damaged.block_id, damaged.damage), (BlockId(2), damage), "{change}");
        assert!(sample.store.read(|tx| blocks::get(tx, BlockId(2))).is_err(), "{change}");
        let of = sample.store.read(|tx| blocks::of(tx, BINH_AN, month(1)));
        assert!(of.is_err(), "{change}");
        // The others are good, and can be had.
        let scanned = sample.store.read(|tx| blocks::scan(tx, BlockId::NONE, 10)).unwrap();
        let good: Vec<_> = scanned.iter().flatten().map(of_block).collect();
        assert_eq!(good, [figures(5, 1), figures(5, 3), figures(5, 4)], "{change}");
    }
}

#[test]
fn blocks_that_changed_places_are_not_given_out() {
    let sample = four_blocks();
    sample.place.run(
        "update block set block_id = 9, ordinal = 9 where block_id = 2;
        update block set block_id = 2, ordinal = 2 where block_id = 3;
        update block set block_id = 3, ordinal = 3 where block_id = 9",
    );
    let scanned = sample.store.read(|tx| blocks::scan(tx, BlockId::NONE, 10)).unwrap();
    let wrong = scanned.iter().filter_map(|it| it.as_ref().err().map(|it| it.block_id.0));
    assert!(wrong.eq([2, 3]));
}

#[test]
fn a_newest_block_that_is_gone_is_missed() {
    let sample = four_blocks();
    sample.place.run("delete from block where block_id = 4");
    let (store, gone) = (&sample.store, BlockId(4));
    for err in [
        store.read(blocks::last).unwrap_err(),
        store.read(|tx| blocks::after(tx, BlockId::NONE, 10)).unwrap_err(),
        store.read(|tx| blocks::after(tx, BlockId(3), 10)).unwrap_err(),
        store.read(|tx| blocks::of(tx, BINH_AN, month(1))).unwrap_err(),
    ] {
        assert_eq!(
            Damaged::of(&err).map(|it| (it.block_id, it.damage)),
            Some((gone, Damage::Missing))
        );
    }
    // Nothing is kept on top of a hole.
    assert!(keep(store, (DONG_KHE, month(1)), &figures(5, 5)).is_err());
}

#[test]
fn an_error_that_is_no_damage_is_not_told_as_one() {
    let sample = four_blocks();
    sample.place.run("alter table block rename to gone");
    let err = sample.store.read(|tx| blocks::after(tx, BlockId::NONE, 10)).unwrap_err();
    assert_eq!(Damaged::of(&err), None);
}

#[test]
fn who_asked_for_a_block_is_kept_with_it() {
    let sample = Sample::new();
    let (origin, figures) = (Origin::Correction(1), figures(2, 1));
    let action =
        || dondoc_store::Action { by: minh(), verb: "correction.accept", object: "1".to_owned() };
    let (unit, period) = (BINH_AN, month(1));
    let new = NewBlock { unit, period, origin: &origin, figures: &figures, reason: None };
    let append = |tx: &mut Tx<'_>| blocks::append(tx, &new, &minh());
    sample.store.write(|tx| Ok::<_, StoreError>((append(tx)?, action()))).unwrap();
    let block = sample.store.read(|tx| blocks::get(tx, BlockId(1))).unwrap().unwrap();
    assert_eq!(block.by, minh());
    assert!(dondoc_store::fsck::run(&sample.store).is_whole());
}

fn four_blocks() -> Sample {
    let sample = Sample::new();
    for seed in 1..=4 {
        keep(&sample.store, (BINH_AN, month(1)), &figures(5, seed)).unwrap();
    }
    sample
}

fn append(tx: &mut Tx<'_>, seed: u64) -> Result<BlockId, StoreError> {
    let origin = Origin::Register { register: "course".into() };
    let (unit, period, figures) = (BINH_AN, month(1), figures(3, seed));
    let new = NewBlock { unit, period, origin: &origin, figures: &figures, reason: None };
    blocks::append(tx, &new, &by())
}
