//! The line to the provider: one host, one request at a time, with bounds.
//!
//! **Invariant:** what is not of the issuer's own scheme, host and port is not called, whoever asks for it; redirections are not
//! followed, for nothing here does.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use http_body_util::{BodyExt, Full, Limited};
use hyper::{body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use openidconnect::{
    AsyncHttpClient, HttpRequest, HttpResponse,
    http::{Request, Response, Uri, header, uri::PathAndQuery},
    url::{Host, Url},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName, pem::PemObject},
    },
};

use crate::openid::BadOpenId;

/// No answer of a provider is longer.
const MAX_BYTES: usize = 256 * 1024;

/// The line to one host.
pub(super) struct Line {
    /// The issuer, whose scheme, host and port are those of all that is called.
    issuer: Url,
    /// Where the host listens: name or number, and port.
    place: (String, u16),
    tls: Option<(TlsConnector, ServerName<'static>)>,
    patience: Duration,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum LineError {
    /// Of another host, or unencrypted where the issuer is not.
    Elsewhere(String),
    /// In the time that it has.
    TooSlow,
    /// The connection, its certificate, or what came over it.
    Failed(Box<dyn std::error::Error + Send + Sync>),
}

impl std::fmt::Display for LineError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Elsewhere(there) => write!(f, "not at the issuer's own address: {there}"),
            Self::TooSlow => f.write_str("no answer in time"),
            Self::Failed(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for LineError {}

fn failed<E: Into<Box<dyn std::error::Error + Send + Sync>>>(error: E) -> LineError {
    LineError::Failed(error.into())
}

impl Line {
    /// The line to an issuer, encrypted unless it is on this machine.
    pub(super) fn to(
        issuer: Url,
        authorities: Option<&[u8]>,
        patience: Duration,
    ) -> Result<Self, BadOpenId> {
        let is_here = match issuer.host().ok_or(BadOpenId::Issuer)? {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(number) => number.is_loopback(),
            Host::Ipv6(number) => number.is_loopback(),
        };
        let host = issuer.host_str().ok_or(BadOpenId::Issuer)?;
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let port = issuer.port_or_known_default().ok_or(BadOpenId::Issuer)?;
        let tls = match issuer.scheme() {
            "http" if is_here => None,
            "https" => {
                let name = ServerName::try_from(host.clone()).map_err(|_| BadOpenId::Issuer)?;
                Some((connector(authorities.ok_or(BadOpenId::NoAuthorities)?)?, name))
            }
            _ => return Err(BadOpenId::Unsafe),
        };
        Ok(Self { issuer, place: (host, port), tls, patience })
    }

    /// Whether an address is the issuer's own.
    pub(super) fn is_there(&self, address: &Url) -> bool {
        address.origin() == self.issuer.origin()
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, LineError> {
        let there = request.uri().to_string();
        if !Url::parse(&there).is_ok_and(|it| self.is_there(&it)) {
            return Err(LineError::Elsewhere(there));
        }
        let asked = tokio::time::timeout(self.patience, self.connect_and_ask(request));
        asked.await.map_err(|_| LineError::TooSlow)?
    }

    async fn connect_and_ask(&self, request: HttpRequest) -> Result<HttpResponse, LineError> {
        let (host, port) = &self.place;
        let stream = TcpStream::connect((host.as_str(), *port)).await.map_err(failed)?;
        match &self.tls {
            None => self.exchange(stream, request).await,
            Some((connector, name)) => {
                let stream = connector.connect(name.clone(), stream).await.map_err(failed)?;
                self.exchange(stream, request).await
            }
        }
    }

    async fn exchange(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        request: HttpRequest,
    ) -> Result<HttpResponse, LineError> {
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(failed)?;
        let ask = async {
            let answer = sender.send_request(self.as_sent(request)?).await.map_err(failed)?;
            let (parts, body) = answer.into_parts();
            let body = Limited::new(body, MAX_BYTES).collect().await.map_err(failed)?;
            Ok(Response::from_parts(parts, body.to_bytes().to_vec()))
        };
        // The connection lives as long as this: it ends with the answer, and with whoever does not wait for one.
        tokio::pin!(ask);
        tokio::select! {
            answer = &mut ask => answer,
            ended = connection => {
                ended.map_err(failed)?;
                ask.await
            }
        }
    }

    /// As it goes over the line: the path alone, and the host in its place.
    fn as_sent(&self, request: HttpRequest) -> Result<Request<Full<Bytes>>, LineError> {
        let (mut parts, body) = request.into_parts();
        let path = parts.uri.path_and_query().map_or("/", PathAndQuery::as_str);
        parts.uri = path.parse::<Uri>().map_err(failed)?;
        let host = self.issuer.host_str().unwrap_or_default();
        let host = match self.issuer.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        parts.headers.insert(header::HOST, host.parse().map_err(failed)?);
        Ok(Request::from_parts(parts, Full::new(Bytes::from(body))))
    }
}

impl<'c> AsyncHttpClient<'c> for Line {
    type Error = LineError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, LineError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

/// TLS with whom these authorities vouch for, and nobody else.
fn connector(authorities: &[u8]) -> Result<TlsConnector, BadOpenId> {
    let mut roots = RootCertStore::empty();
    let given = CertificateDer::pem_slice_iter(authorities).collect::<Result<Vec<_>, _>>();
    // Bundles of public authorities have some that are of no use any more.
    roots.add_parsable_certificates(given.map_err(|_| BadOpenId::BadAuthorities)?);
    if roots.is_empty() {
        return Err(BadOpenId::BadAuthorities);
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| BadOpenId::BadAuthorities)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(issuer: &str) -> Result<Line, BadOpenId> {
        Line::to(Url::parse(issuer).unwrap(), None, Duration::from_secs(1))
    }

    #[test]
    fn an_issuer_is_encrypted_or_on_this_machine() {
        for good in ["http://localhost:8080/a", "http://127.0.0.1:1", "http://[::1]:8080"] {
            assert!(line(good).is_ok(), "{good}");
        }
        for (bad, why) in [
            ("http://id.example.vn", BadOpenId::Unsafe),
            ("http://10.0.0.5", BadOpenId::Unsafe),
            ("http://localhost.example.vn", BadOpenId::Unsafe),
            ("ftp://localhost", BadOpenId::Unsafe),
            ("https://id.example.vn", BadOpenId::NoAuthorities),
        ] {
            assert_eq!(line(bad).err(), Some(why), "{bad}");
        }
        let https = |pem: &[u8]| {
            let issuer = Url::parse("https://id.example.vn").unwrap();
            Line::to(issuer, Some(pem), Duration::from_secs(1)).err()
        };
        assert_eq!(https(b"no certificate"), Some(BadOpenId::BadAuthorities));
    }

    #[tokio::test]
    async fn nothing_is_called_but_the_issuers_own_scheme_host_and_port() {
        let line = line("http://127.0.0.1:9/realm").unwrap();
        for other in [
            "http://127.0.0.1:10/realm/keys",
            "https://127.0.0.1:9/realm/keys",
            "http://127.0.0.2:9/realm/keys",
            "http://id.example.vn/keys",
            "/keys",
        ] {
            let request = Request::builder().uri(other).body(Vec::new()).unwrap();
            let refused = line.ask(request).await.unwrap_err();
            assert!(matches!(refused, LineError::Elsewhere(_)), "{other}: {refused}");
        }
        // The control: of the issuer's own it is tried, and nobody listens there.
        let request = Request::builder().uri("http://127.0.0.1:9/keys").body(Vec::new()).unwrap();
        assert!(matches!(line.ask(request).await.unwrap_err(), LineError::Failed(_)));
    }
}
