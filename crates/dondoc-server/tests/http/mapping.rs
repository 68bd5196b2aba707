//! Maps that are loaded, and the shapes that come of them.

use serde_json::{Value, json};

use crate::{
    client::Answer,
    province::{BINH_AN, DONG_KHE, LAM_GIANG, Province},
};

/// A square of one degree, with its western edge at a longitude.
fn square(properties: &Value, west: i64) -> Value {
    let (east, south, north) = (west + 1, 0, 1);
    json!({
        "type": "Feature",
        "properties": properties,
        "geometry": {
            "type": "Polygon",
            "coordinates": [[[west, north], [east, north], [east, south], [west, south], [west, north]]],
        },
    })
}

fn file(features: &[Value]) -> Vec<u8> {
    json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
}

fn load(province: &Province, asked: &str, bytes: &[u8]) -> Answer {
    let kind = [("Content-Type", "application/geo+json")];
    province.minh.send(&format!("POST /api/maps?{asked}"), &kind, bytes)
}

#[test]
fn a_map_is_loaded_matched_and_drawn() {
    let province = Province::new();
    let bytes = file(&[
        square(&json!({ "code": "00002", "name": "Bình An" }), 0),
        square(&json!({ "ma": "99999", "ten": "Xã lạ" }), 1),
    ]);
    let trial = load(&province, "name=lg.geojson&dry_run=true", &bytes).json();
    assert_eq!((&trial["id"], &trial["n_matched"]), (&Value::Null, &json!(1)));
    assert_eq!(province.minh.get("/api/maps").json()["items"], json!([]));
    let loaded = load(&province, "name=lg.geojson", &bytes).json();
    assert_eq!((&loaded["n_areas"], &loaded["n_matched"]), (&json!(2), &json!(1)));
    assert_eq!(loaded["unmatched"], json!([{ "key": null, "code": "99999", "name": "Xã lạ" }]));
    let shapes = province.minh.get(&format!("/api/maps/shapes?under={LAM_GIANG}")).json();
    assert_eq!(shapes["items"][0]["unit"], BINH_AN);
    assert_eq!(shapes["items"][0]["path"], "M0 -10000l9610 0l0 10000l-9610 0l0 -10000z");
    assert_eq!(shapes["view_box"], json!([0, -10000, 9610, 10000]));
    assert_eq!(shapes["without"], json!([DONG_KHE]));
    // The newer map counts, for the units that it has.
    let newer = file(&[
        square(&json!({ "code": 2, "key": "none" }), 5),
        square(&json!({ "code": "00003" }), 6),
    ]);
    assert_eq!(load(&province, "name=b", &newer).json()["n_matched"], 1);
    let shapes = province.minh.get(&format!("/api/maps/shapes?under={LAM_GIANG}")).json();
    assert_eq!(shapes["without"], json!([]));
    let id = loaded["id"].as_i64().unwrap();
    let left = province.minh.send(&format!("DELETE /api/maps/{id}"), &[], b"").json();
    assert_eq!(left["items"].as_array().unwrap().len(), 1);
    assert_eq!(province.minh.send(&format!("DELETE /api/maps/{id}"), &[], b"").status, 404);
}

#[test]
fn what_is_no_map_is_refused_and_nothing_is_kept() {
    let province = Province::new();
    let unnamed = file(&[square(&json!({}), 0)]);
    let far = file(&[square(&json!({ "code": "00002" }), 500_000)]);
    for bytes in [&b"PK"[..], b"{}", &unnamed, &far] {
        let answer = load(&province, "name=x", bytes);
        assert_eq!((answer.status, answer.code().as_str()), (422, "bad_map"));
    }
    assert_eq!(load(&province, "name=%20", &file(&[])).status, 400);
    assert_eq!(province.minh.get("/api/maps").json()["items"], json!([]));
    assert_eq!(province.minh.get("/api/maps/shapes?under=999").status, 404);
}
