//! Decides from which size on files go as links, and for how long.

use base::Result;
use journal::{Action, Cx, Risk, settings};

use crate::links::settings::FileLinks;

pub struct SetLinks;

impl Action for SetLinks {
    const NAME: &'static str = "email.set_links";
    const GRANT: &'static str = "email.set_outgoing";
    const RISK: Risk = Risk::Reversible;
    type Input = FileLinks;
    type Output = FileLinks;

    fn run(cx: &mut Cx<'_, '_>, input: &FileLinks) -> Result<FileLinks> {
        let before: FileLinks = settings::get(cx)?;
        settings::set(cx, input)?;
        cx.undoable::<SetLinks>(&before)?;
        Ok(input.clone())
    }
}
