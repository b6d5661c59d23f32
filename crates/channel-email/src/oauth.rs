//! Access that providers grant to mailboxes: their addresses and the words of OAuth 2.0 (RFC 6749, RFC 7636). No
//! network in here.

use base::secrets::sha256;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use journal::settings::Setting;
use serde::{Deserialize, Serialize};

base::words! {
    /// Who runs the mailbox.
    pub enum Provider {
        Microsoft = "microsoft",
        Google = "google",
    }
}

/// Where a provider is asked. From the providers' own pages: "Authenticate an IMAP, POP or SMTP connection using
/// OAuth" (Microsoft Learn) and "Using OAuth 2.0 to Access Google APIs" with "OAuth 2.0 Mechanism" (Google).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    pub authorize: String,
    pub token: String,
    pub scope: &'static str,
    /// What is added so that access can be renewed without the person.
    pub extra: &'static str,
}

impl Provider {
    /// `tenant` is the directory at Microsoft.
    pub fn endpoints(self, tenant: &str) -> Endpoints {
        match self {
            Provider::Microsoft => {
                let at = format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0");
                Endpoints {
                    authorize: format!("{at}/authorize"),
                    token: format!("{at}/token"),
                    scope: "offline_access https://outlook.office.com/SMTP.Send \
                            https://outlook.office.com/IMAP.AccessAsUser.All \
                            https://outlook.office.com/POP.AccessAsUser.All",
                    extra: "&prompt=select_account",
                }
            }
            Provider::Google => Endpoints {
                authorize: "https://accounts.google.com/o/oauth2/v2/auth".to_owned(),
                token: "https://oauth2.googleapis.com/token".to_owned(),
                scope: "https://mail.google.com/",
                extra: "&access_type=offline&prompt=consent",
            },
        }
    }
}

impl Provider {
    /// Whether a mail server is the provider's own. The hosts are those of its pages about IMAP, POP3 and SMTP.
    pub fn owns(self, host: &str) -> bool {
        let domains: &[&str] = match self {
            Provider::Microsoft => &["office365.com", "outlook.com", "office.com"],
            Provider::Google => &["gmail.com", "googlemail.com", "google.com"],
        };
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        domains.iter().any(|domain| host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.')))
    }
}

/// What a provider has given us to be known by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct App {
    pub client_id: String,
    /// Sealed with the key of the house, in base64.
    pub secret: String,
    pub tenant: String,
}

/// The apps of a workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Apps {
    pub microsoft: Option<App>,
    pub google: Option<App>,
}

impl Apps {
    pub fn of(&self, provider: Provider) -> Option<&App> {
        match provider {
            Provider::Microsoft => self.microsoft.as_ref(),
            Provider::Google => self.google.as_ref(),
        }
    }

    pub fn put(&mut self, provider: Provider, app: Option<App>) {
        match provider {
            Provider::Microsoft => self.microsoft = app,
            Provider::Google => self.google = app,
        }
    }
}

impl Setting for Apps {
    const NAME: &'static str = "email.oauth";

    fn check(&self) -> Result<(), String> {
        let plain =
            |text: &str| !text.is_empty() && text.len() <= 200 && text.chars().all(|c| c.is_ascii_graphic());
        for app in [&self.microsoft, &self.google].into_iter().flatten() {
            let name = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
            if !plain(&app.client_id) || !plain(&app.tenant) || !app.tenant.chars().all(name) {
                return Err("Copy the client id, and the directory, as the provider shows them.".to_owned());
            }
        }
        Ok(())
    }
}

/// Binds the sealed secret to its place.
pub fn secret_place(provider: Provider) -> String {
    format!("settings.email.oauth.{provider}")
}

