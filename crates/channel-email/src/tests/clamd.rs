//! The real virus scanner of ClamAV, started by the test, with one signature that is written here.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::outward::clamd::{Found, lives, scan};

const INSTALL: &str = "ClamAV is missing: sudo apt-get install -y --no-install-recommends clamav-daemon";

/// The file that every scanner calls a virus and that harms nobody (EICAR), in two halves, so that no scanner takes
/// this text for it.
pub fn eicar() -> String {
    ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat()
}

/// An instance of its own, on a socket in a folder of its own.
pub struct Clamd {
    folder: tempfile::TempDir,
    child: Child,
}

impl Clamd {
    pub async fn start() -> Clamd {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        fs::create_dir(root.join("signatures")).expect("made");
        let hex: String = eicar().bytes().map(|byte| format!("{byte:02x}")).collect();
        // Name, any kind of file, anywhere in it, these bytes.
        let signature = format!("Eicar-Test-Signature:0:*:{hex}\n");
        fs::write(root.join("signatures/test.ndb"), signature).expect("written");
        fs::write(root.join("clamd.conf"), settings(root)).expect("written");
        let child = Command::new(program())
            .arg("--config-file")
            .arg(root.join("clamd.conf"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect(INSTALL);
        let mut clamd = Clamd { folder, child };
        clamd.ready().await;
        clamd
    }

    async fn ready(&mut self) {
        for _ in 0..300 {
            if scan(&self.socket(), b"Hello").await.is_ok() {
                return;
            }
            assert!(self.child.try_wait().expect("asked").is_none(), "clamd ended: {}", self.log());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("clamd does not answer: {}", self.log());
    }

    pub fn socket(&self) -> String {
        self.folder.path().join("clamd.sock").display().to_string()
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Debian keeps it where not every PATH leads.
fn program() -> PathBuf {
    ["/usr/sbin/clamd", "/usr/local/sbin/clamd"]
        .iter()
        .map(PathBuf::from)
        .find(|path| path.exists())
        .expect(INSTALL)
}

fn settings(root: &Path) -> String {
    let root = root.display();
    format!(
        "Foreground yes\nDatabaseDirectory {root}/signatures\nLocalSocket {root}/clamd.sock\nLogFile {root}/log\n\
         TemporaryDirectory {root}\nStreamMaxLength 1M\nMaxThreads 2\nSelfCheck 0\n"
    )
}

/// A mail with a file, in base64 as mail programs send it.
pub fn with_file(name: &str, content: &[u8]) -> String {
    format!(
        "From: bo@b.example\r\nTo: support@shop.example\r\nSubject: Lamp\r\nMessage-ID: <{name}@b.example>\r\n\
         Date: Mon, 2 Mar 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the file.\r\n--b\r\n\
         Content-Type: application/octet-stream; name={name}\r\nContent-Disposition: attachment; filename={name}\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
        STANDARD.encode(content)
    )
}

#[tokio::test]
async fn it_reads_mail_as_we_hand_it_over() {
    let clamd = Clamd::start().await;
    let place = clamd.socket();
    let virus = Found::Virus("Eicar-Test-Signature.UNOFFICIAL".into());
    assert_eq!(scan(&place, with_file("a.bin", b"Hello").as_bytes()).await.expect("scanned"), Found::Clean);
    assert_eq!(scan(&place, eicar().as_bytes()).await.expect("scanned"), virus);
    let inside = with_file("a.com", eicar().as_bytes());
    assert_eq!(scan(&place, inside.as_bytes()).await.expect("scanned"), virus, "in base64 inside of a mail");
    assert!(lives(&place).await && !lives("127.0.0.1:1").await);
    // More than it takes is told as not scanned, never as clean.
    assert!(scan(&place, &vec![b'a'; 3 * 1024 * 1024]).await.is_err());
}
