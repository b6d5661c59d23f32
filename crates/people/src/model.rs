//! Nouns of the staff, and their pure rules.

use std::collections::BTreeSet;

use base::error::invalid;
use base::{Result, Time};
use serde::{Deserialize, Serialize};
use store::row;
use utoipa::ToSchema;

/// How long a session lasts after it was last used.
pub(crate) const SESSION_SECONDS: i64 = 30 * 86_400;
/// Members of one team or brand.
pub(crate) const MOST_MEMBERS: usize = 1_000;

base::id! {
    /// A member of staff.
    AgentId
}
base::id! {
    /// A set of agents.
    TeamId
}
base::id! {
    /// A face towards customers.
    BrandId
}
base::id! {
    /// A named bundle of permissions.
    RoleId
}
base::id! {
    /// A browser that is signed in.
    SessionId
}
base::id! {
    /// An API token.
    TokenId
}
base::id! {
    /// An invitation that was not accepted yet.
    InvitationId
}

base::words! {
    /// How far a role lets an agent see.
    pub enum Reach {
        All = "all",
        Teams = "teams",
        Brands = "brands",
        Own = "own",
    }
}

row! {
    /// A member of staff, with the name of the role.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Agent {
        pub id: AgentId,
        pub name: String,
        pub email: String,
        pub locale: Option<String>,
        pub time_zone: Option<String>,
        pub role_id: RoleId,
        pub role: String,
        pub active: bool,
        pub version: i64,
    }
}

/// An agent as clients see one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AgentView {
    pub id: AgentId,
    pub name: String,
    pub email: String,
    pub locale: Option<String>,
    pub time_zone: Option<String>,
    pub role: String,
    pub initials: String,
    pub active: bool,
    pub version: i64,
}

impl From<Agent> for AgentView {
    fn from(agent: Agent) -> AgentView {
        AgentView {
            id: agent.id,
            initials: base::text::initials(&agent.name),
            name: agent.name,
            email: agent.email,
            locale: agent.locale,
            time_zone: agent.time_zone,
            role: agent.role,
            active: agent.active,
            version: agent.version,
        }
    }
}

row! {
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
    pub struct Team {
        pub id: TeamId,
        pub name: String,
        /// It keeps what it has, and is offered no more.
        pub archived: bool,
        pub version: i64,
    }
}

row! {
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
    pub struct Brand {
        pub id: BrandId,
        pub name: String,
        /// The brand of what names no other.
        pub usual: bool,
        /// It keeps what it has, and is offered no more.
        pub archived: bool,
        pub version: i64,
    }
}

/// A named bundle of permissions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Role {
    pub id: RoleId,
    pub name: String,
    /// Names of actions, `noun.*` for all of a noun, `*` for everything.
    pub grants: Vec<String>,
    pub reach: Reach,
    /// Roles that come with the program can't be changed.
    pub built_in: bool,
    pub version: i64,
}

row! {
    /// An invitation that was not accepted yet, without what proves it.
    #[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
    #[schema(as = PendingInvitation)]
    pub struct Pending {
        pub id: InvitationId,
        pub email: String,
        pub name: String,
        /// The name of the role.
        pub role: String,
        pub created_at: Time,
        pub expires_at: Time,
    }
}

row! {
    /// A browser that is signed in, as its owner sees it.
    #[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
    pub struct SessionView {
        pub id: SessionId,
        /// What the browser says of itself.
        pub device: String,
        pub created_at: Time,
        pub seen_at: Time,
    }
}

row! {
    /// An API token, without what proves it.
    #[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
    pub struct TokenView {
        pub id: TokenId,
        pub agent_id: AgentId,
        pub name: String,
        pub created_at: Time,
    }
}

/// What somebody may see. Every list, count, search, file and live path takes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    All,
    /// What belongs to these teams, and the agent's own.
    Teams {
        agent: AgentId,
        teams: Vec<TeamId>,
    },
    Brands {
        agent: AgentId,
        brands: Vec<BrandId>,
    },
    Own {
        agent: AgentId,
    },
    /// A customer who proved who it is sees the own things.
    Customer {
        id: i64,
    },
    None,
}

pub const OWNER: &str = "owner";
pub const ADMIN: &str = "admin";
pub const AGENT: &str = "agent";
pub const LIGHT_AGENT: &str = "light_agent";

