//! Makes keys for a sending domain, and lets them sign once they are published.

use std::sync::Arc;

use base::Result;
use base::error::{conflict, not_found};
use journal::{Action, Caller, Cx, Note, Risk, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::dkim::{self, Algorithm};
use crate::domain_records::RecordStanding;
use crate::domains::{check_key, list_domains};
use crate::events;
use crate::signing_key::{Key, KeyId, KeyState};
use crate::store_keys;

/// New keys wait until they are published; those that sign go on signing.
pub struct MakeKeys;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailMakeKeysInput)]
pub struct Input {
    pub domain: String,
    /// Sealed halves with their public ones; made before the transaction, since RSA takes its time.
    #[serde(skip)]
    #[schema(ignore)]
    made: Vec<(Algorithm, Vec<u8>, String)>,
}

impl Input {
    pub fn new(domain: String) -> Input {
        Input { domain, made: Vec::new() }
    }
}

impl Action for MakeKeys {
    const NAME: &'static str = "email.make_keys";
    const GRANT: &'static str = "email.set_outgoing";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = ();

    async fn prepare(_: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        let made = tokio::task::spawn_blocking(|| {
            [Algorithm::Rsa, Algorithm::Ed25519]
                .into_iter()
                .map(|algorithm| dkim::make(algorithm).map(|pair| (algorithm, pair.secret, pair.public)))
                .collect::<Result<Vec<_>>>()
        });
        input.made = made.await.map_err(base::error::internal)??;
        Ok(())
    }

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<()> {
        if !list_domains(cx)?.contains_key(&input.domain) {
            return Err(not_found("domain_not_found"));
        }
        // Whoever asks twice gets new ones: the first were never used.
        store_keys::delete_next_keys(cx, &input.domain)?;
        let now = cx.now();
        for (algorithm, secret, public) in &input.made {
            let id: KeyId = cx.new_id();
            let short = match algorithm {
                Algorithm::Rsa => 'r',
                Algorithm::Ed25519 => 'e',
            };
            let key = Key {
                id,
                domain: input.domain.clone(),
                selector: format!("rapport{short}{:x}", id.0 as u64 & 0xff_ffff_ffff),
                algorithm: *algorithm,
                secret: Some(cx.secrets().seal(&Key::place(id), secret)?),
                public: public.clone(),
                state: KeyState::Next,
                created_at: now,
                changed_at: now,
            };
            store_keys::insert_key(cx, &key)?;
            cx.record(Note::new(events::KEY_MADE, "email_key", id.0))?;
        }
        Ok(())
    }
}

/// The published keys sign from now on. Refused while a record is missing: receivers would take such mail for forged.
pub struct SwitchKeys;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailSwitchKeysInput)]
pub struct SwitchInput {
    pub domain: String,
    #[serde(skip)]
    #[schema(ignore)]
    published: Option<Vec<KeyId>>,
}

impl SwitchInput {
    pub fn new(domain: String) -> SwitchInput {
        SwitchInput { domain, published: None }
    }
}

fn next(keys: Vec<Key>) -> Vec<Key> {
    keys.into_iter().filter(|key| key.state == KeyState::Next).collect()
}

impl Action for SwitchKeys {
    const NAME: &'static str = "email.switch_keys";
    const GRANT: &'static str = "email.set_outgoing";
    const RISK: Risk = Risk::Irreversible;
    type Input = SwitchInput;
    type Output = ();

    async fn prepare(house: &Arc<Workspace>, input: &mut SwitchInput) -> Result<()> {
        let domain = input.domain.clone();
        let keys = house.read(Caller::system(), move |cx| store_keys::list_keys(cx, &domain)).await?;
        let mut published = Vec::new();
        for key in next(keys) {
            if check_key(house, &key).await.standing != RecordStanding::Right {
                let sentence = format!("The record {} does not stand in DNS yet.", key.name());
                return Err(conflict("key_unpublished", sentence));
            }
            published.push(key.id);
        }
        input.published = Some(published);
        Ok(())
    }

    fn run(cx: &mut Cx<'_, '_>, input: &SwitchInput) -> Result<()> {
        let keys = next(store_keys::list_keys(cx, &input.domain)?);
        if keys.is_empty() {
            return Err(not_found("key_not_found"));
        }
        let seen = input.published.as_deref().unwrap_or_default();
        if keys.iter().any(|key| !seen.contains(&key.id)) {
            return Err(conflict("key_unpublished", "Other keys have been made meanwhile."));
        }
        store_keys::switch_keys(cx, &input.domain)?;
        for key in keys {
            cx.record(Note::new(events::KEY_SWITCHED, "email_key", key.id.0))?;
        }
        Ok(())
    }
}
