//! The sentences of findings in English.

use crate::{finding::Fault, pack::FieldKind};

/// What is wrong, and what to do about it.
#[expect(clippy::too_many_lines, reason = "a catalogue: one line a fault")]
pub(super) fn say(fault: &Fault) -> (String, String) {
    let (what, remedy): (String, &str) = match fault {
        Fault::UnknownUnit { unit } => (
            format!("no unit is called or coded `{unit}` at that time"),
            "choose the unit from the list; if it was merged or renamed, use its name of the period",
        ),
        Fault::UnknownIndicator { indicator } => (
            format!("the programme pack has no indicator `{indicator}`"),
            "check the code, or load the right version of the pack",
        ),
        Fault::UnknownOption { option } => (
            format!("the breakdown of the indicator has no option `{option}`"),
            "choose one of the options of its breakdown",
        ),
        Fault::UnknownPeriod { period } => (
            format!("`{period}` is no period of this form"),
            "write 2025-09 (month), 2025-Q3 (quarter), 2025-H1 (half-year), 2025-9M (nine months) or 2025 (year)",
        ),
        Fault::PeriodNotOpen { period } => (
            format!("reporting for {period} is not open"),
            "wait until it opens, or choose an earlier period",
        ),
        Fault::PeriodLocked { period } => (
            format!("{period} is locked"),
            "send a correction request with the reason and the right figure",
        ),
        Fault::NotANumber { text } => (
            format!("`{text}` is not a number"),
            "write the number only; if nothing occurred choose nil, and put explanations into the note",
        ),
        Fault::AmbiguousNumber { text, one, other } => (
            format!("`{text}` can be read as {one} or {other}"),
            "write it out: a point between thousands, a comma before decimals",
        ),
        Fault::TooManyDecimals { text, decimals: 0 } => (
            format!("`{text}` has decimals, and this indicator takes whole numbers"),
            "write a whole number",
        ),
        Fault::TooManyDecimals { text, decimals } => (
            format!("`{text}` has more than {decimals} digits after the mark"),
            "round it as the indicator asks and write it again",
        ),
        Fault::NumberTooLarge { text } => (
            format!("`{text}` is larger than can be kept"),
            "check the unit of measure: dong may stand where millions belong",
        ),
        Fault::RatioWithoutParts => (
            "a share without its numerator or denominator".into(),
            "write both: how many have it, and of how many; the share is worked out",
        ),
        Fault::NumeratorOverDenominator => (
            "more have it than there are".into(),
            "check both numbers; they may have changed places",
        ),
        Fault::Negative => {
            ("a number below zero where things are counted".into(), "write the right number")
        }
        Fault::Duplicate { first } => (
            format!("this cell has a figure already, at {first}"),
            "remove one of the two and keep the right one",
        ),
        Fault::Formula => (
            "the cell has a formula; what it shows may be old".into(),
            "copy the cell and paste it as a value",
        ),
        Fault::MergedCells { range } => (
            format!("the cells {range} are merged, so it is unclear where the figure belongs"),
            "unmerge them and write each number into its cell",
        ),
        Fault::TooManyRows { limit } => (
            format!("the sheet has more than {limit} rows"),
            "delete the empty rows at its end, or split it into several files",
        ),
        Fault::WrongForm { expected, found } => (
            format!("the file is of {found}, not of {expected}"),
            "fetch the right form of this period and move the figures over",
        ),
        Fault::NotThere { wanted } => (
            format!("`{wanted}` was not found"),
            "use the form as it was issued, with its sheet names and headings",
        ),
        Fault::UnknownRow { text } => (
            format!("the row `{text}` is no row of the form"),
            "move its figures to the right row of the form, or delete it",
        ),
        Fault::NotReportedHere => (
            "this level does not report this indicator".into(),
            "leave the cell blank; another level reports it",
        ),
        Fault::SeriesClosed { on } => (
            format!("the indicator is not collected after {on}"),
            "use the indicator that took its place; the old figures are kept",
        ),
        Fault::NotCleared => (
            "the owner of this indicator has not confirmed that it is no state secret".into(),
            "do not enter it; ask its owner for a confirmation in writing first",
        ),
        Fault::OverridesRegister { counted } => (
            format!("the register comes to {counted}, which differs from this figure"),
            "correct the register, or give the reason for the difference",
        ),
        Fault::OtherwiseElsewhere { form, told } => (
            format!("form {form}, handed in, says {told} for the same indicator"),
            "correct one of the two forms, or say why they differ",
        ),
        Fault::ApprovedElsewhere { form, told } => (
            format!("form {form}, approved, says {told} for the same indicator"),
            "write the approved figure; if it is wrong, ask for a correction of the approved form",
        ),
        Fault::OtherwiseInForce { said, told } => (
            format!("the report says {said}; {told} is in force, shown in the cell"),
            "click on the cell to see where the figure in force comes from",
        ),
        Fault::OptionsDoNotAddUp { sum } => (
            format!("the options come to {sum}, which differs from the undivided figure"),
            "check each of them, or give the options only and have them added up",
        ),
        Fault::EstimateAfterFinal => (
            "the cell has its final figure; an estimate is not taken".into(),
            "if the final figure is wrong, send a new final figure with the reason",
        ),
        Fault::ReasonMissing => {
            ("a warning without a reason".into(), "give the reason, or correct the figure")
        }
        Fault::UnknownRegister { register } => (
            format!("the programme pack has no register `{register}`"),
            "choose one of the registers of the pack",
        ),
        Fault::UnknownField { field } => (
            format!("the register has no field `{field}`"),
            "leave it out, or use the field that is meant",
        ),
        Fault::FieldMissing { field } => {
            (format!("the field `{field}` must be filled in"), "fill it in and save again")
        }
        Fault::WrongKind { field, wanted } => {
            (format!("the field `{field}` must be {}", kind(*wanted)), "write what belongs there")
        }
        Fault::Overflow { rule } => (
            format!("{rule} comes to more than can be worked out"),
            "check its figures; one may have a digit too many",
        ),
        Fault::RuleUnusable { rule, detail } => (
            format!("{rule} can't be worked out: {detail}"),
            "tell the keeper of the programme pack to correct the expression",
        ),
        Fault::Broken { detail } => (
            format!("the file is broken: {detail}"),
            "open it in a spreadsheet program and save it again, or export it again",
        ),
        Fault::Rule { message, remedy, .. } => return (message.en.clone(), remedy.en.clone()),
    };
    (what, remedy.to_owned())
}

fn kind(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "words",
        FieldKind::Number => "a number",
        FieldKind::Day => "a day, such as 2025-09-14",
        FieldKind::YesNo => "yes or no",
        FieldKind::Choice => "one of the options",
        FieldKind::Choices => "some of the options",
        FieldKind::Unit => "a unit",
        FieldKind::Units => "units",
        FieldKind::Document => "a stored document",
    }
}
