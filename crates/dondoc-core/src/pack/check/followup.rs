//! Rules of follow-up and yearly documents: days that can be, words to know a document by.

use crate::pack::{
    check::{Findings, Spelling},
    fault::{ItemKind, PackFault},
};

pub(super) fn check(findings: &mut Findings<'_>) {
    let pack = findings.pack;
    if pack.follow_up.is_some_and(|it| !it.is_sound()) {
        let item = findings.item(ItemKind::FollowUp, "follow_up");
        findings.add(&item, PackFault::FollowUpDays);
    }
    for document in &pack.documents {
        let item = findings.declared(ItemKind::Document, &document.code, &document.name);
        findings.spelled(&item, Spelling::Form);
        findings.refers(&item, ItemKind::Source, document.basis.iter());
        // Reckoned in a leap year, so that 29 February counts as a day.
        if document.due_in(2028).is_none() || !(1..=31).contains(&document.by_day) {
            findings.add(&item, PackFault::NoSuchDay);
        }
        if document.words.iter().all(|it| it.trim().is_empty()) {
            findings.add(&item, PackFault::WordsMissing);
        }
        let words: Vec<&str> = document.words.iter().map(String::as_str).collect();
        findings.admitted(&item, &words, &[]);
    }
}
