//! What the checks of a mail's sender have shown, as it is stored and shown.

use serde::{Deserialize, Serialize};
use spam::Standing;
use utoipa::ToSchema;

base::words! {
    /// How one check ended (RFC 8601 section 2.7).
    pub enum AuthResult {
        None = "none",
        Pass = "pass",
        Neutral = "neutral",
        SoftFail = "softfail",
        Fail = "fail",
        TempError = "temperror",
        PermError = "permerror",
    }
}

base::words! {
    /// Who has checked.
    pub enum CheckedBy {
        /// This server, by asking DNS.
        Checked = "checked",
        /// A server that the settings trust; its word was read in the mail.
        Reported = "reported",
        /// Nobody.
        Nobody = "nobody",
    }
}

base::words! {
    /// What the domain of the sender wants done with mail that is not its own (RFC 9989).
    pub enum OwnerWish { None = "none", Quarantine = "quarantine", Reject = "reject" }
}

/// Whether the server may send for the domain of the envelope (RFC 7208).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MailSpf)]
pub struct Spf {
    pub result: AuthResult,
    pub domain: String,
    pub ip: Option<String>,
}

/// A signature (RFC 6376).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MailDkim)]
pub struct Dkim {
    pub result: AuthResult,
    pub domain: String,
    pub selector: String,
    /// Why it does not hold, in the words of the library.
    pub reason: Option<String>,
}

/// What servers on the way vouch for (RFC 8617).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MailArc)]
pub struct Arc {
    pub result: AuthResult,
    /// The domain of the last seal.
    pub sealer: String,
    pub reason: Option<String>,
    /// The settings trust whoever saw the sender prove itself and everybody after, so their word counted.
    #[serde(default)]
    pub trusted: bool,
    /// Everybody who sealed it, in the order of the way.
    #[serde(default)]
    pub hops: Vec<Hop>,
}

/// One server that sealed a mail before it went on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MailArcHop)]
pub struct Hop {
    pub sealer: String,
    /// By its own word the domain in From had proven itself when the mail came to it.
    pub proven: bool,
}

impl Arc {
    /// A seal says only that the mail came this way. Its sender is proven when somebody trusted saw the proof and
    /// only trusted ones handed the mail on (RFC 8617 section 7.2.1 leaves this to whoever receives it).
    fn vouches(&self, hosts: &[String]) -> bool {
        let is_trusted = |hop: &&Hop| {
            let sealer = base::text::fold(&hop.sealer);
            let below = |host: &str| host.strip_suffix(&sealer).is_some_and(|rest| rest.ends_with('.'));
            hosts.iter().map(|host| base::text::fold(host)).any(|host| host == sealer || below(&host))
        };
        let whole = self.result == AuthResult::Pass;
        whole && self.hops.iter().rev().take_while(is_trusted).any(|hop| hop.proven)
    }
}

/// Whether any of it speaks for the domain in From.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MailDmarc)]
pub struct Dmarc {
    pub result: AuthResult,
    pub domain: String,
    pub policy: OwnerWish,
    pub spf_aligned: bool,
    pub dkim_aligned: bool,
}

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MailAuthentication)]
pub struct Authentication {
    pub source: CheckedBy,
    /// The server whose word it is, when it was reported.
    pub reporter: Option<String>,
    /// The domain in From.
    pub from_domain: String,
    pub spf: Option<Spf>,
    #[serde(default)]
    pub dkim: Vec<Dkim>,
    pub arc: Option<Arc>,
    pub dmarc: Option<Dmarc>,
}

impl Authentication {
    /// Nobody has looked.
    pub fn nobody(from_domain: &str) -> Authentication {
        Authentication {
            source: CheckedBy::Nobody,
            reporter: None,
            from_domain: from_domain.to_owned(),
            spf: None,
            dkim: Vec::new(),
            arc: None,
            dmarc: None,
        }
    }

    /// Lets the word of those count whom the settings trust.
    pub fn hear_sealers(&mut self, hosts: &[String]) {
        if let Some(arc) = &mut self.arc {
            arc.trusted = arc.vouches(hosts);
        }
    }

