//! A role that is taken away while requests are on their way: none of them writes after it is gone.

use std::sync::Barrier;

use dondoc_store::{
    Location, Store,
    checkpoints::{self, Key},
};
use serde_json::{Value, json};

use crate::{
    accounting::{add, clerk, join},
    client::Answer,
    server::{Server, clock},
};

const N_REQUESTS: usize = 100;
/// As many rounds at most until requests were caught between the door and the write.
const MAX_ROUNDS: usize = 20;

/// The trail, first to last, as actor and verb.
pub(crate) fn trail(place: &Location) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let key = Key::beside(folder.path()).unwrap();
    let store = Store::open(place.clone(), clock()).unwrap();
    let mut text = Vec::new();
    checkpoints::export(&store, &key, clock(), &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let lines = text.lines().map(|it| serde_json::from_str::<Value>(it).unwrap());
    let lines = lines.filter(|it| it["kind"] == "line");
    let word = |it: &Value, name: &str| it[name].as_str().unwrap().to_owned();
    lines.map(|it| (word(&it, "actor"), word(&it, "verb"))).collect()
}

/// How many writes of somebody stand behind the last end of a role, and how many before it.
fn written(place: &Location, actor: &str) -> (usize, usize) {
    let trail = trail(place);
    let end = trail.iter().rposition(|it| it.1 == "account.end_grant").unwrap();
    let n = |lines: &[(String, String)]| {
        lines.iter().filter(|it| it.0 == actor && it.1 == "finding.add").count()
    };
    (n(&trail[end..]), n(&trail[..end]))
}

#[test]
fn no_write_begins_after_the_role_of_its_author_was_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let place = Location::from(folder.path().join("test.sqlite").as_path());
    let server = Server::on(&place, "lan", None);
    assert_eq!(server.upload("kh.txt", crate::server::LIBRARY[1].1.as_bytes())["status"], "stored");
    let (id, code) = add(&server, "hoa", &clerk());
    let hoa = join(&server, &code);
    let write = || {
        let sent = json!({
            "type": "boilerplate", "utf16": [0, 4], "value": {},
        });
        hoa.post("/api/documents/1/findings", &sent)
    };
    let first = write();
    assert_eq!(first.status, 201, "{}", String::from_utf8_lossy(&first.body));
    let (mut n_caught, mut n_before) = (0, 0);
    for _ in 0..MAX_ROUNDS {
        let grant = hoa.own()["account"]["grants"][0]["id"].clone();
        let end =
            || server.post(&format!("/api/accounts/{id}/grants/end"), &json!({ "grant": grant }));
        let start = Barrier::new(N_REQUESTS + 1);
        let (ended, answers): (Answer, Vec<Answer>) = std::thread::scope(|scope| {
            let requests: Vec<_> = (0..N_REQUESTS)
                .map(|_| {
                    scope.spawn(|| {
                        start.wait();
                        write()
                    })
                })
                .collect();
            start.wait();
            let ended = end();
            (ended, requests.into_iter().map(|it| it.join().unwrap()).collect())
        });
        assert_eq!(ended.status, 200);
        let n_kept = answers.iter().filter(|it| it.status == 201).count();
        for refused in answers.iter().filter(|it| it.status != 201) {
            let code = refused.code();
            assert!(["rights_changed", "forbidden"].contains(&code.as_str()), "{code}");
            n_caught += usize::from(code == "rights_changed");
        }
        let (n_after, n_all_before) = written(&place, "hoa");
        assert_eq!(n_after, 0, "writes after the role was gone");
        n_before += n_kept;
        // One at first, to see that it goes through; whoever was answered is in the trail, and nobody else.
        assert_eq!(n_all_before, 1 + n_before);
        if n_caught > 0 {
            break;
        }
        let given = json!({ "role": "clerk", "everywhere": true });
        assert_eq!(server.post(&format!("/api/accounts/{id}/grants"), &given).status, 200);
    }
    assert!(n_caught > 0, "no request was between the door and the write when the role was ended");
}
