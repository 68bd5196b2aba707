//! Accounts, what they may, and who is signed in.

use std::sync::Arc;

use dondoc_core::{
    access::Grant,
    unit::{Line, UnitId},
};
use dondoc_store::{
    Action, By, Standing, StoreError, Tx,
    accounts::{
        self, AccountState, NewAccount,
        openid::{self, Identity},
        passkeys::{self, NewPasskey},
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

#[test]
fn a_person_of_a_provider_signs_in_to_the_one_account_that_is_linked_and_in_use() {
    let sample = Sample::new();
    let id = done(&sample, |tx, by| accounts::add(tx, &lan(), by)).unwrap();
    let nam = NewAccount { name: "nam".to_owned(), ..lan() };
    let other = done(&sample, |tx, by| accounts::add(tx, &nam, by)).unwrap();
    let person = |issuer: &str, subject: &str| Identity {
        issuer: format!("https://{issuer}.example.vn"),
        subject: subject.to_owned(),
        label: "lan".to_owned(),
    };
    let (a, b) = (person("tinh", "7"), person("tinh", "8"));
    let link = |account, it: &Identity| done(&sample, |tx, by| openid::link(tx, account, it, by));
    let signs_in = |it: &Identity| done(&sample, |tx, by| openid::sign_in(tx, id, it, by));
    assert!(link(id, &a));
    assert!(!link(other, &a), "a person has one account");
    assert!(!link(id, &b), "an account one person of a provider");
    assert!(link(other, &person("xa", "7")), "the same subject of another provider");
    let find =
        |it: &Identity| sample.store.read(|tx| openid::find(tx, &it.issuer, &it.subject)).unwrap();
    assert_eq!((find(&a), find(&b), find(&person("huyen", "7"))), (Some(id), None, None));
    assert!(!signs_in(&a), "no password was chosen yet");
    done(&sample, |tx, _| accounts::put_password(tx, id, "$argon2id$"));
    assert!(signs_in(&a));
    assert!(!signs_in(&person("xa", "7")), "that of another");
    let of = || sample.store.read(|tx| openid::of(tx, id, &a.issuer)).unwrap();
    let kept = of().unwrap();
    assert_eq!((&kept.identity, kept.used_at.is_some()), (&a, true));
    let mut seen = sample.store.read(|tx| accounts::get(tx, id)).unwrap().unwrap();
    assert_eq!(seen.n_links, 1);
    seen.state = AccountState::Suspended;
    assert!(done(&sample, |tx, _| accounts::change(tx, &seen)));
    assert!(!signs_in(&a), "suspended");
    assert!(done(&sample, |tx, _| openid::unlink(tx, id)));
    assert!(!done(&sample, |tx, _| openid::unlink(tx, id)));
    assert_eq!(of(), None);
    assert!(link(other, &a), "the person is free again");
}

#[test]
fn a_passkey_is_shown_with_a_rising_counter_and_not_after_its_end() {
    let sample = Sample::new();
    let id = done(&sample, |tx, by| accounts::add(tx, &lan(), by)).unwrap();
    let made = |key: u8| NewPasskey {
        label: "Máy cơ quan".to_owned(),
        credential_id: vec![key; 32],
        credential: "{}".to_owned(),
        counter: 0,
    };
    let of = || sample.store.read(|tx| passkeys::of(tx, id)).unwrap();
    let first = done(&sample, |tx, by| passkeys::add(tx, id, &made(1), by)).unwrap();
    let again = done(&sample, |tx, by| passkeys::add(tx, id, &made(1), by));
    assert_eq!(again, None, "it is in use");
    let second = done(&sample, |tx, by| passkeys::add(tx, id, &made(2), by)).unwrap();
    assert_eq!(of().iter().map(|it| it.id).collect::<Vec<_>>(), [first, second]);
    let has = || sample.store.read(|tx| accounts::get(tx, id)).unwrap().unwrap();
    assert!(has().has_second_factor());
    let show = |key: i64, counter: i64| {
        done(&sample, |tx, by| passkeys::show(tx, id, (key, r#"{"n":1}"#, counter), by))
    };
    // One that does not count says 0 each time; one that counts goes up.
    assert!(show(first, 0) && show(first, 0));
    assert!(show(second, 7));
    for not_up in [7, 6, 0] {
        assert!(!show(second, not_up), "{not_up}");
    }
    assert!(show(second, 8));
    let kept = of().pop().unwrap();
    assert_eq!((kept.passkey.credential.as_str(), kept.passkey.counter), (r#"{"n":1}"#, 8));
    assert!(kept.used_at.is_some());
    assert!(!done(&sample, |tx, by| passkeys::show(tx, id + 1, (first, "{}", 0), by)), "another's");
    assert!(!done(&sample, |tx, by| passkeys::end(tx, id + 1, first, by)), "another's");
    assert!(done(&sample, |tx, by| passkeys::end(tx, id, first, by)));
    assert!(!show(first, 0));
    // What was removed may come again.
    assert!(done(&sample, |tx, by| passkeys::add(tx, id, &made(1), by)).is_some());
    done(&sample, |tx, by| passkeys::end_of(tx, id, by));
    assert!(of().is_empty() && !has().has_second_factor());
}

/// Whether a write that begins now is kept, by somebody who holds what he was let in with.
fn writes(sample: &Sample, standing: &Arc<Standing>) -> bool {
    let by = by();
    let kept = standing.hold(|| {
        sample.store.write(|_| {
            Ok(((), Action { by: by.clone(), verb: "test.write", object: String::new() }))
        })
    });
    match kept {
        Ok(()) => true,
        Err(error) if StoreError::is_of_rights(&error) => false,
        Err(error) => panic!("{error}"),
    }
}

/// What was found at the door may be out of date when the write begins; the control, which looked at the door alone, writes.
#[test]
fn a_write_is_refused_once_a_role_session_or_account_of_its_author_was_ended() {
    let sample = Sample::new();
    let (cookie, key) = ([1; 32], [2; 32]);
    let until = by().at + SignedDuration::from_hours(1);
    let id = done(&sample, |tx, by| accounts::add(tx, &lan(), by)).unwrap();
    done(&sample, |tx, _| accounts::put_password(tx, id, "$argon2id$"));
    let day = "2026-01-01".parse().unwrap();
    let role =
        Grant { role: "clerk".to_owned(), unit: None, line: Line::State, from: day, until: None };
    let give = || done(&sample, |tx, by| accounts::grant(tx, id, &role, None, by));
    let open = || {
        done(&sample, |tx, by| sessions::open(tx, &cookie, (id, false), until, by));
        done(&sample, |tx, by| sessions::open_token(tx, &key, (id, "kho", "*"), until, by))
    };
    let at_the_door = |token: [u8; 32]| {
        let grants = sample.store.read(|tx| accounts::grants(tx, id)).unwrap();
        let grants = grants.iter().map(|it| it.id).collect();
        Arc::new(Standing { account: id, token, grants })
    };
    let (first, token) = (give(), open());
    let (by_cookie, by_key) = (at_the_door(cookie), at_the_door(key));
    assert!(writes(&sample, &by_cookie) && writes(&sample, &by_key));
    // One more role takes nothing away, nor does an end of what came later.
    let second = give();
    done(&sample, |tx, by| accounts::end_grant(tx, id, second, by));
    assert!(writes(&sample, &by_cookie));

    done(&sample, |tx, by| accounts::end_grant(tx, id, first, by));
    assert!(!writes(&sample, &by_cookie) && !writes(&sample, &by_key));
    // The control: who looked at the door alone writes after the end.
    done(&sample, |_, _| Ok(()));

    let (by_cookie, by_key) = (at_the_door(cookie), at_the_door(key));
    assert!(writes(&sample, &by_cookie) && writes(&sample, &by_key), "who comes in again");
    done(&sample, |tx, by| sessions::end(tx, &cookie, by));
    assert!(!writes(&sample, &by_cookie));
    assert!(writes(&sample, &by_key));
    done(&sample, |tx, by| sessions::end_token(tx, id, token, by));
    assert!(!writes(&sample, &by_key));

    let cookie = [3; 32];
    done(&sample, |tx, by| sessions::open(tx, &cookie, (id, false), until, by));
    let standing = at_the_door(cookie);
    assert!(writes(&sample, &standing));
    let mut seen = sample.store.read(|tx| accounts::get(tx, id)).unwrap().unwrap();
    seen.state = AccountState::Suspended;
    assert!(done(&sample, |tx, _| accounts::change(tx, &seen)));
    assert!(!writes(&sample, &standing));
    assert!(!writes(&sample, &Arc::new(Standing { account: id + 1, ..(*standing).clone() })));
}