/// Where the person is sent to agree.
pub fn authorize_url(
    at: &Endpoints,
    client_id: &str,
    back: &str,
    state: &str,
    verifier: &str,
    hint: &str,
) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(sha256(verifier.as_bytes()));
    let query = form(&[
        ("response_type", "code"),
        ("client_id", client_id),
        ("redirect_uri", back),
        ("scope", at.scope),
        ("state", state),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("login_hint", hint),
    ]);
    format!("{}?{query}{}", at.authorize, at.extra)
}

/// `application/x-www-form-urlencoded`.
pub fn form(pairs: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        for byte in value.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    out.push(char::from(byte))
                }
                _ => out.push_str(&format!("%{byte:02X}")),
            }
        }
    }
    out
}

/// What a token endpoint said (RFC 6749 section 5).
#[derive(Debug, PartialEq, Eq)]
pub enum Said {
    Tokens {
        access: String,
        refresh: Option<String>,
        seconds: i64,
    },
    /// The grant is over: only the person can renew it.
    Over(String),
    /// Something else; the same may work later.
    Other(String),
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    access_token: Option<String>,
    #[serde(default)]
    refresh_token: Option<String>,
    #[serde(default)]
    expires_in: Option<i64>,
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    error_description: Option<String>,
}

pub fn read_answer(status: u16, body: &[u8]) -> Said {
    let Ok(answer) = serde_json::from_slice::<Answer>(body) else {
        return Said::Other(format!("The provider answered {status} and no words that are known."));
    };
    match (answer.access_token, answer.error) {
        (Some(access), None) if (200..300).contains(&status) => Said::Tokens {
            access,
            refresh: answer.refresh_token,
            seconds: answer.expires_in.unwrap_or(3_600).clamp(60, 86_400),
        },
        (_, Some(error)) => {
            let words = answer.error_description.unwrap_or_default();
            let said =
                base::text::cut(&base::text::without_nul(&format!("{error} {words}")), 300).trim().to_owned();
            match error.as_str() {
                "invalid_grant" | "interaction_required" | "consent_required" => Said::Over(said),
                _ => Said::Other(said),
            }
        }
        _ => Said::Other(format!("The provider answered {status}.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_token_endpoints_are_told_apart() {
        let read = |status, body: &str| read_answer(status, body.as_bytes());
        let good = r#"{"token_type":"Bearer","access_token":"a","expires_in":3599,"refresh_token":"r"}"#;
        assert_eq!(
            read(200, good),
            Said::Tokens { access: "a".into(), refresh: Some("r".into()), seconds: 3599 }
        );
        let over = r#"{"error":"invalid_grant","error_description":"Token has been revoked."}"#;
        assert_eq!(read(400, over), Said::Over("invalid_grant Token has been revoked.".into()));
        assert!(matches!(read(401, r#"{"error":"invalid_client"}"#), Said::Other(_)));
        assert!(matches!(read(503, "<html>"), Said::Other(_)));
        assert!(matches!(read(200, "{}"), Said::Other(_)));
    }

    #[test]
    fn a_provider_owns_its_own_mail_servers_alone() {
        for host in ["outlook.office365.com", "smtp.office365.com", "Outlook.Office365.com."] {
            assert!(Provider::Microsoft.owns(host), "{host}");
        }
        for host in
            ["office365.com.evil.example", "notoffice365.com", "office365.com", "imap.gmail.com", "localhost"]
        {
            assert!(!Provider::Microsoft.owns(host), "{host}");
        }
        assert!(Provider::Google.owns("imap.gmail.com") && !Provider::Google.owns("imap.gmail.com.example"));
    }

    #[test]
    fn the_challenge_is_that_of_rfc_7636() {
        let at = Provider::Google.endpoints("");
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let url = authorize_url(&at, "id", "https://desk.example/x?a=b", "st", verifier, "a@b.example");
        assert!(url.contains("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&"), "{url}");
        assert!(url.contains("redirect_uri=https%3A%2F%2Fdesk.example%2Fx%3Fa%3Db&"), "{url}");
        assert!(url.ends_with("&access_type=offline&prompt=consent"));
    }
}
