//! Figures of an event that are counted from the reports on it.

use serde_json::{Value, json};

use super::Registers;
use crate::province::{BINH_AN, DONG_KHE};

/// The storm, by its days.
const STORM: &str = "2026-11-07..2026-11-09";

fn damage(day: &str, houses: &str) -> Value {
    json!({ "incident": "Bão số 3", "day": day, "houses": houses })
}

/// Nobody types the houses: the one figure sent is how many people went to help.
fn hand_in(registers: &Registers, unit: u32) -> Value {
    let figures = json!([{ "row": "2", "column": "1", "value": "40" }]);
    let sent = json!({ "form": "SO-DOT", "unit": unit, "period": STORM, "figures": figures });
    let answer = registers.server.post("/api/reports", &sent);
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    answer.json()
}

fn houses(registers: &Registers, unit: u32) -> Value {
    let path = format!("/api/totals?indicator=SO.02&unit={unit}&period={STORM}");
    registers.get(&path)["values"][0].clone()
}

fn in_the_form(registers: &Registers, unit: u32) -> Value {
    let form = registers.get(&format!("/api/forms/SO-DOT?unit={unit}&period={STORM}"));
    form["rows"][0]["cells"][0]["figure"].clone()
}

#[test]
fn damage_of_an_event_is_counted_from_the_latest_report_of_each_unit_and_goes_with_the_form() {
    let registers = Registers::new();
    registers.noted("damage", BINH_AN, &damage("7/11/2026", "3"));
    registers.noted("damage", BINH_AN, &damage("8/11/2026", "5"));
    registers.noted("damage", DONG_KHE, &damage("8/11/2026", "2"));
    // After the event's days: of another report, not of this.
    registers.noted("damage", BINH_AN, &damage("10/11/2026", "9"));
    assert_eq!(houses(&registers, BINH_AN), Value::Null, "nobody has reported on it yet");
    assert_eq!(in_the_form(&registers, BINH_AN)["amount"]["value"], "5", "neither 3, 8 nor 9");
    hand_in(&registers, BINH_AN);
    assert_eq!(houses(&registers, BINH_AN), 5);
    assert_eq!(houses(&registers, 1), 5, "Đông Khê has not reported on it");
    hand_in(&registers, DONG_KHE);
    assert_eq!(houses(&registers, 1), 7);

    // What comes later counts it anew.
    let later = registers.noted("damage", BINH_AN, &damage("9/11/2026", "6"));
    assert_eq!(later["recounted"][0]["after"]["text"], "6", "{later}");
    assert_eq!(houses(&registers, 1), 8);
    assert_eq!(in_the_form(&registers, BINH_AN)["amount"]["value"], "6");
}

#[test]
fn another_value_than_the_registers_needs_a_reason() {
    let registers = Registers::new();
    registers.noted("damage", BINH_AN, &damage("8/11/2026", "5"));
    let figures = json!([{ "row": "1", "column": "1", "value": "4" }]);
    let sent = json!({ "form": "SO-DOT", "unit": BINH_AN, "period": STORM, "figures": figures });
    let refused = registers.server.post("/api/reports", &sent);
    assert_eq!(refused.status, 422, "{}", String::from_utf8_lossy(&refused.body));
    let body = String::from_utf8_lossy(&refused.body).into_owned();
    assert!(body.contains("overrides_register"), "{body}");
}
