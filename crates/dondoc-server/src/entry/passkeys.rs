//! Passkeys (WebAuthn, level 3): what is asked of an authenticator, kept here until it is answered, once.
//!
//! **Invariant:** a question is taken away with the first answer, right or wrong, so no answer counts twice; it is good for one
//! account, one purpose, and a few minutes. A start forgets all of them, which only means that somebody presses once more.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::http::{HeaderMap, header};
use dondoc_store::{
    Action, By, Store, StoreError, Tx,
    accounts::{
        Account,
        passkeys::{self, KeptPasskey, NewPasskey},
        sessions::{self, SecretDigest},
    },
};
use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};
use webauthn_rs::prelude::{
    Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Uuid, Webauthn, WebauthnBuilder,
};

use crate::{ApiError, address::PublicAddress, entry::secret, error::Denial};

/// What authenticators show their owners.
const PARTY: &str = "Dondoc";
/// A question is good for so many seconds.
const PATIENCE: i64 = 5 * 60;
/// Questions of one account that are open at a time; the oldest goes for the next.
const MAX_OPEN: usize = 8;
/// Passkeys of one account.
const MAX_PASSKEYS: i64 = 20;

/// Who asks for passkeys, and what was asked and is not answered yet.
#[derive(Clone, Default)]
pub(crate) struct Passkeys {
    party: Option<Arc<Party>>,
    open: Arc<Mutex<HashMap<SecretDigest, Question>>>,
}

/// Under which address they are good.
struct Party {
    address: PublicAddress,
    webauthn: Webauthn,
}

/// What is waited for.
struct Question {
    account: i64,
    until: i64,
    what: Asked,
}

/// What a question is about.
pub(crate) enum Asked {
    /// A new passkey, in this session.
    New(SecretDigest, PasskeyRegistration),
    /// One that is there, in this session, or to sign in.
    Shown(Option<SecretDigest>, PasskeyAuthentication),
}

/// A question as it goes to the browser.
pub(crate) struct Ticket {
    /// Sent back with the answer.
    pub(crate) ticket: String,
    /// What `navigator.credentials` takes, with bytes as base64url.
    pub(crate) options: Value,
}

/// The answer of an authenticator.
pub(crate) struct Answer {
    pub(crate) ticket: String,
    pub(crate) credential: Value,
}

/// A passkey that was shown and holds, to be noted down.
pub(crate) struct Proof {
    id: i64,
    credential: String,
    counter: i64,
}

impl Passkeys {
    /// Passkeys for the page at an address; none if the library does not take it.
    pub(crate) fn at(address: PublicAddress) -> Self {
        let builder = WebauthnBuilder::new(address.domain(), address.url());
        let patience = Duration::from_secs(PATIENCE.unsigned_abs());
        let built = builder.and_then(|it| it.rp_name(PARTY).timeout(patience).build());
        let party = built.ok().map(|webauthn| Arc::new(Party { address, webauthn }));
        Self { party, open: Arc::default() }
    }

    /// The library, for a page that was opened under the address for which it was set up.
    fn party(&self, headers: &HeaderMap) -> Result<&Party, ApiError> {
        let host = headers.get(header::HOST).and_then(|it| it.to_str().ok());
        let party = self.party.as_deref().filter(|it| host == Some(&it.address.host()));
        party.ok_or_else(|| Denial::PasskeyPlace.into())
    }

    /// Asks for a new passkey of an account that has some.
    pub(crate) fn ask_for_new(
        &self,
        headers: &HeaderMap,
        (account, session): (&Account, SecretDigest),
        kept: &[KeptPasskey],
        now: Timestamp,
    ) -> Result<Ticket, ApiError> {
        let party = self.party(headers)?;
        if account.n_passkeys >= MAX_PASSKEYS {
            return Err(Denial::PasskeyNotTaken.into());
        }
        let there = kept.iter().map(|it| it.passkey.credential_id.clone()).collect();
        let (name, display) = (&account.name, &account.display);
        let asked =
            party.webauthn.start_passkey_registration(handle(account), name, display, Some(there));
        let (options, state) = asked.map_err(|_| ApiError::Internal)?;
        let options = serde_json::to_value(options).map_err(|_| ApiError::Internal)?;
        self.keep(account.id, options, Asked::New(session, state), now)
    }

    /// Asks for one of the passkeys of an account; `session` is none where somebody signs in.
    pub(crate) fn ask_for_one(
        &self,
        headers: &HeaderMap,
        (account, session): (i64, Option<SecretDigest>),
        kept: &[KeptPasskey],
        now: Timestamp,
    ) -> Result<Ticket, ApiError> {
        let party = self.party(headers)?;
        if kept.is_empty() {
            return Err(Denial::NoSecondFactor.into());
        }
        let credentials = kept.iter().map(|it| read(&it.passkey.credential));
        let credentials = credentials.collect::<Result<Vec<_>, _>>()?;
        let asked = party.webauthn.start_passkey_authentication(&credentials);
        let (options, state) = asked.map_err(|_| ApiError::Internal)?;
        let options = serde_json::to_value(options).map_err(|_| ApiError::Internal)?;
        self.keep(account, options, Asked::Shown(session, state), now)
    }

