//! What of conversations follows when two customers are merged, some rows at a time. What was written keeps
//! its author, who is called as the kept customer from then on.

use base::Result;
use customers::{Belonging, CustomerId};
use journal::Cx;
use serde_json::json;
use store::p;

/// Conversations of which somebody is the requester.
pub struct Requested;

impl Belonging for Requested {
    fn kind(&self) -> &'static str {
        "conversation"
    }

    fn carry(&self, cx: &mut Cx, from: CustomerId, to: CustomerId, most: i64) -> Result<Vec<i64>> {
        let rows: Vec<(i64,)> = cx.all(
            "UPDATE conversations SET requester_id = $2 WHERE id IN
                 (SELECT id FROM conversations WHERE requester_id = $1 ORDER BY id DESC LIMIT $3)
             RETURNING id",
            p![from, to, most],
        )?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    fn bring_back(&self, cx: &mut Cx, ids: &[i64], from: CustomerId, to: CustomerId) -> Result<()> {
        let among = cx.among("id", 3);
        let sql = format!("UPDATE conversations SET requester_id = $2 WHERE requester_id = $1 AND {among}");
        cx.exec(sql, p![from, to, json!(ids)]).map(drop)
    }
}

/// Conversations in which somebody takes part. Where the kept customer takes part by another address
/// already, both addresses stay.
pub struct TakesPart;

impl Belonging for TakesPart {
    fn kind(&self) -> &'static str {
        "participant"
    }

    fn carry(&self, cx: &mut Cx, from: CustomerId, to: CustomerId, most: i64) -> Result<Vec<i64>> {
        let rows: Vec<(i64,)> = cx.all(
            "UPDATE conversation_participants SET customer_id = $2
             WHERE customer_id = $1 AND conversation_id IN
                 (SELECT p.conversation_id FROM conversation_participants p
                  WHERE p.customer_id = $1 AND NOT EXISTS
                      (SELECT 1 FROM conversation_participants o
                       WHERE o.conversation_id = p.conversation_id AND o.customer_id = $2)
                  ORDER BY p.conversation_id DESC LIMIT $3)
             RETURNING conversation_id",
            p![from, to, most],
        )?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    fn bring_back(&self, cx: &mut Cx, ids: &[i64], from: CustomerId, to: CustomerId) -> Result<()> {
        let among = cx.among("conversation_id", 3);
        let sql = format!(
            "UPDATE conversation_participants SET customer_id = $2 WHERE customer_id = $1 AND {among}
                 AND NOT EXISTS (SELECT 1 FROM conversation_participants o
                     WHERE o.conversation_id = conversation_participants.conversation_id AND o.customer_id = $2)"
        );
        cx.exec(sql, p![from, to, json!(ids)]).map(drop)
    }
}
