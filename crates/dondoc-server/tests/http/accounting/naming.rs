//! What people are called whose sign-in names stand in receipts and histories.

use serde_json::json;

use super::{add, clerk, join};
use crate::server::Server;

#[test]
fn whoever_signed_in_learns_what_somebody_is_called_but_not_whom_there_is() {
    let server = Server::start();
    let sent = json!({
        "name": "Hoa.CX", "display": "Nguyễn Thị Hoa", "office": "Văn phòng UBND xã Bình An",
        "grants": clerk(),
    });
    let hoa = server.post("/api/accounts", &sent).json();
    let nam = join(&server, &add(&server, "nam", &json!([])).1);
    let named = json!({ "items": [{
        "name": "hoa.cx", "display": "Nguyễn Thị Hoa", "office": "Văn phòng UBND xã Bình An",
    }] });
    // As it is compared at the door; what names nobody, or only begins like somebody, is in no answer.
    let asked = "/api/names?of=HOA.cx,khong-co,hoa,,ho%25,dondoc,hoa.cx";
    assert_eq!(nam.get(asked).json(), named);
    for nobody in ["/api/names", "/api/names?of=", "/api/names?of=*", "/api/names?of=%25"] {
        assert_eq!(nam.get(nobody).json(), json!({ "items": [] }), "{nobody}");
    }
    // Who has left is called as before.
    let left = server.post(&format!("/api/accounts/{}/suspend", hoa["id"]), &json!({}));
    assert_eq!(left.json()["state"], "suspended");
    assert_eq!(nam.get(asked).json(), named);
    assert_eq!(server.send(&format!("GET {asked}"), &[("Cookie", "a=b")], b"").status, 401);
}

#[test]
fn no_more_names_are_asked_for_at_once_than_stand_on_a_screen() {
    let server = Server::start();
    let nam = join(&server, &add(&server, "nam", &json!([])).1);
    let of = |n: usize| {
        let others: Vec<String> = (1..n).map(|it| format!("khac-{it}")).collect();
        nam.get(&format!("/api/names?of=nam,{}", others.join(",")))
    };
    assert_eq!(of(100).json()["items"][0]["display"], "nam");
    assert_eq!((of(101).status, of(101).code()), (422, "bad_value".to_owned()));
}