/// The roles that every workspace has. They may name what other crates bring: a name is only text.
pub const BUILT_IN: [(&str, &[&str], Reach); 4] = [
    (OWNER, &["*"], Reach::All),
    (ADMIN, &["*"], Reach::All),
    (AGENT, &["conversation.*", "message.*", "customer.*", "company.*", "token.*"], Reach::All),
    (LIGHT_AGENT, &["conversation.note", "conversation.read", "conversation.follow"], Reach::All),
];

/// The permissions that a role's patterns stand for, of those that there are.
pub fn expand(patterns: &[String], known: &BTreeSet<&'static str>) -> BTreeSet<String> {
    let fits = |name: &str| {
        patterns.iter().any(|pattern| match pattern.strip_suffix(".*") {
            Some(noun) => name.split_once('.').is_some_and(|(first, _)| first == noun),
            None => pattern == "*" || pattern == name,
        })
    };
    known.iter().filter(|name| fits(name)).map(|name| (*name).to_owned()).collect()
}

/// Long enough against guessing, short enough that hashing it stays cheap.
pub fn check_password(password: &str) -> Result<()> {
    let length = password.chars().count();
    if length < 10 {
        return Err(invalid("password_short", "A password has at least 10 characters.").field("password"));
    }
    if length > 200 {
        return Err(invalid("password_long", "A password has at most 200 characters.").field("password"));
    }
    Ok(())
}

/// A name without U+0000 and blanks around it.
pub fn clean_name(name: &str, field: &'static str) -> Result<String> {
    let name = base::text::without_nul(name).trim().to_owned();
    if name.is_empty() {
        return Err(invalid("name_missing", "A name is needed.").field(field));
    }
    if name.chars().count() > 200 {
        return Err(invalid("name_long", "A name has at most 200 characters.").field(field));
    }
    Ok(name)
}

/// Good enough to send a mail to it, which is what proves an address.
pub fn clean_email(email: &str) -> Result<String> {
    let email = email.trim();
    let plain = |c: char| !c.is_control() && !c.is_whitespace() && !matches!(c, '<' | '>' | ',' | ';' | '"');
    let parts = email.rsplit_once('@').filter(|(local, domain)| !local.is_empty() && !domain.is_empty());
    if parts.is_none() || email.len() > 254 || !email.chars().all(plain) {
        return Err(invalid("email_invalid", "This is no e-mail address.").field("email"));
    }
    Ok(email.to_owned())
}

/// A language tag such as `de` or `pt-BR` (RFC 5646, in its simple form).
pub fn check_locale(locale: &str) -> Result<()> {
    let part = |p: &str| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric());
    match locale.len() <= 35 && locale.split('-').all(part) {
        true => Ok(()),
        false => Err(invalid("locale_invalid", "A language is named as in en, de or pt-BR.").field("locale")),
    }
}

/// A name of the IANA time zone database.
pub fn check_time_zone(zone: &str) -> Result<()> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/_+-".contains(&b);
    let fits = (1..=64).contains(&zone.len()) && zone.bytes().all(plain);
    match fits && jiff::tz::TimeZone::get(zone).is_ok() {
        true => Ok(()),
        false => {
            Err(invalid("time_zone_invalid", "A time zone is named as in Europe/Berlin.").field("time_zone"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_stand_for_known_permissions_only() {
        let known = BTreeSet::from(["conversation.note", "conversation.reply", "agent.invite"]);
        let expanded = |patterns: &[&str]| {
            let patterns: Vec<String> = patterns.iter().map(|p| (*p).to_owned()).collect();
            expand(&patterns, &known).into_iter().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(expanded(&["conversation.*"]), "conversation.note conversation.reply");
        assert_eq!(expanded(&["agent.invite", "agent.erase"]), "agent.invite");
        assert_eq!(expanded(&["conv.*"]), "");
        assert_eq!(expanded(&["*"]).split(' ').count(), 3);
    }

    #[test]
    fn addresses_are_taken_as_they_are_but_not_everything_is_one() {
        for good in ["a@b", "jürgen@müller.example", " a+b@c.example "] {
            assert!(clean_email(good).is_ok(), "{good}");
        }
        for bad in ["", "a", "@b", "a@", "a b@c", "a@b\r\nBcc: x@y", "<a@b>", "a@b,c@d"] {
            assert!(clean_email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn languages_and_zones_have_a_form() {
        assert!(check_locale("pt-BR").is_ok() && check_locale("en").is_ok());
        assert!(check_locale("").is_err() && check_locale("en_US").is_err() && check_locale("../x").is_err());
        assert!(check_time_zone("America/Argentina/Buenos_Aires").is_ok());
        assert!(check_time_zone("Europe Berlin").is_err() && check_time_zone("Europe/Berlinn").is_err());
    }
}
