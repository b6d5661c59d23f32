//! A real IMAP and POP3 server: Dovecot, started by the test on loopback, in a folder of its own.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use base::Time;

pub const INSTALL: &str =
    "Dovecot is missing: sudo apt-get install -y --no-install-recommends dovecot-imapd dovecot-pop3d";
pub const USER: &str = "desk";
pub const PASSWORD: &str = "lamp\"light";

/// An instance of its own. Its only user keeps mail as files (Maildir), so tests put mail down by writing one.
pub struct Dovecot {
    folder: tempfile::TempDir,
    master: Child,
    pub imap: u16,
    pub imaps: u16,
    pub pop3: u16,
    pub certificate: String,
    owner: (u32, u32),
    count: AtomicU64,
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").expect("binds").local_addr().expect("bound").port()
}

/// Who runs the server: ourselves, or when we are root the user that owns nothing.
fn owner() -> (u32, u32, String) {
    let me = fs::metadata("/proc/self").expect("a process");
    let ask = |what: &str, of: &[&str]| {
        let said = Command::new("id").arg(what).args(of).output().expect("id answers").stdout;
        String::from_utf8(said).expect("text").trim().to_owned()
    };
    match me.uid() {
        0 => (65534, 65534, "nobody".to_owned()),
        uid => (uid, me.gid(), ask("-un", &[])),
    }
}

fn group_name(gid: u32) -> String {
    let groups = fs::read_to_string("/etc/group").expect("groups");
    let found = groups.lines().find(|line| line.split(':').nth(2) == Some(gid.to_string().as_str()));
    found.expect("a group").split(':').next().expect("a name").to_owned()
}

impl Dovecot {
    pub async fn start() -> Dovecot {
        Dovecot::start_with(None).await
    }

    /// That also takes tokens, of which it asks this address (RFC 7662, in its own words).
    pub async fn asking(introspection: &str, mechanisms: &str) -> Dovecot {
        Dovecot::start_with(Some((introspection, mechanisms))).await
    }

    async fn start_with(tokens: Option<(&str, &str)>) -> Dovecot {
        let folder = tempfile::tempdir().expect("a folder");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("opened");
        let (uid, gid, name) = owner();
        for part in ["run", "state", "mail", "mail/desk"] {
            fs::create_dir(folder.path().join(part)).expect("made");
        }
        for part in ["mail", "mail/desk"] {
            chown(folder.path().join(part), Some(uid), Some(gid)).expect("owned");
        }
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("made");
        fs::write(folder.path().join("cert.pem"), made.cert.pem()).expect("written");
        fs::write(folder.path().join("key.pem"), made.signing_key.serialize_pem()).expect("written");
        let (imap, imaps, pop3) = (free_port(), free_port(), free_port());
        let mut settings = settings(folder.path(), (imap, imaps, pop3), (uid, gid), &name);
        if let Some(tokens) = tokens {
            settings = with_tokens(folder.path(), &settings, tokens);
        }
        fs::write(folder.path().join("dovecot.conf"), settings).expect("written");
        let master = Command::new("/usr/sbin/dovecot")
            .arg("-F")
            .arg("-c")
            .arg(folder.path().join("dovecot.conf"))
            .process_group(0)
            .stdin(Stdio::null())
            .spawn()
            .expect(INSTALL);
        let certificate = made.cert.pem();
        let count = AtomicU64::new(0);
        let mut dovecot =
            Dovecot { folder, master, imap, imaps, pop3, certificate, owner: (uid, gid), count };
        dovecot.ready().await;
        dovecot
    }

