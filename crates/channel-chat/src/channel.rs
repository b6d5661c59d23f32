//! The channel: how conversations answer a visitor; and the socket through which keys enter the directory.

use std::sync::Arc;

use base::Result;
use conversations::channel::{Channel, Delivering, Outcome, Outgoing, Reach, Whom};
use conversations::model::{MessageId, Party};
use customers::IdentityKind;
use journal::directory::Directory;
use journal::{Caller, Cx, Workspace};
use people::BrandId;

use crate::model::{self, is_visitor_address};
use crate::telling;

/// The directory of the installation, in which new keys are entered. Filled by the roof.
#[derive(Default)]
pub struct Keys(Option<Directory>);

impl Keys {
    pub fn set(&mut self, directory: Directory) {
        self.0 = Some(directory);
    }

    /// `None` where there is one workspace only.
    pub fn directory(&self) -> Option<&Directory> {
        self.0.as_ref()
    }
}

/// Chat as a channel.
pub struct Chat;

impl Channel for Chat {
    fn name(&self) -> &'static str {
        model::NAME
    }

    fn is_own(&self, _cx: &mut Cx<'_, '_>, address: &str) -> Result<bool> {
        Ok(address.starts_with("chat-"))
    }

    fn sender(&self, _: &mut Cx<'_, '_>, account: Option<&str>, _: Option<BrandId>) -> Result<Option<Party>> {
        let account = account.filter(|account| account.starts_with("chat-")).unwrap_or("chat-0");
        Ok(Some(Party { name: String::new(), address: account.to_owned() }))
    }

    fn check_address(&self, address: &str) -> Result<(), String> {
        match is_visitor_address(address) {
            true => Ok(()),
            false => Err("A chat answer goes to a visitor of your pages.".to_owned()),
        }
    }

    fn identity_kind(&self) -> IdentityKind {
        IdentityKind::Chat
    }

    fn reaches(&self, cx: &mut Cx<'_, '_>, whom: &Whom<'_>) -> Result<Reach> {
        telling::reaches(cx, whom)
    }

    fn new_source_id(&self, message: MessageId, _: Option<&Party>) -> String {
        format!("{message}.{}@chat.invalid", base::secrets::hex(&message.0.to_be_bytes()[4..]))
    }

    fn holds(&self) -> bool {
        false
    }

    /// Files stay here, and each is fetched by itself.
    fn most_file_bytes(&self, _cx: &mut Cx<'_, '_>) -> Result<i64> {
        Ok(i64::MAX)
    }

    fn repeats(&self) -> bool {
        true
    }

    fn deliver(&self, house: Arc<Workspace>, letter: Outgoing) -> Delivering {
        Box::pin(async move {
            let told = house.write(Caller::system(), move |cx| telling::tell(cx, &letter)).await;
            match told {
                Ok(true) => Outcome::Delivered,
                Ok(false) => Outcome::Refused("This visitor is not there any more.".to_owned()),
                Err(e) => Outcome::Postponed(e.to_string()),
            }
        })
    }
}
