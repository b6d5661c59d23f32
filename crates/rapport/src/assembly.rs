//! What the house is made of: the one list to which a new capability is added.

use web::{Assembly, Capability};

/// In the order in which their tables may point at each other.
pub fn capabilities() -> Vec<Capability> {
    vec![
        search::capability(),
        people::capability(),
        customers::capability(),
        conversations::capability(),
        channel_email::capability(),
        channel_chat::capability(),
        notifications::capability(),
    ]
}

pub fn assemble() -> Assembly {
    let mut ground = Capability::new("journal");
    for sweep in journal::sweeps() {
        ground = ground.sweep(sweep);
    }
    Assembly::of(std::iter::once(ground).chain(capabilities()))
}
