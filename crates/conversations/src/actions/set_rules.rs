//! Sets how long answers are held and when solved conversations are closed.

use base::Result;
use journal::{Action, Cx, Risk, settings};

use crate::settings::Rules;

pub struct SetRules;

impl Action for SetRules {
    const NAME: &'static str = "conversation.set_rules";
    const RISK: Risk = Risk::Irreversible;
    type Input = Rules;
    type Output = Rules;

    fn run(cx: &mut Cx, input: &Rules) -> Result<Rules> {
        settings::set(cx, input)?;
        Ok(input.clone())
    }
}
