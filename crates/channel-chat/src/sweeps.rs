//! What happens by time: agents are gone, chats fall silent, bans end.

use std::sync::Arc;

use base::Result;
use journal::{Caller, Cx, Sweep, Workspace, settings};

use crate::actions::availability::notice_gone;
use crate::actions::hands;
use crate::model::{ChatRules, EndedBy};
use crate::store::bans::delete_over;
use crate::store::chats::{get_chat_locked, list_silent};

pub fn sweeps() -> Vec<Sweep> {
    vec![
        Sweep::new("chat.notice_gone", 10, notice),
        Sweep::new("chat.end_silent", 60, end_silent),
        Sweep::new("chat.forget_bans", 3_600, forget_bans),
    ]
}

async fn notice(house: Arc<Workspace>) -> Result<()> {
    while house.write(Caller::system(), notice_gone).await? > 0 {}
    Ok(())
}

async fn end_silent(house: Arc<Workspace>) -> Result<()> {
    while house.write(Caller::system(), end_some).await? > 0 {}
    Ok(())
}

fn end_some(cx: &mut Cx) -> Result<usize> {
    let rules: ChatRules = settings::get(cx)?;
    let before = cx.now().plus_seconds(-rules.end_after_minutes * 60);
    let silent = list_silent(cx, before)?;
    for (id,) in &silent {
        let mut chat = get_chat_locked(cx, *id)?;
        hands::end(cx, &mut chat, EndedBy::Time)?;
    }
    Ok(silent.len())
}

async fn forget_bans(house: Arc<Workspace>) -> Result<()> {
    house.write(Caller::system(), |cx| delete_over(cx).map(drop)).await
}