    /// The passkey of an answer to [`ask_for_new`](Self::ask_for_new).
    pub(crate) fn new_one(
        &self,
        (account, session): (i64, SecretDigest),
        answer: Answer,
        label: String,
        now: Timestamp,
    ) -> Result<NewPasskey, ApiError> {
        let refused = || ApiError::from(Denial::PasskeyNotTaken);
        let party = self.party.as_deref().ok_or(Denial::PasskeyPlace)?;
        let Asked::New(of, state) = self.take(&answer.ticket, account, now).ok_or_else(refused)?
        else {
            return Err(refused());
        };
        let credential: RegisterPublicKeyCredential =
            serde_json::from_value(answer.credential).map_err(|_| refused())?;
        let made = party.webauthn.finish_passkey_registration(&credential, &state);
        let made = made.ok().filter(|_| of == session).ok_or_else(refused)?;
        let credential = serde_json::to_string(&made).map_err(|_| ApiError::Internal)?;
        let credential_id = made.cred_id().to_vec();
        Ok(NewPasskey { label, credential_id, credential, counter: 0 })
    }

    /// What an answer to [`ask_for_one`](Self::ask_for_one) proves; `None` if it proves nothing.
    pub(crate) fn proof(
        &self,
        (account, session): (i64, Option<SecretDigest>),
        answer: Answer,
        kept: &[KeptPasskey],
        now: Timestamp,
    ) -> Option<Proof> {
        let party = self.party.as_deref()?;
        let Asked::Shown(of, state) = self.take(&answer.ticket, account, now)? else {
            return None;
        };
        let credential: PublicKeyCredential = serde_json::from_value(answer.credential).ok()?;
        let shown = party.webauthn.finish_passkey_authentication(&credential, &state).ok()?;
        let one = kept
            .iter()
            .find(|it| it.passkey.credential_id.as_slice() == shown.cred_id().as_slice())?;
        let mut passkey = read(&one.passkey.credential).ok()?;
        passkey.update_credential(&shown)?;
        let credential = serde_json::to_string(&passkey).ok().filter(|_| of == session)?;
        Some(Proof { id: one.id, credential, counter: shown.counter().into() })
    }

    fn keep(
        &self,
        account: i64,
        options: Value,
        what: Asked,
        now: Timestamp,
    ) -> Result<Ticket, ApiError> {
        let ticket = secret::long()?;
        let now = now.as_second();
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, it| now < it.until);
        let mut own: Vec<(i64, SecretDigest)> = open
            .iter()
            .filter(|it| it.1.account == account)
            .map(|(ticket, it)| (it.until, *ticket))
            .collect();
        own.sort_unstable();
        for (_, ticket) in own.iter().rev().skip(MAX_OPEN - 1) {
            open.remove(ticket);
        }
        open.insert(secret::digest(&ticket), Question { account, until: now + PATIENCE, what });
        Ok(Ticket { ticket, options })
    }

    fn take(&self, ticket: &str, account: i64, now: Timestamp) -> Option<Asked> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let question = open.remove(&secret::digest(ticket))?;
        let is_good = question.account == account && now.as_second() < question.until;
        is_good.then_some(question.what)
    }
}

impl Proof {
    /// Notes down that the passkey was shown; `false` if it was removed since, or its counter did not go up.
    pub(crate) fn note(&self, tx: &mut Tx<'_>, account: i64, by: &By) -> Result<bool, StoreError> {
        passkeys::show(tx, account, (self.id, &self.credential, self.counter), by)
    }
}

/// Notes down in a session that a passkey was shown, or that one was refused; whether it holds.
pub(crate) fn show(
    store: &Store,
    account: &Account,
    session: &SecretDigest,
    proof: Option<&Proof>,
    by: &By,
) -> Result<bool, StoreError> {
    store.write(|tx| {
        let holds = match proof {
            Some(proof) => proof.note(tx, account.id, by)?,
            None => false,
        };
        if holds {
            sessions::second_factor(tx, session, by)?;
        }
        let verb = if holds { "session.passkey" } else { "session.passkey_refused" };
        Ok((holds, Action { by: by.clone(), verb, object: account.name.clone() }))
    })
}

fn read(credential: &str) -> Result<Passkey, ApiError> {
    serde_json::from_str(credential).map_err(|_| ApiError::Internal)
}

/// By which authenticators tell accounts apart: the same each time, and nobody's name.
fn handle(account: &Account) -> Uuid {
    let digest = Sha256::digest(format!("{} {} {}", account.id, account.name, account.made_at));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Uuid::from_bytes(bytes)
}
