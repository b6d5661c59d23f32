//! One visit to a mailbox: it is opened, what is new comes in, and where the server tells of news we wait there.

use base::Result;

use super::credentials;
use super::imap::Imap;
use super::pop3::Pop3;
use super::round::Ground;
use super::source::Protocol;
use super::watch::{self, Ahead};
use super::{round_imap, round_pop3};

/// Answers how soon the next visit has to come.
pub async fn through(ground: &Ground<'_>) -> Result<Ahead> {
    let server = credentials::server(ground.house, ground.source).await?;
    match ground.source.protocol {
        Protocol::Imap => {
            let mut imap = Imap::open(&server).await?;
            round_imap::round(ground, &mut imap).await?;
            watch::begin(ground, imap).await
        }
        Protocol::Pop3 => {
            let mut pop3 = Pop3::open(&server).await?;
            round_pop3::round(ground, &mut pop3).await?;
            pop3.finish().await?;
            Ok(Ahead::Untold)
        }
    }
}
