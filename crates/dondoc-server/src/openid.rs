//! A provider of identities that people may sign in with (OpenID Connect Core 1.0: authorization code flow with PKCE).
//!
//! Whoever wants in is sent to the provider and comes back to [`RETURN_PATH`], a screen of the page like any other. The page hands over
//! what it was given there ([`door`]), and the provider is asked whose it is ([`provider`]). Who was sent away is kept in
//! [`flows`], for minutes and for one browser.
//!
//! **Invariant:** the one host that is ever called is that of the issuer; where none was set up there is nobody to call.
//!
//! **Invariant:** the provider makes no account and finds none by a name or an address: a person signs in to the account that was
//! linked with issuer and subject by somebody who was signed in to it and showed so anew.

use std::time::Duration;

use axum::http::{HeaderMap, header};
use dondoc_core::problem::Language;
use dondoc_store::accounts::{openid::Identity, sessions::SecretDigest};
use jiff::Timestamp;

use crate::{
    ApiError,
    address::PublicAddress,
    entry::secret,
    error::OpenIdRefusal,
    openid::{
        flows::{Errand, Flow, Flows},
        provider::{Person, Provider},
    },
};

pub(crate) mod door;
pub(crate) mod flows;
#[cfg(feature = "oidc")]
mod line;
#[cfg_attr(not(feature = "oidc"), path = "openid/absent.rs")]
mod provider;

/// Where the page takes up what the provider says; registered there behind the address of the page.
const RETURN_PATH: &str = "/openid";
/// Ties somebody who was sent to the provider to his browser. It is only ever sent along with what the page itself asks.
const COOKIE: &str = "__Host-dondoc-openid";

/// How a provider is reached, and what it is believed.
#[derive(Clone)]
pub struct OpenIdSettings {
    /// Its address, exactly as it writes it itself (`iss`).
    pub issuer: String,
    /// By which it knows this installation.
    pub client_id: String,
    /// With which this installation shows that it is that.
    pub client_secret: String,
    /// What it is called on the page.
    pub name: String,
    /// The certificates (PEM) that vouch for it; needed where its address is https.
    pub authorities: Option<Vec<u8>>,
    /// Whether a second factor that was shown there counts here.
    pub trusts_second_factor: bool,
    /// It has so long to answer.
    pub patience: Duration,
}

/// A provider that people may sign in with.
pub struct OpenId {
    name: String,
    /// Under which the page has to be open, for the browser to know itself again.
    host: String,
    trusts_second_factor: bool,
    provider: Provider,
    flows: Flows,
}

/// Why a provider can't be used with some settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadOpenId {
    /// This program was built without it.
    NotBuilt,
    /// The issuer is no address, or has a question or fragment.
    Issuer,
    /// Neither encrypted nor on this machine.
    Unsafe,
    /// Encrypted, and nothing to tell the right one by.
    NoAuthorities,
    /// No certificate can be read in what was given.
    BadAuthorities,
    /// Name or secret of the client is empty.
    Client,
}

/// Where somebody is sent, with the cookie that ties him to his browser.
pub(crate) struct Sending {
    pub(crate) address: String,
    pub(crate) set_cookie: String,
}

impl OpenId {
    /// A provider for the page at an address. Nothing is asked of it yet.
    ///
    /// # Errors
    ///
    /// [`BadOpenId`], which says what to write instead.
    pub fn new(settings: &OpenIdSettings, page: &PublicAddress) -> Result<Self, BadOpenId> {
        if settings.client_id.is_empty() || settings.client_secret.is_empty() {
            return Err(BadOpenId::Client);
        }
        // Of the address that was set up, never of what a request says of itself.
        let provider = Provider::new(settings, &format!("{}{RETURN_PATH}", page.origin()))?;
        let (name, trusts_second_factor) = (settings.name.clone(), settings.trusts_second_factor);
        let host = page.host();
        Ok(Self { name, host, trusts_second_factor, provider, flows: Flows::default() })
    }

    /// What it is called on the page.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Its address, as links have it.
    pub(crate) fn issuer(&self) -> &str {
        self.provider.issuer()
    }

    /// Whether the second factor was shown there, and counts.
    fn vouches(&self, person: &Person) -> bool {
        self.trusts_second_factor && person.has_two_factors
    }

