//! Totals, and what they are made of.

use serde_json::json;

use crate::province::{BINH_AN, DONG_KHE, Province, usual};

#[test]
fn a_total_says_what_it_is_made_of_and_what_it_lacks() {
    let province = Province::new();
    province.hand_in(BINH_AN, "2026-09", &usual("12", "30", "40"));
    let made = province.minh.get("/api/totals/makeup?indicator=LG.02&unit=1&period=2026-09").json();
    assert_eq!(made["total"]["numerator"], "30");
    assert_eq!(made["total"]["denominator"], "40");
    assert_eq!(made["total"]["percent"], "75.00");
    assert_eq!((&made["n_expected"], &made["n_missing"]), (&json!(2), &json!(1)));
    assert_eq!(made["parts"][0]["name"], "Xã Bình An");
    assert_eq!(made["gaps"][0]["name"], "Xã Đông Khê");
    let none = province.minh.get("/api/totals?indicator=LG.01&unit=1&period=2026-08").json();
    assert_eq!(
        (&none["values"], &none["why"][0]["reason"]),
        (&json!([null]), &json!("nothing_reported"))
    );
    assert_eq!(none["counts"]["n_missing"], json!([2]));
}

#[test]
fn a_table_without_counts_has_the_values_of_the_one_with_them_on_sqlite() {
    a_table_without_counts_has_the_values_of_the_one_with_them(&Province::new());
}

#[test]
fn a_table_without_counts_has_the_values_of_the_one_with_them_on_postgresql() {
    if let Some(province) = Province::on_postgres() {
        a_table_without_counts_has_the_values_of_the_one_with_them(&province);
    }
}

fn a_table_without_counts_has_the_values_of_the_one_with_them(province: &Province) {
    province.hand_in(BINH_AN, "2026-08", &usual("12", "30", "40"));
    province.hand_in(BINH_AN, "2026-09", &usual("1", "3", "4"));
    province.hand_in(DONG_KHE, "2026-09", &usual("5", "0", "9"));
    let asked =
        "/api/totals?indicator=LG.01,LG.02,LG.03&unit=1,2,3&period=2026-08,2026-09,2026-Q3,2026-01";
    let (all, few) = (
        province.minh.get(asked).json(),
        province.minh.get(&format!("{asked}&counts=reported")).json(),
    );
    for list in ["values", "denominators", "n_reported", "units", "periods", "series"] {
        assert_eq!(all[list], few[list], "{list}");
    }
    assert_eq!(all["values"].as_array().unwrap().len(), 36);
    assert_eq!(all["values"][6], 18);
}