    async fn ready(&mut self) {
        for _ in 0..200 {
            let mut up = 0;
            for port in [self.imap, self.pop3] {
                if let Ok(mut stream) = tokio::net::TcpStream::connect(("127.0.0.1", port)).await {
                    let mut greeting = [0; 3];
                    let reading = tokio::io::AsyncReadExt::read_exact(&mut stream, &mut greeting).await;
                    up += usize::from(reading.is_ok());
                }
            }
            if up == 2 {
                return;
            }
            assert!(self.master.try_wait().expect("asked").is_none(), "Dovecot ended: {}", self.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("Dovecot does not answer: {}", self.log());
    }

    /// Where other servers ask whether somebody may log in.
    pub fn sasl(&self) -> String {
        self.folder.path().join("run/sasl").display().to_string()
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn maildir(&self, folder: &str) -> PathBuf {
        let root = self.folder.path().join("mail/desk/Maildir");
        if folder == "INBOX" { root } else { root.join(format!(".{folder}")) }
    }

    /// Puts a mail into a folder, as if the server had received it at that time.
    pub fn deliver(&self, folder: &str, raw: &str, at: Time) {
        let dir = self.maildir(folder);
        for part in [dir.clone(), dir.join("cur"), dir.join("new"), dir.join("tmp")] {
            self.own_folder(&part);
        }
        let n = self.count.fetch_add(1, Ordering::Relaxed);
        let file = dir.join("tmp").join(format!("{}.M{n:09}P1.localhost", 1_700_000_000 + n));
        fs::write(&file, raw).expect("written");
        chown(&file, Some(self.owner.0), Some(self.owner.1)).expect("owned");
        let time = SystemTime::UNIX_EPOCH + Duration::from_millis(at.0.unsigned_abs());
        fs::File::open(&file).and_then(|open| open.set_modified(time)).expect("dated");
        fs::rename(&file, dir.join("new").join(file.file_name().expect("a name"))).expect("delivered");
    }

    /// A mail that the server itself can't read.
    pub fn lock_away(&self, folder: &str, raw: &str, at: Time) {
        self.deliver(folder, raw, at);
        let n = self.count.load(Ordering::Relaxed) - 1;
        let name =
            self.mails(folder).into_iter().find(|name| name.contains(&format!("M{n:09}"))).expect("there");
        self.open_to(folder, &name, 0o000);
    }

    pub fn unlock(&self, folder: &str) {
        for name in self.mails(folder) {
            self.open_to(folder, &name, 0o644);
        }
    }

    fn open_to(&self, folder: &str, name: &str, mode: u32) {
        for part in ["cur", "new"] {
            let path = self.maildir(folder).join(part).join(name);
            if path.exists() {
                fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
            }
        }
    }

    fn own_folder(&self, path: &Path) {
        if !path.exists() {
            let parent = path.parent().expect("a parent");
            if !parent.exists() {
                self.own_folder(parent);
            }
            fs::create_dir(path).expect("made");
            chown(path, Some(self.owner.0), Some(self.owner.1)).expect("owned");
        }
    }

    /// File names of the mails in a folder: after the colon stand their flags (`S` is seen).
    pub fn mails(&self, folder: &str) -> Vec<String> {
        let dir = self.maildir(folder);
        let mut all = Vec::new();
        for part in ["cur", "new"] {
            let Ok(entries) = fs::read_dir(dir.join(part)) else { continue };
            all.extend(
                entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("text")),
            );
        }
        all
    }

    /// Everything that the server knows of the folder but its mails is lost: UIDVALIDITY changes.
    pub async fn forget(&self, folder: &str) {
        let dir = self.maildir(folder);
        // The new one is made of the time in seconds.
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        for entry in fs::read_dir(&dir).expect("there") {
            let entry = entry.expect("an entry");
            if entry.file_name().to_string_lossy().starts_with("dovecot") {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // It ends its own processes on this signal.
        let pid = self.master.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &pid]).status();
        let _ = self.master.wait();
    }
}

/// The last words of a setting hold, and tokens have a passdb of their own.
fn with_tokens(root: &Path, settings: &str, (introspection, mechanisms): (&str, &str)) -> String {
    let words = format!(
        "introspection_mode = get\nintrospection_url = {introspection}\nusername_attribute = user\n\
         active_attribute = active\nactive_value = yes\ntimeout_msecs = 5000\n"
    );
    fs::write(root.join("oauth2.conf"), words).expect("written");
    format!(
        "{settings}auth_mechanisms = plain {mechanisms}\n\
         passdb {{\n driver = oauth2\n mechanisms = xoauth2 oauthbearer\n args = {}/oauth2.conf\n}}\n",
        root.display()
    )
}

fn settings(root: &Path, ports: (u16, u16, u16), (uid, gid): (u32, u32), user: &str) -> String {
    let (imap, imaps, pop3) = ports;
    let (root, group) = (root.display(), group_name(gid));
    format!(
        "base_dir = {root}/run\nstate_dir = {root}/state\nlog_path = {root}/log\nlisten = 127.0.0.1\n\
         protocols = imap pop3\nssl = yes\nssl_cert = <{root}/cert.pem\nssl_key = <{root}/key.pem\n\
         ssl_dh =\ndisable_plaintext_auth = no\nauth_mechanisms = plain login\n\
         default_internal_user = {user}\ndefault_internal_group = {group}\ndefault_login_user = {user}\n\
         first_valid_uid = 1\nfirst_valid_gid = 1\nmail_max_userip_connections = 200\n\
         auth_failure_delay = 0\nmail_fsync = never\nmaildir_very_dirty_syncs = no\n\
         mail_location = maildir:{root}/mail/%u/Maildir\n\
         passdb {{\n driver = static\n mechanisms = plain login\n args = password={PASSWORD}\n}}\n\
         userdb {{\n driver = static\n args = uid={uid} gid={gid} home={root}/mail/%u\n}}\n\
         namespace inbox {{\n inbox = yes\n separator = .\n mailbox Sent {{\n  special_use = \\Sent\n  auto = create\n }}\n}}\n\
         service imap-login {{\n chroot =\n inet_listener imap {{\n  port = {imap}\n }}\n\
         inet_listener imaps {{\n  port = {imaps}\n  ssl = yes\n }}\n}}\n\
         service pop3-login {{\n chroot =\n inet_listener pop3 {{\n  port = {pop3}\n }}\n\
         inet_listener pop3s {{\n  port = 0\n }}\n}}\n\
         service auth {{\n unix_listener sasl {{\n  mode = 0666\n }}\n}}\n\
         service anvil {{\n chroot =\n unix_listener anvil-auth-penalty {{\n  mode = 0\n }}\n}}\nservice stats {{\n chroot =\n}}\n"
    )
}
