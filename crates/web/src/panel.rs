//! The register of panels: which parts of the desk each capability fills, and who may see them.

use journal::{Caller, Registry};
use serde::Serialize;
use utoipa::ToSchema;

use crate::failure::Result;
use crate::request::{At, Json};

base::words! {
    /// Where on the desk a panel is.
    pub enum Place {
        /// A screen of its own, reached from the rail.
        Page = "page",
        /// Beside a conversation.
        Conversation = "conversation",
        /// On a customer's card.
        Customer = "customer",
        /// A section of the workspace's settings.
        Settings = "settings",
        /// A section of one's own settings.
        Account = "account",
    }
}

/// One part of the desk. Its code stands in `web/`, under its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Panel {
    /// `capability.name`, known to the desk.
    pub id: &'static str,
    /// The id of its title in the catalogue of messages: `panel-capability-name`.
    pub title: String,
    pub place: Place,
    /// Small ones come first.
    pub order: i64,
    #[serde(skip)]
    grant: Option<&'static str>,
}

impl Panel {
    pub fn new(id: &'static str, place: Place, order: i64) -> Panel {
        let title = format!("panel-{}", id.replace(['.', '_'], "-"));
        Panel { id, title, place, order, grant: None }
    }

    /// Shown only to those who have this permission.
    pub fn grant(self, grant: &'static str) -> Panel {
        Panel { grant: Some(grant), ..self }
    }
}

/// The socket in the registry, filled by [`Capability::panel`](crate::Capability::panel).
#[derive(Default)]
pub(crate) struct Panels(Vec<Panel>);

impl Panels {
    /// Panics at start on an id given twice: that is a fault of the program, not of its use.
    pub fn add(&mut self, panel: Panel) {
        assert!(self.0.iter().all(|known| known.id != panel.id), "two panels are called {}", panel.id);
        self.0.push(panel);
    }
}

/// The panels that a caller may see, in their order.
pub fn panels(registry: &Registry, caller: &Caller) -> Vec<Panel> {
    let all = registry.socket::<Panels>().map(|panels| panels.0.as_slice()).unwrap_or_default();
    let fits = |panel: &&Panel| panel.grant.is_none_or(|grant| caller.may(grant));
    let mut seen: Vec<Panel> = all.iter().filter(fits).cloned().collect();
    seen.sort_by_key(|panel| (panel.place, panel.order, panel.id));
    seen
}

/// The panels and sections of settings that the caller may see.
#[utoipa::path(get, path = "/api/panels", responses((status = 200, body = Vec<Panel>)))]
pub(crate) async fn list(at: At) -> Result<Json<Vec<Panel>>> {
    Ok(Json(panels(&at.house.registry(), &at.caller)))
}
