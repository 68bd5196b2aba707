//! The arguments of a provider of identities (OpenID Connect).

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, anyhow};
use dondoc_core::problem::Language;
use dondoc_server::{OpenId, OpenIdSettings, PublicAddress};

use crate::words::pick;

/// The provider has so long to answer.
const PATIENCE: Duration = Duration::from_secs(8);

/// Under which the help shows them.
const HEADING: &str = "Đăng nhập qua hệ thống định danh";

/// With whom people may sign in, beside name and password.
#[derive(Debug, clap::Args)]
pub(super) struct OpenIdArgs {
    /// Địa chỉ hệ thống định danh (OpenID Connect), đúng như `issuer` của nó: https://dinhdanh.tinh.vn/realms/can-bo
    #[arg(long, value_name = "ĐỊA CHỈ", help_heading = HEADING, requires_all = ["oidc_client_id", "oidc_client_secret_file"])]
    oidc_issuer: Option<String>,
    /// Mã của Dondoc ở hệ thống định danh (client ID)
    #[arg(
        long,
        value_name = "MÃ",
        help_heading = HEADING,
        requires = "oidc_issuer"
    )]
    oidc_client_id: Option<String>,
    /// Tệp chứa khóa bí mật của Dondoc ở hệ thống định danh (client secret)
    #[arg(
        long,
        value_name = "TỆP",
        help_heading = HEADING,
        requires = "oidc_issuer"
    )]
    oidc_client_secret_file: Option<PathBuf>,
    /// Tên hiện trên nút đăng nhập (mặc định: tên máy trong địa chỉ)
    #[arg(
        long,
        value_name = "TÊN",
        help_heading = HEADING,
        requires = "oidc_issuer"
    )]
    oidc_name: Option<String>,
    /// Tệp chứng thư (PEM) của nơi cấp chứng thư cho hệ thống định danh; bắt buộc khi địa chỉ là https://
    #[arg(
        long,
        value_name = "TỆP",
        help_heading = HEADING,
        requires = "oidc_issuer"
    )]
    oidc_ca: Option<PathBuf>,
    /// Tin bước xác nhận thứ hai đã làm ở hệ thống định danh, nếu nó nói rõ là có (mặc định: hỏi lại ở Dondoc)
    #[arg(long, help_heading = HEADING, requires = "oidc_issuer")]
    oidc_trusts_second_factor: bool,
}

impl OpenIdArgs {
    /// The provider for a page at an address; `None` if none was named: then nobody is ever called.
    ///
    /// # Errors
    ///
    /// A file can't be read, or something that was said can't be used.
    pub(super) fn provider(
        &self,
        page: Option<&PublicAddress>,
        language: Language,
    ) -> anyhow::Result<Option<OpenId>> {
        let Some(issuer) = &self.oidc_issuer else { return Ok(None) };
        let page = page.ok_or_else(|| {
            anyhow!(pick(language, "thiếu địa chỉ trang; thêm --public-url", "add --public-url"))
        })?;
        let read = |path: &PathBuf| {
            fs::read(path).with_context(|| {
                let words = pick(language, "không đọc được tệp", "this file can't be read");
                format!("{words}: {}", path.display())
            })
        };
        let secret = self.oidc_client_secret_file.as_ref().map(read).transpose()?;
        let secret = String::from_utf8(secret.unwrap_or_default()).unwrap_or_default();
        let settings = OpenIdSettings {
            issuer: issuer.clone(),
            client_id: self.oidc_client_id.clone().unwrap_or_default(),
            client_secret: secret.trim().to_owned(),
            name: self.oidc_name.clone().unwrap_or_else(|| host_of(issuer).to_owned()),
            authorities: self.oidc_ca.as_ref().map(read).transpose()?,
            trusts_second_factor: self.oidc_trusts_second_factor,
            patience: PATIENCE,
        };
        let openid = OpenId::new(&settings, page).map_err(|it| anyhow!(it.say(language)))?;
        Ok(Some(openid))
    }
}

/// The name of the machine in an address.
fn host_of(issuer: &str) -> &str {
    let rest = issuer.split_once("://").map_or(issuer, |it| it.1);
    rest.split(['/', ':']).next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::host_of;

    #[test]
    fn the_button_has_the_name_of_the_machine_if_nobody_gives_another() {
        assert_eq!(host_of("https://dinhdanh.tinh.vn:8443/realms/a"), "dinhdanh.tinh.vn");
        assert_eq!(host_of("http://localhost"), "localhost");
    }
}
