//! What is read of a match; its text is its owner's.

use ::store::row;
use base::Time;

row! {
    #[derive(Clone, Debug)]
    pub(crate) struct Match { pub id: i64, pub kind: String, pub parent: i64, pub at: Time }
}
