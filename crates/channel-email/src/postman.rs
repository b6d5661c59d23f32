//! Letters to the staff: invitations and password resets, in the reader's language.

use std::sync::Arc;

use base::Result;
use base::error::{invalid, unavailable};
use journal::{Caller, Workspace};
use people::{Letter, LetterKind, Postman, Sending};

use crate::login::server;
use crate::mailboxes::usual_mailbox;
use crate::notice::{self, Words};
use crate::smtp::client::Fate;
use crate::ways::account_for;

/// Sends letters through the outgoing server, from the usual mailbox.
pub struct Letters;

impl Postman for Letters {
    fn send<'a>(&'a self, house: &'a Arc<Workspace>, letter: &'a Letter) -> Sending<'a> {
        Box::pin(deliver(house, letter))
    }
}

async fn deliver(house: &Arc<Workspace>, letter: &Letter) -> Result<()> {
    let found = house
        .read(Caller::system(), |cx| {
            let Some(mailbox) = usual_mailbox(cx)? else { return Ok(None) };
            Ok(Some((account_for(cx, &mailbox)?, mailbox)))
        })
        .await?;
    let not_yet = |sentence| unavailable("no_outgoing", sentence);
    let (account, mailbox) = found.ok_or_else(|| not_yet("There is no mailbox to write from."))?;
    let account = account.ok_or_else(|| not_yet("Outgoing mail is not set up."))?;
    let server = server(house, &account, &mailbox.address, false).await?;
    match notice::send(house, &server, &mailbox, &words(letter)).await {
        Fate::Taken(_) => Ok(()),
        // Nobody is harmed by a letter that is missing: its reader asks for another one.
        Fate::Unclear(why) => {
            tracing::warn!(why, "a letter may or may not have been delivered");
            Ok(())
        }
        Fate::Postponed(why) => {
            Err(unavailable("letter_postponed", "The letter could not be sent yet.").because(why))
        }
        Fate::Refused(why) => Err(invalid("letter_refused", "The letter was refused.").because(why)),
    }
}

fn words(letter: &Letter) -> Words {
    let Letter { name, workspace, link, .. } = letter;
    let language = letter.locale.split(['-', '_']).next().unwrap_or_default();
    let (subject, text) = match (letter.kind, language) {
        (LetterKind::Invitation, "de") => (
            format!("Einladung zu {workspace}"),
            format!(
                "Hallo {name},\n\nSie sind eingeladen, bei {workspace} mitzuarbeiten. Hier geht es los:\n\n{link}\n"
            ),
        ),
        (LetterKind::Invitation, "ar") => (
            format!("دعوة إلى {workspace}"),
            format!("مرحبًا {name}،\n\nأنت مدعو للانضمام إلى {workspace}. ابدأ من هنا:\n\n{link}\n"),
        ),
        (LetterKind::Invitation, _) => (
            format!("Invitation to {workspace}"),
            format!("Hello {name},\n\nyou are invited to work at {workspace}. Begin here:\n\n{link}\n"),
        ),
        (LetterKind::PasswordReset, "de") => (
            format!("Neues Passwort für {workspace}"),
            format!(
                "Hallo {name},\n\nhier können Sie ein neues Passwort wählen:\n\n{link}\n\n\
                 Wenn Sie keines bestellt haben, ist nichts zu tun.\n"
            ),
        ),
        (LetterKind::PasswordReset, "ar") => (
            format!("كلمة مرور جديدة لـ {workspace}"),
            format!(
                "مرحبًا {name}،\n\nيمكنك اختيار كلمة مرور جديدة هنا:\n\n{link}\n\n\
                 إذا لم تطلب ذلك، فلا حاجة إلى فعل شيء.\n"
            ),
        ),
        (LetterKind::PasswordReset, _) => (
            format!("A new password for {workspace}"),
            format!(
                "Hello {name},\n\nchoose a new password here:\n\n{link}\n\n\
                 If you did not ask for one, there is nothing to do.\n"
            ),
        ),
    };
    Words { to: letter.to.clone(), subject, text }
}
