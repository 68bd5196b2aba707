//! The address under which people open the page.
//!
//! Passkeys are bound to it (WebAuthn, origin and relying party), and a proxy with TLS in front hands its name on.

use dondoc_core::problem::Language;
use webauthn_rs::prelude::Url;

/// `http://localhost:8020`, `https://dondoc.example.vn`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicAddress {
    url: Url,
    domain: String,
}

/// Why an address can't be the one of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadAddress {
    /// It can't be read, or has more than name and port.
    Unreadable,
    /// It names no host, but a number: browsers give passkeys to names only.
    Number,
    /// Neither encrypted nor of this machine.
    Unsafe,
}

impl PublicAddress {
    /// This machine's own name, at a port.
    #[must_use]
    pub fn on_this_machine(port: u16) -> Option<Self> {
        Self::parse(&format!("http://localhost:{port}")).ok()
    }

    /// Reads an address.
    ///
    /// # Errors
    ///
    /// [`BadAddress`], which says what to write instead.
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let url = Url::parse(text.trim()).map_err(|_| BadAddress::Unreadable)?;
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if !is_bare || !url.username().is_empty() || url.password().is_some() {
            return Err(BadAddress::Unreadable);
        }
        let host = url.host_str().ok_or(BadAddress::Unreadable)?.to_owned();
        // Of an IP address there is a host, but no domain.
        let domain = url.domain().ok_or(BadAddress::Number)?.to_owned();
        let is_safe = url.scheme() == "https" || url.scheme() == "http" && host == "localhost";
        if is_safe { Ok(Self { url, domain }) } else { Err(BadAddress::Unsafe) }
    }

    /// Without a slash at the end, as browsers send it in `Origin`.
    #[must_use]
    pub fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// Name and port, as browsers send them in `Host`; the port is left out where it is the usual one.
    #[must_use]
    pub fn host(&self) -> String {
        match self.url.port() {
            Some(port) => format!("{}:{port}", self.domain),
            None => self.domain.clone(),
        }
    }

    /// The name alone.
    pub(crate) fn domain(&self) -> &str {
        &self.domain
    }

    /// The whole, as the library of passkeys takes it.
    pub(crate) fn url(&self) -> &Url {
        &self.url
    }
}

impl BadAddress {
    /// What is wrong, and what to write instead.
    #[must_use]
    pub fn say(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Unreadable, Language::Vietnamese) => {
                "địa chỉ trang không đọc được; ghi như https://dondoc.tinh.vn, không có phần sau tên máy"
            }
            (Self::Unreadable, Language::English) => {
                "the address of the page can't be read; write it as https://dondoc.example.vn, with nothing behind the name"
            }
            (Self::Number, Language::Vietnamese) => {
                "địa chỉ trang là địa chỉ IP nên trình duyệt không nhận khóa truy cập; ghi tên máy (https://…), \
                 hoặc bỏ tham số này và dùng mã 6 số"
            }
            (Self::Number, Language::English) => {
                "the address of the page is an IP address, for which browsers take no passkeys; write a name (https://…), \
                 or leave it out and use the six digits"
            }
            (Self::Unsafe, Language::Vietnamese) => {
                "địa chỉ trang phải là https://…, hoặc http://localhost trên chính máy này"
            }
            (Self::Unsafe, Language::English) => {
                "the address of the page has to be https://…, or http://localhost on this machine"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_is_encrypted_or_of_this_machine() {
        let good = |text: &str| PublicAddress::parse(text).map(|it| (it.origin(), it.host()));
        let pair = |a: &str, b: &str| Ok((a.to_owned(), b.to_owned()));
        assert_eq!(good("http://localhost:8020"), pair("http://localhost:8020", "localhost:8020"));
        assert_eq!(good("https://dondoc.vn/"), pair("https://dondoc.vn", "dondoc.vn"));
        assert_eq!(
            good("https://dondoc.vn:8443"),
            pair("https://dondoc.vn:8443", "dondoc.vn:8443")
        );
        for (text, why) in [
            ("http://10.0.0.5:8020", BadAddress::Number),
            ("https://127.0.0.1", BadAddress::Number),
            ("https://[::1]:8020", BadAddress::Number),
            ("http://dondoc.vn", BadAddress::Unsafe),
            ("ftp://dondoc.vn", BadAddress::Unsafe),
            ("dondoc.vn", BadAddress::Unreadable),
            ("https://dondoc.vn/trang", BadAddress::Unreadable),
            ("https://ai:mat@dondoc.vn", BadAddress::Unreadable),
            ("", BadAddress::Unreadable),
        ] {
            assert_eq!(good(text), Err(why), "{text}");
        }
    }
}
