//! What somebody who comes in shows beside the password: six digits, or a passkey.

use dondoc_store::{
    By, Tx,
    accounts::{
        self, Account,
        openid::{self, Identity},
        passkeys,
    },
};
use jiff::Timestamp;

use crate::{
    ApiError, App,
    entry::{
        passkeys::{Answer, Proof},
        second_factor,
    },
    error::{Denial, OpenIdRefusal},
};

/// What was shown and found right; it counts when it is [noted down](Proven::note).
pub(crate) enum Proven {
    /// The account has nothing to show.
    Nothing,
    /// The digits of a step.
    Code(i64),
    /// A passkey.
    Passkey(Proof),
    /// No password, but a link with somebody whom a provider of identities knows.
    Linked(Linked),
}

/// Somebody whom a provider of identities knows, in the place of a password.
pub(crate) struct Linked {
    pub(crate) person: Identity,
    /// The provider says that a second factor was shown there, and is believed.
    pub(crate) is_vouched: bool,
    /// What was shown here.
    pub(crate) factor: Option<Box<Proven>>,
}

impl Proven {
    /// Looks at what was sent for an account.
    ///
    /// # Errors
    ///
    /// [`Denial::SecondFactorNeeded`] if the account has something to show and nothing was sent, [`Denial::WrongCode`] or
    /// [`Denial::WrongPasskey`] if it is not right.
    pub(crate) async fn look(
        app: &App,
        account: &Account,
        (code, passkey): (Option<String>, Option<Answer>),
        now: Timestamp,
    ) -> Result<Self, ApiError> {
        if !account.has_second_factor() {
            return Ok(Self::Nothing);
        }
        if let Some(answer) = passkey {
            let id = account.id;
            let kept = app.ask(move |store| store.read(|tx| passkeys::of(tx, id))).await?;
            let proof = app.passkeys().proof((id, None), answer, &kept, now);
            return Ok(Self::Passkey(proof.ok_or(Denial::WrongPasskey)?));
        }
        let code = code.ok_or(Denial::SecondFactorNeeded)?;
        let seconds = u64::try_from(now.as_second()).unwrap_or_default();
        let step =
            account.totp.as_deref().and_then(|it| second_factor::step_of(it, &code, seconds));
        Ok(Self::Code(step.ok_or(Denial::WrongCode)?))
    }

    /// Whether there was something to show.
    pub(crate) fn is_something(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::Code(_) | Self::Passkey(_) => true,
            Self::Linked(it) => {
                it.is_vouched || it.factor.as_ref().is_some_and(|it| it.is_something())
            }
        }
    }

    /// What the audit trail calls it.
    pub(crate) fn verb(&self) -> &'static str {
        if matches!(self, Self::Linked(_)) { "session.open_openid" } else { "session.open" }
    }

    /// Notes down that it was shown, so that it never counts again.
    ///
    /// # Errors
    ///
    /// As of [`look`](Self::look), if somebody was quicker with the same.
    pub(crate) fn note(&self, tx: &mut Tx<'_>, account: i64, by: &By) -> Result<(), ApiError> {
        let (is_new, otherwise) = match self {
            Self::Nothing => (true, Denial::WrongCode),
            Self::Code(step) => (accounts::use_totp(tx, account, *step)?, Denial::WrongCode),
            Self::Passkey(proof) => (proof.note(tx, account, by)?, Denial::WrongPasskey),
            Self::Linked(Linked { person, factor, .. }) => {
                // It may have been unlinked, or suspended, in between.
                if !openid::sign_in(tx, account, person, by)? {
                    return Err(OpenIdRefusal::NotLinked.into());
                }
                return factor.as_ref().map_or(Ok(()), |it| it.note(tx, account, by));
            }
        };
        if is_new { Ok(()) } else { Err(otherwise.into()) }
    }
}
