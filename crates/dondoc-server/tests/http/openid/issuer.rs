//! An issuer that does what a test wants, also what no decent one does. It signs with Ed25519 (RFC 8037).

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};

use crate::server::clock;

/// What it does other than a decent one.
pub(super) struct Manner {
    /// Claims that are put in the place of the right ones; null takes one away.
    pub(super) claims: Value,
    /// The number of the key that signs; 1 is the one that it shows.
    pub(super) key: u8,
    /// The number by which it calls the key that signs, if it calls it otherwise.
    pub(super) called: Option<u8>,
    /// The numbers of the keys that it shows.
    pub(super) shows: Vec<u8>,
    pub(super) algorithm: &'static str,
    /// Put in the place of parts of its description.
    pub(super) says: Value,
    /// By path: what it answers there instead of the right thing.
    pub(super) answers: BTreeMap<&'static str, String>,
    /// By path: it takes the question, and never answers.
    pub(super) sleeps_at: Option<&'static str>,
    pub(super) nonce: String,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            claims: json!({}),
            key: 1,
            called: None,
            shows: vec![1],
            algorithm: "EdDSA",
            says: json!({}),
            answers: BTreeMap::new(),
            sleeps_at: None,
            nonce: String::new(),
        }
    }
}

/// An issuer that listens until it goes.
pub(super) struct Issuer {
    pub(super) address: SocketAddr,
    pub(super) manner: Arc<Mutex<Manner>>,
    /// The paths that were asked for, first to last.
    asked: Arc<Mutex<Vec<String>>>,
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Issuer {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (manner, asked) = (Arc::<Mutex<Manner>>::default(), Arc::<Mutex<Vec<_>>>::default());
        let ends = Arc::new(AtomicBool::new(false));
        let (here, heard, over) = (Arc::clone(&manner), Arc::clone(&asked), Arc::clone(&ends));
        let thread = thread::spawn(move || {
            let mut asleep = Vec::new();
            for stream in listener.incoming() {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                asleep.extend(answer(stream, address, &here, &heard));
            }
        });
        Self { address, manner, asked, ends, thread: Some(thread) }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/realm", self.address)
    }

    /// Behaves otherwise from now on; the nonce stays.
    pub(super) fn behave(&self, change: impl FnOnce(&mut Manner)) {
        let mut manner = self.manner.lock().unwrap();
        let nonce = std::mem::take(&mut manner.nonce);
        *manner = Manner { nonce, ..Manner::default() };
        change(&mut manner);
    }

    /// How often something was asked for.
    pub(super) fn n_asked(&self, path: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|it| *it == path).count()
    }
}

impl Drop for Issuer {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

pub(super) const DESCRIPTION: &str = "/realm/.well-known/openid-configuration";
pub(super) const KEYS: &str = "/realm/keys";
pub(super) const TOKEN: &str = "/realm/token";

/// Answers one question; gives the stream back where it sleeps.
fn answer(
    stream: TcpStream,
    address: SocketAddr,
    manner: &Mutex<Manner>,
    asked: &Mutex<Vec<String>>,
) -> Option<TcpStream> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        if header.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    asked.lock().unwrap().push(path.clone());
    let manner = manner.lock().unwrap();
    let mut stream = reader.into_inner();
    if manner.sleeps_at == Some(path.as_str()) {
        return Some(stream);
    }
    let answer = manner.answers.get(path.as_str()).cloned().unwrap_or_else(|| {
        let said = match path.as_str() {
            DESCRIPTION => description(address, &manner),
            KEYS => json!({ "keys": manner.shows.iter().map(|it| shown(*it)).collect::<Vec<_>>() }),
            TOKEN => json!({ "access_token": "a", "token_type": "Bearer", "id_token": token(address, &manner) }),
            _ => return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned(),
        };
        plain(&said.to_string())
    });
    let _ = stream.write_all(answer.as_bytes());
    None
}

/// An answer with a body in JSON.
pub(super) fn plain(body: &str) -> String {
    let n = body.len();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {n}\r\nConnection: close\r\n\r\n{body}"
    )
}

fn put(into: &mut Value, other: &Value) {
    for (name, value) in other.as_object().unwrap() {
        if value.is_null() {
            into.as_object_mut().unwrap().remove(name);
        } else {
            into[name] = value.clone();
        }
    }
}

fn description(address: SocketAddr, manner: &Manner) -> Value {
    let mut said = json!({
        "issuer": format!("http://{address}/realm"),
        "authorization_endpoint": format!("http://{address}/realm/auth"),
        "token_endpoint": format!("http://{address}{TOKEN}"),
        "jwks_uri": format!("http://{address}{KEYS}"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA", "RS256", "HS256", "none"],
    });
    put(&mut said, &manner.says);
    said
}

fn signing_key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

fn shown(number: u8) -> Value {
    let x = base64(signing_key(number).verifying_key().as_bytes());
    json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "kid": format!("k{number}"), "x": x })
}

fn token(address: SocketAddr, manner: &Manner) -> String {
    let now = clock().as_second();
    let mut claims = json!({
        "iss": format!("http://{address}/realm"),
        "aud": "dondoc",
        "sub": "person-7",
        "preferred_username": "hoa.nt",
        "iat": now,
        "exp": now + 300,
        "auth_time": now,
        "nonce": manner.nonce,
    });
    put(&mut claims, &manner.claims);
    let header = json!({ "alg": manner.algorithm, "kid": format!("k{}", manner.called.unwrap_or(manner.key)), "typ": "JWT" });
    let signed = format!(
        "{}.{}",
        base64(header.to_string().as_bytes()),
        base64(claims.to_string().as_bytes())
    );
    let signature = match manner.algorithm {
        "none" => String::new(),
        _ => base64(&signing_key(manner.key).sign(signed.as_bytes()).to_bytes()),
    };
    format!("{signed}.{signature}")
}

/// RFC 4648, 5, without padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for part in bytes.chunks(3) {
        let bits = part
            .iter()
            .enumerate()
            .fold(0u32, |bits, (at, it)| bits | u32::from(*it) << (16 - 8 * at));
        for at in 0..=part.len() {
            let letter = bits >> (18 - 6 * at) & 63;
            text.push(char::from(LETTERS[letter as usize]));
        }
    }
    text
}
