//! Where the listener and the pipe bring mail: into the workspaces that its recipients belong to.

use std::collections::BTreeMap;
use std::sync::Arc;

use base::error::{invalid, not_found};
use base::{Error, Kind, Result};
use journal::directory::Directory;
use journal::{Caller, Workspace};
use serde_json::json;

use crate::channel::{Envelope, Later, Mailroom, Refusal};
use crate::jobs::{Origin, ReadMail};
use crate::model::{MOST_BYTES, MOST_IN_ROW, Raw, base_address};
use crate::store;
use crate::store_trust::insert_peer;

/// The workspaces by name, as the roof opens them.
pub type Houses = Arc<dyn Fn(String) -> Later<'static, Result<Arc<Workspace>>> + Send + Sync>;

/// The mailroom of an installation.
#[derive(Clone)]
pub struct Installation {
    directory: Directory,
    houses: Houses,
}

impl Installation {
    pub fn new(directory: Directory, houses: Houses) -> Installation {
        Installation { directory, houses }
    }

    /// The workspace in which somebody reads the mail of this address.
    async fn house_of(&self, address: &str) -> Result<Option<Arc<Workspace>>> {
        let base = base_address(address);
        let Some(name) = self.directory.by_address(&base).await? else { return Ok(None) };
        let house = (self.houses)(name).await?;
        // The directory keeps removed addresses reserved; only the workspace knows what is in use.
        let used = house.read(Caller::system(), move |cx| store::find_mailbox(cx, &base)).await?;
        Ok(used.map(|_| house))
    }

    async fn store_all(&self, envelope: &Envelope, raw: Vec<u8>) -> Result<()> {
        let mut houses: BTreeMap<String, (Arc<Workspace>, Vec<String>)> = BTreeMap::new();
        for address in &envelope.to {
            if let Some(house) = self.house_of(address).await? {
                let entry = houses.entry(house.name.clone()).or_insert_with(|| (house, Vec::new()));
                entry.1.push(address.clone());
            }
        }
        if houses.is_empty() {
            return Err(not_found("mail_recipient_unknown"));
        }
        let raw: Arc<[u8]> = raw.into();
        for (house, recipients) in houses.into_values() {
            keep(&house, envelope, recipients, &raw).await?;
        }
        Ok(())
    }
}

/// On disk when this answers: first the bytes, then the row that names them with the job that reads them.
pub async fn keep(
    house: &Arc<Workspace>,
    envelope: &Envelope,
    recipients: Vec<String>,
    raw: &Arc<[u8]>,
) -> Result<()> {
    let blob = match raw.len() > MOST_IN_ROW {
        true => Some(blob_of(house, raw).await?),
        false => None,
    };
    let (sender, raw) = (base::text::without_nul(&envelope.from), raw.clone());
    let peer = envelope.peer.map(|ip| (ip.to_string(), base::text::without_nul(&envelope.helo)));
    house
        .write(Caller::system(), move |cx| {
            let row = Raw {
                id: cx.new_id(),
                sender: sender.clone(),
                recipients: json!(recipients),
                size: i64::try_from(raw.len()).unwrap_or(i64::MAX),
                content: blob.is_none().then(|| raw.to_vec()),
                blob: blob.clone(),
                received_at: cx.now(),
            };
            store::insert_raw(cx, &row)?;
            if let Some((ip, helo)) = &peer {
                insert_peer(cx, row.id, ip, helo)?;
            }
            let slip = ReadMail { raw: row.id, released: false, origin: Origin::default(), too_large: false };
            cx.later(&slip)
        })
        .await
}

/// Keeps a large mail among the blobs; answers its key.
pub async fn blob_of(house: &Workspace, raw: &[u8]) -> Result<String> {
    let hash = base::secrets::hex(&base::secrets::sha256(raw));
    house.keep_blob(&format!("raw/{}/{hash}", &hash[..2]), raw.to_vec()).await
}

impl Mailroom for Installation {
    fn knows<'a>(&'a self, address: &'a str) -> Later<'a, Result<bool>> {
        Box::pin(async move { Ok(self.house_of(address).await?.is_some()) })
    }

    fn accept(&self, envelope: Envelope, raw: Vec<u8>) -> Later<'_, Result<(), Refusal>> {
        Box::pin(async move {
            self.store_all(&envelope, raw).await.map_err(|e| {
                tracing::warn!(error = ?e, "a mail could not be stored");
                // Whatever went wrong, the sending server still has the mail and brings it again.
                Refusal::Later("It could not be stored, try again later".to_owned())
            })
        })
    }
}

/// Takes a mail from a mail server's pipe or from a file: `rapport mail`. Without a recipient, the mail's
/// own To and Cc say for whom it is. NotFound means that nobody here has the address (EX_NOUSER), anything
/// else that the mail server should keep the mail (EX_TEMPFAIL).
pub async fn pipe(
    installation: &Installation,
    sender: Option<&str>,
    recipient: Option<&str>,
    raw: Vec<u8>,
) -> Result<()> {
    let raw = without_mbox_line(raw);
    if raw.iter().all(u8::is_ascii_whitespace) {
        return Err(invalid("mail_empty", "There is no mail in the input."));
    }
    if raw.len() > MOST_BYTES {
        return Err(invalid("mail_too_large", "This mail is larger than 40 MB."));
    }
    let to = match recipient {
        Some(address) => vec![address.trim().to_owned()],
        None => own_recipients(&raw).await?,
    };
    let envelope = Envelope { from: sender.unwrap_or_default().to_owned(), to, ..Envelope::default() };
    installation.store_all(&envelope, raw).await.map_err(|e: Error| match e.kind {
        Kind::NotFound => Error::new(Kind::NotFound, e.code, "Nobody here has this address."),
        _ => e,
    })
}

async fn own_recipients(raw: &[u8]) -> Result<Vec<String>> {
    let raw = raw.to_vec();
    let reading = tokio::task::spawn_blocking(move || {
        let mail = mime::read(&raw, &mime::Limits::default());
        mail.to.into_iter().chain(mail.cc).map(|each| each.email).filter(|email| !email.is_empty()).collect()
    });
    reading.await.map_err(base::error::internal)
}

/// Pipes put a line `From ann@a.example Sun Nov …` in front, which is no header field.
fn without_mbox_line(raw: Vec<u8>) -> Vec<u8> {
    match raw.strip_prefix(b"From ".as_slice()) {
        Some(rest) => match rest.iter().position(|byte| *byte == b'\n') {
            Some(end) => rest[end + 1..].to_vec(),
            None => Vec::new(),
        },
        None => raw,
    }
}
