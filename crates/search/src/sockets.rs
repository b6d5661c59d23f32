//! The socket through which a crate above brings what can be found: it knows its own rows.

use base::Result;
use journal::Cx;

use crate::model::Entry;

/// Reads the present text of rows of one kind.
pub trait Source: Send + Sync + 'static {
    /// `message`, `customer`, …: lower-case letters only.
    fn kind(&self) -> &'static str;

    /// The rows as they are now; one that is gone, or must not be found, is left out of the answer.
    fn load(&self, cx: &mut Cx<'_, '_>, ids: &[i64]) -> Result<Vec<Entry>>;

    /// The next ids of all rows that may be found, in their order: for an index that is made anew.
    fn ids_after(&self, cx: &mut Cx<'_, '_>, after: i64, limit: i64) -> Result<Vec<i64>>;
}

/// All sources of the house: `registry.fill::<Sources>().add(Messages)`. Without them nothing is
/// indexed and hits have no snippet.
#[derive(Default)]
pub struct Sources(Vec<Box<dyn Source>>);

impl Sources {
    /// Panics at start on a kind given twice: that is a fault of the program, not of its use.
    pub fn add(&mut self, source: impl Source) {
        assert!(self.of(source.kind()).is_none(), "two sources bring the kind {}", source.kind());
        self.0.push(Box::new(source));
    }

    pub(crate) fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|source| source.kind())
    }

    pub(crate) fn of(&self, kind: &str) -> Option<&dyn Source> {
        self.0.iter().find(|source| source.kind() == kind).map(|source| &**source)
    }
}
