//! Who may be offered a chat: available, below the limit, and in sight of it.

use base::Result;
use journal::Cx;
use people::{AgentId, BrandId, TeamId};
use store::p;

/// For whom a chat may ring.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    pub team: Option<TeamId>,
    pub brand: Option<BrandId>,
    /// Beyond the team: everybody who may see the conversation.
    pub widened: bool,
    pub most: i64,
}

const CANDIDATE: &str = "SELECT a.id FROM chat_agents ca JOIN agents a ON a.id = ca.agent_id
    JOIN roles r ON r.id = a.role_id WHERE ca.state = 'available' AND a.active
    AND (SELECT count(*) FROM chat_chats c WHERE c.taker_id = a.id AND c.state = 'taken') < $1";
const ORDER: &str = "ORDER BY ca.since, a.id LIMIT 200";

/// The one who waits longest for a chat comes first.
pub fn list_candidates(cx: &mut Cx, offer: &Offer) -> Result<Vec<AgentId>> {
    let rows: Vec<(AgentId,)> = match offer.team.filter(|_| !offer.widened) {
        Some(team) => cx.all(
            format!(
                "{CANDIDATE} AND EXISTS (SELECT 1 FROM team_members t WHERE t.agent_id = a.id AND t.team_id = $2)
                 {ORDER}"
            ),
            p![offer.most, team],
        )?,
        None => cx.all(
            format!(
                "{CANDIDATE} AND (r.reach = 'all'
                     OR (r.reach = 'teams' AND EXISTS
                         (SELECT 1 FROM team_members t WHERE t.agent_id = a.id AND t.team_id = $2))
                     OR (r.reach = 'brands' AND EXISTS
                         (SELECT 1 FROM brand_members b WHERE b.agent_id = a.id AND b.brand_id = $3)))
                 {ORDER}"
            ),
            p![offer.most, offer.team, offer.brand],
        )?,
    };
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
