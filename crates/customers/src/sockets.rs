//! The socket through which crates above bring what belongs to a customer: they know their own rows.

use std::sync::Arc;

use base::Result;
use journal::Cx;

use crate::model::CustomerId;

/// Rows that belong to a customer, and so go to the one into whom this one is merged.
pub trait Belonging: Send + Sync + 'static {
    /// Names these rows in the record of a merge: `conversation`.
    fn kind(&self) -> &'static str;

    /// Hands over at most `most` rows; answers their ids. Fewer than `most` means that nothing is left.
    fn carry(&self, cx: &mut Cx<'_, '_>, from: CustomerId, to: CustomerId, most: i64) -> Result<Vec<i64>>;

    /// Hands these rows back, as far as `from` still has them.
    fn bring_back(&self, cx: &mut Cx<'_, '_>, ids: &[i64], from: CustomerId, to: CustomerId) -> Result<()>;
}

/// All that belongs to customers: `registry.fill::<Belongings>().add(Conversations)`.
#[derive(Clone, Default)]
pub struct Belongings(Vec<Arc<dyn Belonging>>);

impl Belongings {
    /// Panics at start on a kind given twice: that is a fault of the program, not of its use.
    pub fn add(&mut self, belonging: impl Belonging) {
        assert!(self.of(belonging.kind()).is_none(), "two crates bring the kind {}", belonging.kind());
        self.0.push(Arc::new(belonging));
    }

    pub(crate) fn all(&self) -> &[Arc<dyn Belonging>] {
        &self.0
    }

    pub(crate) fn of(&self, kind: &str) -> Option<&Arc<dyn Belonging>> {
        self.0.iter().find(|belonging| belonging.kind() == kind)
    }
}
