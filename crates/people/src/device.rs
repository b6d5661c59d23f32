//! Browsers that an agent has signed in with before: a signed cookie tells them from strangers, so that
//! a stranger's failures never hold the agent back (device cookies, OWASP).

use base::Secrets;
use base::secrets::{hex, new_token};

/// Agents who share one computer; the one who came first is forgotten.
const MOST_AGENTS: usize = 5;
/// Half of the tag: 128 bits.
const TAG: usize = 32;

/// The cookie `TOKEN.TAG.TAG…`: one browser, and a tag for each agent who has signed in with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Device {
    token: String,
    tags: Vec<String>,
}

impl Device {
    pub fn read(cookie: Option<&str>) -> Option<Device> {
        let mut parts = cookie?.split('.');
        let token = parts.next()?;
        let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        let tags: Vec<String> = parts.map(str::to_owned).collect();
        let fits = (20..=64).contains(&token.len())
            && plain(token)
            && tags.len() <= MOST_AGENTS
            && tags.iter().all(|tag| tag.len() == TAG && plain(tag));
        fits.then(|| Device { token: token.to_owned(), tags })
    }

    /// The browser's own name, when this agent has signed in with it before.
    pub fn known(&self, secrets: &Secrets, workspace: &str, email: &str) -> Option<&str> {
        let tag = tag(secrets, workspace, email, &self.token);
        let fits = |known: &String| base::secrets::same(known.as_bytes(), tag.as_bytes());
        self.tags.iter().any(fits).then_some(self.token.as_str())
    }

    /// The cookie's next value, after this agent has signed in.
    pub fn after(device: Option<Device>, secrets: &Secrets, workspace: &str, email: &str) -> String {
        let mut device = device.unwrap_or_else(|| Device { token: new_token(), tags: Vec::new() });
        let tag = tag(secrets, workspace, email, &device.token);
        device.tags.retain(|known| *known != tag);
        device.tags.push(tag);
        let first = device.tags.len().saturating_sub(MOST_AGENTS);
        format!("{}.{}", device.token, device.tags[first..].join("."))
    }
}

fn tag(secrets: &Secrets, workspace: &str, email: &str, token: &str) -> String {
    let text = format!("{workspace}\n{}\n{token}", base::text::fold(email.trim()));
    hex(&secrets.mac("device", text.as_bytes()))[..TAG].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_known_for_those_who_signed_in_with_it_alone() {
        let secrets = Secrets::from_bytes([7; 32]);
        let after =
            |cookie: Option<&str>, email: &str| Device::after(Device::read(cookie), &secrets, "world", email);
        let knows = |cookie: &str, workspace: &str, email: &str| {
            Device::read(Some(cookie)).is_some_and(|d| d.known(&secrets, workspace, email).is_some())
        };
        let ann = after(None, "ann@lantern.example");
        assert!(knows(&ann, "world", " Ann@lantern.example"));
        assert!(!knows(&ann, "world", "bo@lantern.example") && !knows(&ann, "other", "ann@lantern.example"));
        let both = after(Some(&ann), "bo@lantern.example");
        assert!(knows(&both, "world", "ann@lantern.example") && knows(&both, "world", "bo@lantern.example"));
        let mut crowd = both;
        for n in 0..4 {
            crowd = after(Some(&crowd), &format!("a{n}@lantern.example"));
        }
        assert!(!knows(&crowd, "world", "ann@lantern.example"), "the first of six is forgotten");
        assert!(knows(&crowd, "world", "bo@lantern.example"));
    }

    #[test]
    fn what_is_no_cookie_of_ours_is_none() {
        let long = format!("{}.x", "a".repeat(43));
        for text in ["", ".", "a.b", long.as_str(), "a b"] {
            assert_eq!(Device::read(Some(text)), None, "{text}");
        }
        assert_eq!(Device::read(None), None);
    }
}
