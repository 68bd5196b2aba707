//! The provider: what it says of itself, where people are sent, and whose a code is that they come back with.
//!
//! Tokens are checked by `openidconnect`: signature by a key of the issuer's, issuer, audience, time, nonce. What is added here are
//! the algorithms (never `none`, never a shared secret), and that the person was asked for his password just now: on a computer
//! that several use, the session of whoever was there before lets nobody in.

use std::sync::Arc;

use dondoc_store::accounts::openid::Identity;
use jiff::Timestamp;
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, DiscoveryError,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, SignatureVerificationError, TokenResponse,
    core::{
        CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreIdTokenClaims,
        CoreJwsSigningAlgorithm as Algorithm, CoreProviderMetadata,
    },
    url::Url,
};
use tokio::sync::Mutex;

use crate::{
    error::OpenIdRefusal,
    openid::{
        BadOpenId, OpenIdSettings,
        flows::{PATIENCE, Secrets},
        line::{Line, LineError},
    },
};

/// What the provider says of itself is asked for again after so many seconds.
const FRESH: i64 = 60 * 60;
/// Because of a key that is not known it is asked once in so many seconds, and so is one that did not answer.
const ONCE_IN: i64 = 30;
/// Clocks may differ by so many seconds.
const SKEW: i64 = 2 * 60;
/// Letters of what the provider calls a person.
const MAX_LABEL: usize = 200;
/// Signed with a key of the provider's alone.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RsaSsaPkcs1V15Sha256,
    Algorithm::RsaSsaPkcs1V15Sha384,
    Algorithm::RsaSsaPkcs1V15Sha512,
    Algorithm::RsaSsaPssSha256,
    Algorithm::RsaSsaPssSha384,
    Algorithm::RsaSsaPssSha512,
    Algorithm::EcdsaP256Sha256,
    Algorithm::EcdsaP384Sha384,
    Algorithm::EdDsa,
];
/// What says in `amr` that several factors were shown (RFC 8176).
const SEVERAL: &str = "mfa";
/// What says so in `acr` (REFEDS; OpenID PAPE; OpenID EAP).
const STRONG: [&str; 4] = [
    "https://refeds.org/profile/mfa",
    "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
    "phr",
    "phrh",
];

/// The provider that was set up.
pub(super) struct Provider {
    line: Line,
    issuer: IssuerUrl,
    client: (ClientId, ClientSecret),
    redirect: RedirectUrl,
    known: Mutex<Known>,
}

/// What it said of itself, and when it was asked.
#[derive(Default)]
struct Known {
    client: Option<(Arc<Client>, i64)>,
    /// When it was asked last because of a key, or in vain.
    tried_at: Option<i64>,
}

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Where somebody is sent.
pub(super) struct Way {
    pub(super) address: String,
    pub(super) state: String,
    pub(super) secrets: Secrets,
}

/// Whom the provider knows.
pub(super) struct Person {
    pub(super) identity: Identity,
    /// Whether it says that several factors were shown.
    pub(super) has_two_factors: bool,
}

/// Why what it said of itself is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Want {
    /// As it was said of late.
    Known,
    /// Anew: a key that it used is not among those that it said.
    NewKeys,
}