    /// DMARC decides; a domain without a policy may still have proven itself.
    pub fn standing(&self) -> Standing {
        if self.source == CheckedBy::Nobody {
            return Standing::Unknown;
        }
        if self.arc.as_ref().is_some_and(|arc| arc.trusted) {
            return Standing::Proven;
        }
        match self.dmarc.as_ref().map(|dmarc| dmarc.result) {
            Some(AuthResult::Pass) => return Standing::Proven,
            Some(AuthResult::Fail) => return Standing::Forged,
            Some(AuthResult::TempError) => return Standing::Unknown,
            _ => {}
        }
        let own = |domain: &str| is_related(domain, &self.from_domain);
        let signed = self.dkim.iter().any(|one| one.result == AuthResult::Pass && own(&one.domain));
        let sent = self.spf.as_ref().is_some_and(|spf| spf.result == AuthResult::Pass && own(&spf.domain));
        let later = self.dkim.iter().any(|one| one.result == AuthResult::TempError)
            || self.spf.as_ref().is_some_and(|spf| spf.result == AuthResult::TempError);
        match (signed || sent, later) {
            (true, _) => Standing::Proven,
            (false, true) => Standing::Unknown,
            (false, false) => Standing::Unproven,
        }
    }

    /// What the domain wants done with this mail, when it is not its own.
    pub fn wish(&self) -> OwnerWish {
        match (&self.dmarc, self.standing()) {
            (Some(dmarc), Standing::Forged) => dmarc.policy,
            _ => OwnerWish::None,
        }
    }
}

/// The same domain, or one below the other.
fn is_related(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let below =
        |child: &str, parent: &str| child.strip_suffix(parent).is_some_and(|rest| rest.ends_with('.'));
    // A top-level domain alone relates nobody.
    let real = one.contains('.') && other.contains('.');
    real && (one == other || below(&one, &other) || below(&other, &one))
}

/// As it stands in the mark of a message.
pub fn mark(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Proven => Some("sender_proven"),
        Standing::Unproven => Some("sender_unproven"),
        Standing::Forged => Some("sender_forged"),
        Standing::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(
        dmarc: Option<AuthResult>,
        dkim: &[(AuthResult, &str)],
        spf: Option<(AuthResult, &str)>,
    ) -> Authentication {
        let domain = || "shop.example".to_owned();
        Authentication {
            source: CheckedBy::Checked,
            dmarc: dmarc.map(|result| Dmarc {
                result,
                domain: domain(),
                policy: OwnerWish::Reject,
                spf_aligned: false,
                dkim_aligned: false,
            }),
            dkim: dkim
                .iter()
                .map(|(result, domain)| Dkim {
                    result: *result,
                    domain: (*domain).to_owned(),
                    selector: "s".to_owned(),
                    reason: None,
                })
                .collect(),
            spf: spf.map(|(result, domain)| Spf { result, domain: domain.to_owned(), ip: None }),
            ..Authentication::nobody("shop.example")
        }
    }

    #[test]
    fn dmarc_decides_and_without_it_a_domain_may_prove_itself() {
        let pass = AuthResult::Pass;
        for (given, standing) in [
            (Authentication::nobody("shop.example"), Standing::Unknown),
            (with(Some(pass), &[], None), Standing::Proven),
            (with(Some(AuthResult::Fail), &[(pass, "list.example")], None), Standing::Forged),
            (with(Some(AuthResult::TempError), &[], None), Standing::Unknown),
            (with(None, &[(pass, "mail.shop.example")], None), Standing::Proven),
            (with(None, &[(pass, "example")], None), Standing::Unproven),
            (with(None, &[(pass, "badshop.example")], None), Standing::Unproven),
            (with(None, &[], Some((pass, "shop.example"))), Standing::Proven),
            (with(None, &[], Some((AuthResult::Fail, "shop.example"))), Standing::Unproven),
            (with(None, &[(AuthResult::TempError, "shop.example")], None), Standing::Unknown),
        ] {
            assert_eq!(given.standing(), standing, "{given:?}");
        }
        assert_eq!(with(Some(AuthResult::Fail), &[], None).wish(), OwnerWish::Reject);
        assert_eq!(with(Some(pass), &[], None).wish(), OwnerWish::None);
    }
}
