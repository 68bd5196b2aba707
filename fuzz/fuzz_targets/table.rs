//! Any bytes as a table of figures in CSV.
#![no_main]

use std::sync::LazyLock;

use dondoc_core::{pack::Pack, unit::UnitId};
use dondoc_exchange::{block, passage::Ask};
use libfuzzer_sys::fuzz_target;

/// A number with decimals, and a share.
static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let indicator = |code: &str, more: serde_json::Value| {
        let mut it = serde_json::json!({
            "code": code, "name": { "vi": "Số", "en": "Number" }, "measure": "ha", "decimals": 2,
            "over_units": "sum", "over_time": "sum", "every": ["month"], "level": "commune", "clearing": "open",
        });
        it.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        it
    };
    let parts = serde_json::json!({ "vi": "Số đạt", "en": "Met" });
    let share = serde_json::json!({
        "over_units": "wavg", "over_time": "wavg", "ratio": { "numerator": parts, "denominator": parts },
    });
    serde_json::from_value(serde_json::json!({
        "pack": { "code": "B", "name": { "vi": "Gói", "en": "Pack" }, "version": 1, "valid_from": "2020-01-01" },
        "indicators": [indicator("B.01", serde_json::json!({})), indicator("B.02", share)],
    }))
    .expect("a pack")
});

fuzz_target!(|bytes: &[u8]| {
    let unit = |name: &str, _| if name == "?" { Err(Vec::new()) } else { Ok(UnitId(1)) };
    drop(block::read(bytes, &Ask { pack: &PACK, unit: &unit, file: "a.csv" }));
});
