//! What somebody who comes in shows beside the password: six digits, or a passkey.

use dondoc_store::{
    By, Tx,
    accounts::{self, Account, passkeys},
};
use jiff::Timestamp;

use crate::{
    ApiError, App,
    entry::{
        passkeys::{Answer, Proof},
        second_factor,
    },
    error::Denial,
};

/// What was shown and found right; it counts when it is [noted down](Proven::note).
pub(crate) enum Proven {
    /// The account has nothing to show.
    Nothing,
    /// The digits of a step.
    Code(i64),
    /// A passkey.
    Passkey(Proof),
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
        !matches!(self, Self::Nothing)
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
        };
        if is_new { Ok(()) } else { Err(otherwise.into()) }
    }
}
