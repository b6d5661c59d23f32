//! Signs mails of the load (RFC 6376), and says so in DNS, so that the server has something to check.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mail_auth::common::crypto::Ed25519Key;
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::DkimSigner;
use testkit::NameServer;

/// The domain of our customers; see [`super::fill::address`].
const DOMAIN: &str = "example.org";

pub struct Signer {
    key: Vec<u8>,
    pub names: NameServer,
}

impl Signer {
    pub fn new() -> Signer {
        let key = Ed25519Key::generate_pkcs8().expect("a key");
        let public = Ed25519Key::from_pkcs8_der(&key).expect("a key").public_key();
        let names = NameServer::open();
        let record = format!("v=DKIM1; k=ed25519; p={}", STANDARD.encode(public));
        names.txt(&format!("bench._domainkey.{DOMAIN}"), &record);
        names.txt(&format!("_dmarc.{DOMAIN}"), "v=DMARC1; p=reject");
        Signer { key, names }
    }

    /// The header field that goes before the mail.
    pub fn sign(&self, mail: &[u8]) -> String {
        let signer = DkimSigner::from_key(Ed25519Key::from_pkcs8_der(&self.key).expect("a key"))
            .domain(DOMAIN)
            .selector("bench")
            .headers(["From", "To", "Subject", "Date", "Message-ID"]);
        signer.sign(mail).expect("signed").to_header()
    }
}