impl Provider {
    pub(super) fn new(settings: &OpenIdSettings, redirect: &str) -> Result<Self, BadOpenId> {
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|_| BadOpenId::Issuer)?;
        let url = issuer.url();
        let is_bare = url.query().is_none() && url.fragment().is_none();
        if !is_bare || !url.username().is_empty() || url.password().is_some() {
            return Err(BadOpenId::Issuer);
        }
        let line = Line::to(url.clone(), settings.authorities.as_deref(), settings.patience)?;
        let client = ClientId::new(settings.client_id.clone());
        let secret = ClientSecret::new(settings.client_secret.clone());
        let redirect = RedirectUrl::new(redirect.to_owned()).map_err(|_| BadOpenId::Issuer)?;
        Ok(Self { line, issuer, client: (client, secret), redirect, known: Mutex::default() })
    }

    pub(super) fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    /// Where somebody is sent who is to be asked for his password there.
    pub(super) async fn way_there(&self, now: Timestamp) -> Result<Way, OpenIdRefusal> {
        let client = self.client(Want::Known, now).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let code = CoreAuthenticationFlow::AuthorizationCode;
        let asked = client.authorize_url(code, CsrfToken::new_random, Nonce::new_random);
        // With an age the provider has to say when the password was typed, and the answer shows whether it was.
        let (address, state, nonce) = asked
            .set_pkce_challenge(challenge)
            .add_prompt(CoreAuthPrompt::Login)
            .set_max_age(std::time::Duration::from_secs(PATIENCE.unsigned_abs()))
            .url();
        let (nonce, verifier) = (nonce.secret().clone(), verifier.into_secret());
        let secrets = Secrets { nonce, verifier };
        Ok(Way { address: address.into(), state: state.into_secret(), secrets })
    }

    /// Whose a code is that somebody who was sent away at a moment came back with.
    pub(super) async fn person(
        &self,
        code: String,
        secrets: &Secrets,
        (begun, now): (Timestamp, Timestamp),
    ) -> Result<Person, OpenIdRefusal> {
        let client = self.client(Want::Known, now).await?;
        let asked = client.exchange_code(AuthorizationCode::new(code)).map_err(doubt)?;
        let asked = asked.set_pkce_verifier(PkceCodeVerifier::new(secrets.verifier.clone()));
        let answer = asked.request_async(&self.line).await.map_err(|error| match error {
            RequestTokenError::ServerResponse(said) => {
                tell(&said);
                OpenIdRefusal::Refused
            }
            RequestTokenError::Request(error) => unreachable(&error),
            other => doubt(other),
        })?;
        let token = answer.id_token().ok_or_else(|| doubt("no id_token"))?;
        let times = (begun.as_second(), now.as_second());
        match checked(&client, token, &secrets.nonce, times) {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                let client = self.client(Want::NewKeys, now).await?;
                checked(&client, token, &secrets.nonce, times)
            }
            other => other,
        }
        .map_err(|error| match error {
            ClaimsVerificationError::Expired(_) => {
                tell(&error);
                OpenIdRefusal::Clock
            }
            other => doubt(other),
        })
        .map(|claims| person(&claims))
    }

    /// What there is to know of the provider, asked for at most now and then.
    async fn client(&self, want: Want, now: Timestamp) -> Result<Arc<Client>, OpenIdRefusal> {
        let now = now.as_second();
        let mut known = self.known.lock().await;
        let is_too_soon = known.tried_at.is_some_and(|it| now < it + ONCE_IN);
        if let Some((client, at)) = &known.client
            && (is_too_soon || want == Want::Known && now < at + FRESH)
        {
            return Ok(Arc::clone(client));
        }
        if is_too_soon {
            return Err(OpenIdRefusal::Unreachable);
        }
        let found = self.discover().await;
        if found.is_err() || want == Want::NewKeys {
            known.tried_at = Some(now);
        }
        match (found, &known.client) {
            (Ok(client), _) => {
                known.client = Some((Arc::clone(&client), now));
                Ok(client)
            }
            // What it said before still holds while it says nothing.
            (Err(_), Some((client, _))) => Ok(Arc::clone(client)),
            (Err(refusal), None) => Err(refusal),
        }
    }

    async fn discover(&self) -> Result<Arc<Client>, OpenIdRefusal> {
        let found = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.line).await;
        let found = found.map_err(|error| match error {
            DiscoveryError::Request(error) => unreachable(&error),
            other => unreachable(&other),
        })?;
        let away = |it: &Url| (!self.line.is_there(it)).then(|| it.to_string());
        let token = found.token_endpoint().ok_or_else(|| unreachable("no token endpoint"))?;
        if let Some(other) =
            away(found.authorization_endpoint().url()).or_else(|| away(token.url()))
        {
            return Err(unreachable(&LineError::Elsewhere(other)));
        }
        let (id, secret) = self.client.clone();
        let client = CoreClient::from_provider_metadata(found, id, Some(secret));
        Ok(Arc::new(client.set_redirect_uri(self.redirect.clone())))
    }
}

/// The claims of a token that proves who somebody is.
fn checked(
    client: &Client,
    token: &CoreIdToken,
    nonce: &str,
    (begun, now): (i64, i64),
) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
    let early = chrono::DateTime::from_timestamp(now - SKEW, 0).unwrap_or_default();
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || early)
        .set_issue_time_verifier_fn(move |at| {
            let is_of_now = (begun - SKEW..=now + SKEW).contains(&at.timestamp());
            if is_of_now { Ok(()) } else { Err(format!("issued at {at}")) }
        })
        .set_auth_time_verifier_fn(move |at| match at {
            Some(at) if at.timestamp() >= begun - SKEW => Ok(()),
            Some(at) => Err(format!("the password was asked for at {at}, not for this")),
            None => Err("`auth_time` is missing, though `max_age` was sent".to_owned()),
        });
    token.claims(&verifier, &Nonce::new(nonce.to_owned())).cloned()
}

fn person(claims: &CoreIdTokenClaims) -> Person {
    let several = claims.auth_method_refs().into_iter().flatten().any(|it| it.as_str() == SEVERAL);
    let strong = claims.auth_context_ref().is_some_and(|it| STRONG.contains(&it.as_str()));
    let name = claims.preferred_username().map(|it| it.as_str());
    let name = name.or_else(|| claims.email().map(|it| it.as_str()));
    let label = name.unwrap_or_else(|| claims.subject().as_str());
    let identity = Identity {
        issuer: claims.issuer().to_string(),
        subject: claims.subject().to_string(),
        label: label.chars().take(MAX_LABEL).collect(),
    };
    Person { identity, has_two_factors: several || strong }
}

/// For the log of the server, at the boundary; it holds no secret, and no token.
fn tell(why: &(impl std::fmt::Display + ?Sized)) {
    eprintln!("dondoc: OpenID Connect: {why}");
}

fn unreachable(why: &(impl std::fmt::Display + ?Sized)) -> OpenIdRefusal {
    tell(why);
    OpenIdRefusal::Unreachable
}

fn doubt(why: impl std::fmt::Display) -> OpenIdRefusal {
    tell(&why);
    OpenIdRefusal::NotBelieved
}
