//! Encrypted connections to PostgreSQL, against the server of the tests with a certificate of ours.

use std::path::Path;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use crate::{Db, Options, p};

fn server() -> String {
    std::env::var("RAPPORT_TEST_POSTGRES")
        .expect("PostgreSQL is missing: run `cargo xtask postgres -- cargo test -p store`")
}

fn ask(sql: &str) {
    let mut client = postgres::Client::connect(&server(), postgres::NoTls).expect("connects");
    client.batch_execute(sql).expect(sql);
}

/// Writes a file into the server's own folder, readable by it alone.
fn hand_over(name: &str, pem: &str) {
    let lines = pem.trim().lines().map(|line| format!("('{line}')")).collect::<Vec<_>>().join(",");
    ask(&format!("COPY (VALUES {lines}) TO PROGRAM 'umask 077; cat > {name}'"));
}

/// The server encrypts from here on, with a certificate for 127.0.0.1 by an authority of ours, which is
/// written to `folder`; undone at the end.
struct Encrypting;

impl Encrypting {
    fn begin(folder: &Path) -> Encrypting {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority =
            CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority");
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(["127.0.0.1".to_owned()]).expect("a name");
        let certificate = params.signed_by(&key, &authority).expect("signed");
        hand_over("rapport-test.crt", &certificate.pem());
        hand_over("rapport-test.key", &key.serialize_pem());
        std::fs::write(folder.join("ours.pem"), authority.pem()).expect("written");
        ask("ALTER SYSTEM SET ssl_cert_file = 'rapport-test.crt'");
        ask("ALTER SYSTEM SET ssl_key_file = 'rapport-test.key'");
        ask("ALTER SYSTEM SET ssl = on");
        ask("SELECT pg_reload_conf()");
        Encrypting
    }
}

impl Drop for Encrypting {
    fn drop(&mut self) {
        for setting in ["ssl", "ssl_cert_file", "ssl_key_file"] {
            ask(&format!("ALTER SYSTEM RESET {setting}"));
        }
        ask("SELECT pg_reload_conf()");
    }
}

/// Whether the connection is encrypted; the code of the refusal when there is none.
fn encrypted(url: &str) -> Result<bool, String> {
    let options = Options { readers: 1, ..Options::default() };
    let db =
        Db::open(url, &options).map_err(|e| format!("{} {}", e.code, e.cause.clone().unwrap_or_default()))?;
    let look = |tx: &mut crate::Tx<'_>| {
        tx.one::<(bool,)>("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", p![])
    };
    Ok(super::run(db.read(look)).expect("reads").0)
}

mod on_postgres {
    use super::*;

    #[test]
    fn a_connection_is_encrypted_as_the_url_says_and_a_wrong_certificate_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let schema = format!("tls_{}", std::process::id());
        let plain = format!("{}?schema={schema}", server());
        let unable =
            encrypted(&format!("{plain}&sslmode=require")).expect_err("the server has no certificate yet");
        assert!(unable.starts_with("database_unreachable"), "{unable}");
        let _encrypting = Encrypting::begin(folder.path());
        let ours =
            format!("{plain}&sslmode=verify-full&sslrootcert={}", folder.path().join("ours.pem").display());
        // The server takes its new settings in a moment.
        let began = std::time::Instant::now();
        while encrypted(&ours).is_err() && began.elapsed() < std::time::Duration::from_secs(10) {}
        assert_eq!(encrypted(&ours), Ok(true));
        assert_eq!(encrypted(&format!("{plain}&sslmode=require")), Ok(true));
        assert_eq!(encrypted(&plain), Ok(false));
        assert_eq!(encrypted(&format!("{plain}&sslmode=disable")), Ok(false));
        let strange =
            encrypted(&format!("{plain}&sslmode=verify-full")).expect_err("nobody knows our authority");
        assert!(strange.contains("UnknownIssuer"), "{strange}");
        let elsewhere =
            encrypted(&ours.replace("127.0.0.1", "localhost")).expect_err("not the certificate's name");
        assert!(elsewhere.contains("localhost"), "{elsewhere}");
        let loose = encrypted(&format!("{plain}&sslmode=verify-ca")).expect_err("a word that is not known");
        assert!(loose.starts_with("database_url"), "{loose}");
    }
}