    /// Sends somebody to the provider.
    pub(crate) async fn send(
        &self,
        headers: &HeaderMap,
        errand: Errand,
        now: Timestamp,
    ) -> Result<Sending, ApiError> {
        let host = headers.get(header::HOST).and_then(|it| it.to_str().ok());
        if !host.is_some_and(|it| it.eq_ignore_ascii_case(&self.host)) {
            return Err(OpenIdRefusal::Place.into());
        }
        let way = self.provider.way_there(now).await?;
        let cookie = secret::long()?;
        let (state, secrets) = (way.state, way.secrets);
        self.flows.put(secret::digest(&cookie), Flow::Away { state, secrets, errand }, now);
        let seconds = flows::PATIENCE;
        let set_cookie = format!(
            "{COOKIE}={cookie}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={seconds}"
        );
        Ok(Sending { address: way.address, set_cookie })
    }

    /// Whoever came back with a code, and on what errand he was sent.
    async fn who_came_back(
        &self,
        browser: SecretDigest,
        (state, code): (&str, Option<String>),
        now: Timestamp,
    ) -> Result<(Person, Errand), ApiError> {
        // Taken away with the first answer, right or wrong: nothing counts twice.
        let (secrets, errand, begun) =
            self.flows.take_away(&browser, state, now).ok_or(OpenIdRefusal::Over)?;
        let code = code.ok_or(OpenIdRefusal::Refused)?;
        Ok((self.provider.person(code, &secrets, (begun, now)).await?, errand))
    }

    /// Keeps somebody whom the provider knows until he shows the second factor as well.
    fn keep_waiting(&self, browser: SecretDigest, person: Identity, account: i64, now: Timestamp) {
        self.flows.put(browser, Flow::Waiting { person, account }, now);
    }

    /// Who waits in this browser for the second factor to be shown.
    fn waiting(&self, browser: &SecretDigest, now: Timestamp) -> Result<(Identity, i64), ApiError> {
        self.flows.waiting(browser, now).ok_or_else(|| OpenIdRefusal::Over.into())
    }
}

/// The browser that was sent to the provider, by its cookie.
fn browser(headers: &HeaderMap) -> Result<SecretDigest, ApiError> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    let mut pairs = cookies.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
    let cookie = pairs.find(|it| it.0 == COOKIE).map(|it| secret::digest(it.1));
    cookie.ok_or_else(|| OpenIdRefusal::Over.into())
}

impl BadOpenId {
    /// What is wrong, and what to write instead.
    #[must_use]
    pub fn say(self, language: Language) -> &'static str {
        let (vi, en) = match self {
            Self::NotBuilt => (
                "bản Dondoc này được dựng không có phần OpenID Connect; dựng lại với `--features oidc`, \
                 hoặc bỏ các tham số --oidc-…",
                "this Dondoc was built without OpenID Connect; build it with `--features oidc`, or leave the --oidc-… arguments out",
            ),
            Self::Issuer => (
                "địa chỉ hệ thống định danh không đọc được; ghi như https://dinhdanh.tinh.vn/realms/can-bo, đúng như `issuer` của nó",
                "the issuer can't be read; write it as https://id.example.vn/realms/staff, exactly as its own `issuer`",
            ),
            Self::Unsafe => (
                "địa chỉ hệ thống định danh phải là https://…; http:// chỉ dùng khi nó ở trên chính máy này",
                "the issuer has to be https://…; http:// is only for one on this machine",
            ),
            Self::NoAuthorities => (
                "thiếu tệp chứng thư (PEM) của nơi cấp chứng thư cho hệ thống định danh; thêm --oidc-ca TỆP \
                 (chứng thư công cộng: /etc/ssl/certs/ca-certificates.crt)",
                "the certificates (PEM) of the issuer's authority are missing; add --oidc-ca FILE (public ones: \
                 /etc/ssl/certs/ca-certificates.crt)",
            ),
            Self::BadAuthorities => (
                "không đọc được chứng thư nào trong tệp --oidc-ca; tệp phải ở dạng PEM (-----BEGIN CERTIFICATE-----)",
                "no certificate can be read in the file of --oidc-ca; it has to be PEM (-----BEGIN CERTIFICATE-----)",
            ),
            Self::Client => (
                "mã hoặc khóa bí mật của ứng dụng ở hệ thống định danh còn trống; xem --oidc-client-id và --oidc-client-secret-file",
                "the client's name or secret is empty; see --oidc-client-id and --oidc-client-secret-file",
            ),
        };
        match language {
            Language::Vietnamese => vi,
            Language::English => en,
        }
    }
}
