//! Figures of documents on their way in: a person accepts what was read as a figure.

use dondoc_core::{
    figure::{Content, Figure, Qualifier, Series, Source, Status},
    finding::{Fault, Finding, Place},
    pack::Severity,
    period::Period,
    reading,
    unit::UnitId,
};
use dondoc_store::{
    By, Found,
    blocks::{BlockId, Origin},
    findings,
    submissions::locks,
};
use jiff::civil::Date;

use crate::{
    check::{Batch, Circumstances, check},
    error::LedgerError,
    ledger::{Ledger, action, append},
};

/// What a person takes a figure of a document for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    /// Whose.
    pub unit: UnitId,
    /// Of when.
    pub period: Period,
    /// Of what.
    pub series: Series,
    /// Of a share: of how many, in the smallest unit of the indicator; the document gives the numerator then.
    pub denominator: Option<i64>,
    /// Estimate or final.
    pub status: Status,
}

impl Ledger {
    /// Accepts a figure that was found in a stored document: it is checked, kept with the words that it came from, and
    /// in the totals.
    ///
    /// # Errors
    ///
    /// [`LedgerError::NotThere`] if there is no such finding or it is no figure; [`LedgerError::Findings`] with all that
    /// is wrong.
    pub fn accept_figure(
        &self,
        finding_id: i64,
        meant: &Meant,
        (by, today): (&By, Date),
    ) -> Result<(BlockId, Vec<Finding>), LedgerError> {
        self.refresh()?;
        let gone = || LedgerError::NotThere { what: "figure", name: finding_id.to_string() };
        let finding = findings::get(self.store(), finding_id)?.ok_or_else(gone)?;
        let Found::Figure(read) = &finding.value else { return Err(gone()) };
        let batch = self.as_batch(finding.document_id, read, meant)?;
        let findings = self.checked_batch(&batch, today)?;
        let origin = Origin::Document(finding.document_id);
        let kept = self.store().write(|tx| -> Result<_, LedgerError> {
            let locks = locks::in_force(tx)?;
            if self.look(|books| crate::lock::is_locked(books, &locks, &batch)) {
                return Err(crate::lock::refusal(&batch));
            }
            self.must_not_contradict(tx, &batch)?;
            let kept = append(tx, &batch, &origin, (by, None))?;
            Ok((kept, action(by, "figure.accept", &finding_id)))
        })?;
        self.settle(std::slice::from_ref(&kept))?;
        Ok((kept.id, findings))
    }

    fn checked_batch(&self, batch: &Batch, today: Date) -> Result<Vec<Finding>, LedgerError> {
        let locks = self.store().read(locks::in_force)?;
        let mut findings = self.look(|books| {
            let is_locked = crate::lock::is_locked(books, &locks, batch);
            check(books, batch, Circumstances { today, is_locked })
        });
        findings.extend(self.overrides(batch)?);
        if findings.iter().any(|it| it.severity() == Severity::Error) {
            return Err(LedgerError::Findings(findings));
        }
        Ok(findings)
    }

    fn as_batch(
        &self,
        document_id: i64,
        read: &reading::Figure,
        meant: &Meant,
    ) -> Result<Batch, LedgerError> {
        let decimals = self.look(|books| books.programmes.decimals(&meant.series.indicator));
        let text = read.value.to_string();
        let wrong = |fault| {
            let place =
                Place { indicator: Some(meant.series.indicator.clone()), ..Place::default() };
            LedgerError::Findings(vec![Finding { place, fault }])
        };
        let value = scaled(&text, decimals)
            .ok_or_else(|| wrong(Fault::TooManyDecimals { text: text.clone(), decimals }))?;
        let value = if read.negative { -value } else { value };
        let content = match meant.denominator {
            Some(denominator) => Content::Ratio { numerator: value, denominator },
            None => Content::Value(value),
        };
        let place = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        let source = Source::Document {
            document_id,
            start: place(read.span.start),
            end: place(read.span.end),
        };
        let figure = Figure {
            series: meant.series.clone(),
            content,
            qualifier: Qualifier::from(read.bound),
            status: meant.status,
            source,
            reason: None,
        };
        let Meant { unit, period, .. } = *meant;
        Ok(Batch { unit, period, figures: vec![(figure, Place::default())] })
    }
}

/// A plain decimal number in whole numbers of its last digit: `1234.5` with two decimals is 123450; `None` if it has more
/// digits after the point.
fn scaled(text: &str, decimals: u8) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let missing = usize::from(decimals).checked_sub(fraction.len())?;
    format!("{whole}{fraction}{}", "0".repeat(missing)).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::scaled;

    #[test]
    fn a_number_of_a_document_keeps_all_its_digits_or_is_refused() {
        assert_eq!(scaled("1234.5", 2), Some(123_450));
        assert_eq!(scaled("-7", 0), Some(-7));
        assert_eq!(scaled("1.25", 1), None);
    }
}
