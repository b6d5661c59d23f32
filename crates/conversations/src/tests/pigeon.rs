//! A channel for tests: an address that contains a word of fate meets it.

use std::sync::Arc;

use base::Result;
use journal::{Cx, Workspace};
use people::BrandId;

use crate::channel::{Channel, Delivering, Outcome, Outgoing};
use crate::model::{MessageId, Party};

pub struct Pigeon;

impl Channel for Pigeon {
    fn name(&self) -> &'static str {
        "pigeon"
    }

    fn is_own(&self, _: &mut Cx<'_, '_>, address: &str) -> Result<bool> {
        Ok(base::text::fold(address).ends_with("@linden-lark.example"))
    }

    fn sender(&self, _: &mut Cx<'_, '_>, account: Option<&str>, _: Option<BrandId>) -> Result<Option<Party>> {
        Ok(account.map(|address| Party { name: String::new(), address: address.to_owned() }))
    }

    fn check_address(&self, address: &str) -> Result<(), String> {
        if address.contains('@') { Ok(()) } else { Err("An address has an @.".to_owned()) }
    }

    fn new_source_id(&self, message: MessageId, _: Option<&Party>) -> String {
        format!("{message}@linden-lark.example")
    }

    fn deliver(&self, _: Arc<Workspace>, letter: Outgoing) -> Delivering {
        let to = letter.recipients.to.first().map(|p| p.address.clone()).unwrap_or_default();
        Box::pin(async move {
            match to.split('@').next() {
                Some("refused") => Outcome::Refused("550 no such person".to_owned()),
                Some("unclear") => Outcome::Unclear("the line broke".to_owned()),
                Some("later") => Outcome::Postponed("451 try again".to_owned()),
                Some("crash") => std::future::pending().await,
                _ => Outcome::Delivered,
            }
        })
    }
}
