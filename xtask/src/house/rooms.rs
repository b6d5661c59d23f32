//! The rooms inside a capability or spine crate, and their order: a file imports only rooms drawn below its own.

/// The order of rooms as it is said to a person.
pub const DRAWING: &str = "api, workers and sweeps, reactions, actions, jobs, store, events, sockets, model";

/// How high a room lies; `None` for a name that is no room of the drawing.
///
/// A room may be split: `store_rows` lies where `store` does, `channel_smtp` where `channel` does.
pub fn height(room: &str) -> Option<u8> {
    let first = room.split('_').next().unwrap_or(room);
    Some(match first {
        "api" => 9,
        "workers" | "worker" | "sweeps" | "sweep" => 8,
        "reactions" | "reaction" => 7,
        "actions" => 6,
        "jobs" => 5,
        "store" => 4,
        "events" => 3,
        "channel" | "channels" | "sockets" => 2,
        "model" => 1,
        _ => return None,
    })
}

/// May a file of one room import a file of the other? Rooms that are not drawn are left to the search for circles.
pub fn may_import(from: &str, to: &str) -> bool {
    match (height(from), height(to)) {
        (Some(from), Some(to)) => from >= to,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_import_downwards_only() {
        assert!(may_import("api", "actions"));
        assert!(may_import("actions", "store"));
        assert!(may_import("store", "model"));
        assert!(may_import("store", "store_rows"));
        assert!(!may_import("model", "store"));
        assert!(!may_import("store", "actions"));
        assert!(!may_import("actions", "reactions"));
        assert!(!may_import("events", "store"));
        assert!(may_import("recognition", "actions"));
    }
}
