//! A real mail server on both sides: Postfix brings mail in and takes answers on.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use mime::Limits;

use super::house::{House, capabilities};
use super::server::{Does, Script, Step};
use crate::smtp::client::{Addressed, Fate, send};

const INSTALL: &str = "Postfix is missing: sudo apt-get install --no-install-recommends postfix";
const QUEUES: [&str; 14] = [
    "active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "maildrop", "private",
    "public", "saved", "trace", "pid",
];
const SERVICES: &str = "cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
";

/// An instance of its own: its own folder, its own port, nothing of the system's mail server.
pub struct Postfix {
    folder: tempfile::TempDir,
    master: Child,
    pub port: u16,
}

impl Postfix {
    /// Takes mail for `shop.example` to one port and for `b.example` to another.
    fn start(shop: u16, customers: u16) -> Postfix {
        Postfix::start_with(shop, customers, "")
    }

    /// With settings that take the place of the usual ones.
    pub fn start_with(shop: u16, customers: u16, settings: &str) -> Postfix {
        let port = TcpListener::bind("127.0.0.1:0").expect("binds").local_addr().expect("bound").port();
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("opened");
        for name in ["config", "queue", "data"] {
            fs::create_dir(at(name)).expect("made");
        }
        let root = folder.path().display();
        let main = format!(
            "compatibility_level = 3.6\nqueue_directory = {root}/queue\ndata_directory = {root}/data\n\
             maillog_file = {root}/log\nmaillog_file_prefixes = {root}\nmyhostname = relay.example\n\
             inet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nmynetworks = 127.0.0.0/8\nmydestination =\n\
             relay_domains = shop.example, b.example\nsmtp_dns_support_level = disabled\n\
             smtp_host_lookup = native\nsmtpd_relay_restrictions = permit_mynetworks, reject\n\
             transport_maps = inline:{{ {{ shop.example = smtp:[127.0.0.1]:{shop} }}, \
             {{ b.example = smtp:[127.0.0.1]:{customers} }} }}\n{settings}"
        );
        fs::write(at("config/main.cf"), main).expect("written");
        let services = format!("127.0.0.1:{port} inet n - n - - smtpd\n{SERVICES}");
        fs::write(at("config/master.cf"), services).expect("written");
        let ask = |name: &str| setting(&at("config"), name);
        let owner = fs::metadata(at("config")).expect("there").gid();
        let user = user_id(&ask("mail_owner"));
        chown(at("data"), Some(user), Some(owner)).expect("owned");
        for queue in QUEUES {
            fs::create_dir(at("queue").join(queue)).expect("made");
            if queue != "pid" {
                chown(at("queue").join(queue), Some(user), Some(owner)).expect("owned");
            }
        }
        let master = Command::new(Path::new(&ask("daemon_directory")).join("master"))
            .arg("-c")
            .arg(at("config"))
            .arg("-d")
            .process_group(0)
            .stdin(Stdio::null())
            .spawn()
            .expect(INSTALL);
        Postfix { folder, master, port }
    }

    pub async fn ready(&mut self) {
        for _ in 0..200 {
            if let Ok(stream) = tokio::net::TcpStream::connect(("127.0.0.1", self.port)).await {
                let mut greeting = [0; 3];
                let reading = tokio::io::AsyncReadExt::read_exact(&mut { stream }, &mut greeting).await;
                if reading.is_ok() && &greeting == b"220" {
                    return;
                }
            }
            assert!(self.master.try_wait().expect("asked").is_none(), "Postfix ended: {}", self.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("Postfix does not answer: {}", self.log());
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Hands a mail to Postfix as an ordinary client does.
    async fn mail(&self, to: &str, raw: &str) {
        let addressed = Addressed { from: "bo@b.example".into(), to: vec![to.into()] };
        let server = crate::smtp::client::Server {
            patience: crate::smtp::client::Patience::default(),
            ..super::sender::server(self.port)
        };
        let fate = send(&server, &addressed, raw.as_bytes()).await;
        assert!(matches!(fate, Fate::Taken(_)), "{fate:?}: {}", self.log());
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        // It ends its own processes on this signal.
        let pid = self.master.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &pid]).status();
        let _ = self.master.wait();
    }
}

fn setting(config: &Path, name: &str) -> String {
    let path = format!("{}:/usr/sbin", std::env::var("PATH").unwrap_or_default());
    let asked = Command::new("postconf").env("PATH", path).arg("-c").arg(config).args(["-h", name]).output();
    let said = asked.expect(INSTALL).stdout;
    String::from_utf8(said).expect("text").trim().to_owned()
}

fn user_id(name: &str) -> u32 {
    let said = Command::new("id").args(["-u", name]).output().expect("id answers").stdout;
    String::from_utf8(said).expect("text").trim().parse().expect(INSTALL)
}

/// Postfix changes users, which only root may.
pub fn is_root() -> bool {
    let root = user_id_of_this_process() == 0;
    if !root {
        eprintln!("Postfix was not tried: only root can start it.");
    }
    root
}

fn user_id_of_this_process() -> u32 {
    fs::metadata("/proc/self").expect("a process").uid()
}

async fn wait_for<T>(postfix: &Postfix, house: &House, look: impl AsyncFn() -> Option<T>) -> T {
    for _ in 0..200 {
        house.rest().await;
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nothing came: {}", postfix.log());
}

testkit::both! { with capabilities();
    async fn postfix_brings_mail_in_and_takes_the_answer_on(w: World) {
        if !is_root() {
            return;
        }
        let house = House::open(w).await;
        let customers = Script::play(Step::Never, Does::Closes).await;
        let mut postfix = Postfix::start(house.listening.address.port(), customers.port);
        postfix.ready().await;
        house.set_outgoing(postfix.port).await;

        let raw = "From: Bo <bo@b.example>\r\nTo: support@shop.example\r\nSubject: Lamp\r\nMessage-ID: <2@b.example>\r\n\
                   References: <1@b.example>\r\nIn-Reply-To: <1@b.example>\r\n\r\nMy lamp is d\u{fc}ster.\r\n.\r\n";
        postfix.mail("support@shop.example", raw).await;
        let (c, messages) = wait_for(&postfix, &house, async || house.thread(1).await).await;
        assert!(messages[0].text.contains("düster"), "{}", messages[0].text);

        house.answer(c.id, "<p>Turn it on: größer.</p>").await;
        let sent = wait_for(&postfix, &house, async || customers.mails.lock().expect("whole").first().cloned()).await;
        let mail = mime::read(sent.strip_suffix(b".\r\n").expect("a dot"), &Limits::default());
        assert_eq!(mail.in_reply_to, ["2@b.example"]);
        assert_eq!(mail.references.last().map(String::as_str), Some("2@b.example"));
        assert!(mail.received >= 1 && mail.text.as_deref().is_some_and(|text| text.contains("größer")));

        let signed = mail.reply_to[0].email.clone();
        let id = mail.message_id.expect("an id");
        let back = format!(
            "From: bo@b.example\r\nTo: {signed}\r\nMessage-ID: <3@b.example>\r\nIn-Reply-To: <{id}>\r\n\r\nIt shines.\r\n"
        );
        postfix.mail(&signed, &back).await;
        let messages = wait_for(&postfix, &house, async || {
            house.thread(1).await.map(|(_, messages)| messages).filter(|messages| messages.len() == 3)
        })
        .await;
        assert!(messages[2].text.contains("It shines") && messages[2].author_verified);
        assert!(house.thread(2).await.is_none());
    }
}
