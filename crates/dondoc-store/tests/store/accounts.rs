//! Accounts, what they may, and who is signed in.

use dondoc_core::{
    access::Grant,
    unit::{Line, UnitId},
};
use dondoc_store::{
    Action, By, StoreError, Tx,
    accounts::{
        self, AccountState, NewAccount,
        sessions::{self, Invited},
    },
};
use jiff::SignedDuration;

use crate::sample::{Sample, by};

fn done<T>(sample: &Sample, work: impl Fn(&mut Tx<'_>, &By) -> Result<T, StoreError>) -> T {
    let by = by();
    let done = sample.store.write(|tx| -> Result<_, StoreError> {
        let value = work(tx, &by)?;
        Ok((value, Action { by: by.clone(), verb: "account.test", object: String::new() }))
    });
    done.unwrap()
}

fn lan() -> NewAccount {
    let (name, display) = (" Lan ".to_owned(), "Cán bộ xã Bình An".to_owned());
    NewAccount { name, display, office: "Văn phòng".to_owned(), password: None }
}

#[test]
fn an_account_is_invited_confirmed_by_its_password_and_changed_as_it_was_seen() {
    let sample = Sample::new();
    let id = done(&sample, |tx, by| accounts::add(tx, &lan(), by)).unwrap();
    assert_eq!(done(&sample, |tx, by| accounts::add(tx, &lan(), by)), None, "the name is taken");
    let seen = || sample.store.read(|tx| accounts::by_name(tx, "LAN")).unwrap().unwrap();
    assert_eq!((seen().id, seen().name.as_str(), seen().state), (id, "lan", AccountState::Invited));
    done(&sample, |tx, _| accounts::put_password(tx, id, "$argon2id$"));
    assert_eq!(
        (seen().password.as_deref(), seen().state),
        (Some("$argon2id$"), AccountState::Confirmed)
    );
    let mut suspended = seen();
    suspended.state = AccountState::Suspended;
    assert!(done(&sample, |tx, _| accounts::change(tx, &suspended)));
    assert_eq!(seen().state, AccountState::Suspended);
    assert!(!done(&sample, |tx, _| accounts::change(tx, &suspended)), "seen before it was changed");
}

#[test]
fn a_code_of_the_second_factor_counts_once() {
    let sample = Sample::new();
    let id = done(&sample, |tx, by| accounts::add(tx, &lan(), by)).unwrap();
    done(&sample, |tx, _| accounts::put_totp(tx, id, Some("GEZDGNBVGY3TQOJQ")));
    assert!(done(&sample, |tx, _| accounts::use_totp(tx, id, 57)));
    assert!(!done(&sample, |tx, _| accounts::use_totp(tx, id, 57)));
    assert!(!done(&sample, |tx, _| accounts::use_totp(tx, id, 56)));
    assert!(done(&sample, |tx, _| accounts::use_totp(tx, id, 58)));
}

#[test]
fn a_grant_comes_back_as_it_was_given_until_it_is_ended() {
    let sample = Sample::new();
    let id = done(&sample, |tx, by| accounts::add(tx, &lan(), by)).unwrap();
    let grant = Grant {
        role: "clerk".to_owned(),
        unit: Some(UnitId(7)),
        line: Line::Military,
        from: "2026-01-01".parse().unwrap(),
        until: Some("2026-06-30".parse().unwrap()),
    };
    let number = done(&sample, |tx, by| accounts::grant(tx, id, &grant, Some(id), by));
    let kept = || sample.store.read(|tx| accounts::grants(tx, id)).unwrap();
    assert_eq!((kept().len(), &kept()[0].grant, kept()[0].delegated_by), (1, &grant, Some(id)));
    assert!(!done(&sample, |tx, by| accounts::end_grant(tx, id + 1, number, by)), "another's");
    assert!(done(&sample, |tx, by| accounts::end_grant(tx, id, number, by)));
    assert_eq!(kept(), []);
}

#[test]
fn a_cookie_is_good_until_its_time_is_over_or_it_is_ended() {
    let sample = Sample::new();
    let id = done(&sample, |tx, by| accounts::add(tx, &lan(), by)).unwrap();
    let (cookie, key, now) = ([1; 32], [2; 32], by().at);
    let until = now + SignedDuration::from_hours(1);
    done(&sample, |tx, by| sessions::open(tx, &cookie, (id, false), until, by));
    done(&sample, |tx, by| sessions::open_token(tx, &key, (id, "kho", "report.read"), until, by));
    let found = |at| sample.store.read(|tx| sessions::find(tx, &cookie, at)).unwrap();
    assert_eq!(found(now).map(|it| (it.account, it.second_factor_at)), Some((id, None)));
    assert_eq!(found(until), None);
    done(&sample, |tx, by| sessions::second_factor(tx, &cookie, by));
    assert!(found(now).unwrap().second_factor_at.is_some());
    let of_key = || sample.store.read(|tx| sessions::find_token(tx, &key, now)).unwrap();
    assert_eq!(of_key().unwrap().operations.as_deref(), Some("report.read"));
    done(&sample, |tx, by| sessions::end_all_of(tx, id, by));
    assert_eq!((found(now), of_key()), (None, None));
}

#[test]
fn a_code_is_good_once_and_a_newer_one_replaces_it() {
    let sample = Sample::new();
    let until = by().at + SignedDuration::from_hours(1);
    done(&sample, |tx, by| sessions::invite(tx, &[1; 32], Invited::First, until, by));
    done(&sample, |tx, by| sessions::invite(tx, &[2; 32], Invited::First, until, by));
    let redeemed = |code: u8| done(&sample, |tx, by| sessions::redeem(tx, &[code; 32], by));
    assert_eq!(redeemed(1), None);
    assert_eq!(redeemed(2), Some(Invited::First));
    assert_eq!(redeemed(2), None);
}
