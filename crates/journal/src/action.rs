//! Actions: every verb of the house, known by name, with a permission and a schema.

use std::sync::Arc;

use base::Result;
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use crate::cx::Cx;
use crate::workspace::Workspace;

/// How much harm an action can do, which decides who may run it unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Risk {
    Read,
    Reversible,
    Irreversible,
    /// It reaches people outside of the company.
    Outward,
}

/// A verb. REST handlers, macros, automations, the palette and the bot all run the same one.
pub trait Action: 'static {
    /// `noun.verb`.
    const NAME: &'static str;
    /// The permission; called as the action unless several share one.
    const GRANT: &'static str = Self::NAME;
    const RISK: Risk;

    type Input: Serialize + DeserializeOwned + ToSchema + Send + Sync + 'static;
    type Output: Serialize + DeserializeOwned + Send + 'static;

    /// Slow work before the transaction (sanitising, rendering, hashing, writing blobs); its results
    /// go into fields of the input that JSON can't set.
    fn prepare(_house: &Arc<Workspace>, _input: &mut Self::Input) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Runs inside the transaction and may run again: no side effect but `cx`.
    fn run(cx: &mut Cx<'_, '_>, input: &Self::Input) -> Result<Self::Output>;
}

impl Cx<'_, '_> {
    /// Runs another action in the same transaction, under the same caller and the same rules.
    pub fn call<A: Action>(&mut self, input: &A::Input) -> Result<A::Output> {
        self.must(A::GRANT)?;
        self.set_cause(A::NAME);
        A::run(self, input)
    }
}
