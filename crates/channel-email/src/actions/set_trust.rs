//! Decides about mail that can't be trusted.

use base::Result;
use journal::{Action, Cx, Risk, settings};

use crate::trust::settings::Trust;

pub struct SetTrust;

impl Action for SetTrust {
    const NAME: &'static str = "email.set_trust";
    const RISK: Risk = Risk::Irreversible;
    type Input = Trust;
    type Output = Trust;

    fn run(cx: &mut Cx<'_, '_>, input: &Trust) -> Result<Trust> {
        let filled = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(base::text::without_nul)
        };
        let trust = Trust {
            trusted_hosts: input.trusted_hosts.iter().map(|host| base::text::fold(host)).collect(),
            rspamd: filled(&input.rspamd),
            clamd: filled(&input.clamd),
            ..input.clone()
        };
        settings::set(cx, &trust)?;
        Ok(trust)
    }
}
