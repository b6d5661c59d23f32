//! The account with an authority, kept in the data directory.

use std::path::Path;

use base::Result;
use base::config::Acme;
use base::error::unavailable;
use instant_acme::{Account, AccountBuilder, AccountCredentials, NewAccount};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Kept {
    directory: String,
    credentials: AccountCredentials,
}

/// The authority's words are for the administrator, who reads them in the log and from `rapport doctor`.
pub fn refused(e: impl std::fmt::Display) -> base::Error {
    unavailable("acme", format!("The authority for certificates could not be used: {e}"))
}

/// The account that was made before, or a new one. Another directory means another account.
pub async fn open(folder: &Path, settings: &Acme) -> Result<Account> {
    let path = folder.join("account.json");
    let kept: Option<Kept> = std::fs::read(&path).ok().and_then(|text| serde_json::from_slice(&text).ok());
    if let Some(kept) = kept.filter(|kept| kept.directory == settings.directory) {
        return builder(settings)?.from_credentials(kept.credentials).await.map_err(refused);
    }
    let contact = settings.email.as_ref().map(|email| format!("mailto:{email}"));
    let contact: Vec<&str> = contact.as_deref().into_iter().collect();
    let wanted = NewAccount { contact: &contact, terms_of_service_agreed: true, only_return_existing: false };
    let made = builder(settings)?.create(&wanted, settings.directory.clone(), None).await;
    let (account, credentials) = made.map_err(refused)?;
    let kept = Kept { directory: settings.directory.clone(), credentials };
    base::files::write_whole(&path, &serde_json::to_vec(&kept)?)?;
    Ok(account)
}

fn builder(settings: &Acme) -> Result<AccountBuilder> {
    match &settings.trusted_certificate {
        Some(path) => Account::builder_with_root(path).map_err(refused),
        None => Account::builder().map_err(refused),
    }
}
