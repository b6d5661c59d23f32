//! Certificates: the listener's own, and those that the sender trusts.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use base::Result;
use base::error::{internal, invalid};
use base::files::write_whole;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig};

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::aws_lc_rs::default_provider())
}

/// The listener's TLS with a certificate of our own making that is kept in `data`. Mail servers encrypt
/// without asking who signed (RFC 7435), so that is better than none.
pub fn own(data: &Path, host: &str) -> Result<Arc<ServerConfig>> {
    let (certificate, key) = (data.join("smtp-certificate.pem"), data.join("smtp-key.pem"));
    if !certificate.exists() || !key.exists() {
        make_own(&certificate, &key, host)?;
    }
    server_with(&certificate, &key)
}

fn server_with(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>> {
    let refuse = |path: &Path, e: &dyn std::fmt::Display| {
        invalid("smtp_certificate", format!("{} can't be used: {e}", path.display()))
    };
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .map_err(|e| refuse(certificate, &e))?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(|e| refuse(key, &e))?;
    let config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(internal)?
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .map_err(|e| refuse(certificate, &e))?;
    Ok(Arc::new(config))
}

fn make_own(certificate: &Path, key: &Path, host: &str) -> Result<()> {
    let made = rcgen::generate_simple_self_signed(vec![host.to_owned()]).map_err(internal)?;
    // The certificate goes first and comes last: one that does not fit the key would be in the way at the
    // next start.
    let _ = fs::remove_file(certificate);
    write_whole(key, made.signing_key.serialize_pem().as_bytes())?;
    write_whole(certificate, made.cert.pem().as_bytes())
}

/// What the sender trusts: the system's certificates and the one that the administrator has added.
pub fn client(added: Option<&str>) -> Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    if let Some(pem) = added {
        add_all(&mut roots, pem)?;
    }
    let system = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(system.certs);
    if roots.is_empty() {
        return Err(invalid(
            "no_certificates",
            "This system knows no certificate authority. Install the package ca-certificates.",
        ));
    }
    let config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(internal)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// Refuses what is no certificate, before it is stored.
pub fn check_certificate(pem: &str) -> Result<()> {
    add_all(&mut RootCertStore::empty(), pem)
}

fn add_all(roots: &mut RootCertStore, pem: &str) -> Result<()> {
    let refuse = |why: String| {
        invalid("trusted_certificate", format!("This certificate can't be read: {why}"))
            .field("trusted_certificate")
    };
    let before = roots.len();
    for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        let certificate = certificate.map_err(|e| refuse(e.to_string()))?;
        roots.add(certificate).map_err(|e| refuse(e.to_string()))?;
    }
    match roots.len() > before {
        true => Ok(()),
        false => Err(refuse("it holds no certificate".to_owned())),
    }
}
