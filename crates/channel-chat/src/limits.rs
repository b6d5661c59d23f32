//! What strangers may send, and how many of them at once: limits of one process.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use base::Result;
use base::error::{too_many, unavailable};
use web::Limit;

pub struct Doors {
    /// New sessions, by address.
    pub sessions: Limit<IpAddr>,
    /// Messages, by address and by visitor.
    pub messages: Limit<IpAddr>,
    pub visitors: Limit<String>,
    /// Visitors who write for the first time, by address.
    pub beginnings: Limit<IpAddr>,
    /// The same of all addresses together, by workspace.
    pub crowd: Limit<String>,
    /// Messages while nobody is there, by address.
    pub offline: Limit<IpAddr>,
    pub uploads: Limit<IpAddr>,
    /// Signed tokens, by address: nobody tries many.
    pub identities: Limit<IpAddr>,
    most_per_address: usize,
    most_sockets: usize,
    sockets: Mutex<HashMap<IpAddr, usize>>,
}

impl Doors {
    pub fn usual() -> Doors {
        Doors {
            sessions: Limit::new(100, 100),
            messages: Limit::new(60, 60),
            visitors: Limit::new(10, 20),
            beginnings: Limit::new(10, 1),
            crowd: Limit::new(300, 300),
            offline: Limit::new(5, 1),
            uploads: Limit::new(10, 10),
            identities: Limit::new(30, 30),
            most_per_address: 50,
            most_sockets: 20_000,
            sockets: Mutex::default(),
        }
    }

    /// For benchmarks, whose visitors all come from one address.
    pub fn wide() -> Doors {
        let most = 100_000_000;
        Doors {
            sessions: Limit::new(most, most),
            messages: Limit::new(most, most),
            visitors: Limit::new(most, most),
            beginnings: Limit::new(most, most),
            crowd: Limit::new(most, most),
            offline: Limit::new(most, most),
            uploads: Limit::new(most, most),
            identities: Limit::new(most, most),
            most_per_address: 1_000_000,
            most_sockets: 1_000_000,
            sockets: Mutex::default(),
        }
    }

    /// A place for one more socket; it is given back with [`Doors::leave`].
    pub fn enter(&self, address: IpAddr) -> Result<()> {
        let mut sockets = self.sockets.lock().unwrap_or_else(PoisonError::into_inner);
        if sockets.values().sum::<usize>() >= self.most_sockets {
            return Err(unavailable("chat_busy", "Too many visitors are here just now. Try again soon."));
        }
        let here = sockets.entry(address).or_default();
        if *here >= self.most_per_address {
            return Err(too_many("too_many_sockets", "Too many windows of this address are open."));
        }
        *here += 1;
        Ok(())
    }

    pub fn leave(&self, address: IpAddr) {
        let mut sockets = self.sockets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(here) = sockets.get_mut(&address) {
            *here -= 1;
            if *here == 0 {
                sockets.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_of_one_address_have_an_end_and_places_come_back() {
        let doors = Doors { most_per_address: 2, most_sockets: 3, ..Doors::usual() };
        let (one, two) = (IpAddr::from([1, 1, 1, 1]), IpAddr::from([2, 2, 2, 2]));
        assert!(doors.enter(one).is_ok() && doors.enter(one).is_ok());
        assert_eq!(doors.enter(one).expect_err("full").code, "too_many_sockets");
        assert!(doors.enter(two).is_ok());
        assert_eq!(doors.enter(two).expect_err("full").code, "chat_busy");
        doors.leave(one);
        assert!(doors.enter(two).is_ok());
    }
}
