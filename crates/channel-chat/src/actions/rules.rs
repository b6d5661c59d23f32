//! Sets the rules of chats.

use base::Result;
use journal::{Action, Cx, Risk, settings};

use crate::model::ChatRules;

pub struct SetRules;

impl Action for SetRules {
    const NAME: &'static str = "chat.set_rules";
    const GRANT: &'static str = "chat.set";
    const RISK: Risk = Risk::Reversible;
    type Input = ChatRules;
    type Output = ChatRules;

    fn run(cx: &mut Cx, input: &ChatRules) -> Result<ChatRules> {
        let before: ChatRules = settings::get(cx)?;
        settings::set(cx, input)?;
        cx.undoable::<SetRules>(&before)?;
        Ok(input.clone())
    }
}
