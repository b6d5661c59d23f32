//! How granted access is shown to a mail server: XOAUTH2, as Google and Microsoft describe it, and OAUTHBEARER
//! (RFC 7628). No network in here.

/// A way of showing a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mechanism {
    XOauth2,
    OauthBearer,
}

impl Mechanism {
    /// The first of ours that the server offers.
    pub fn offered(offers: impl Fn(&str) -> bool) -> Option<Mechanism> {
        [Mechanism::XOauth2, Mechanism::OauthBearer].into_iter().find(|one| offers(one.name()))
    }

    pub fn name(self) -> &'static str {
        match self {
            Mechanism::XOauth2 => "XOAUTH2",
            Mechanism::OauthBearer => "OAUTHBEARER",
        }
    }

    /// What is said first, before base64.
    pub fn says(self, user: &str, token: &str, (host, port): (&str, u16)) -> String {
        match self {
            Mechanism::XOauth2 => format!("user={user}\x01auth=Bearer {token}\x01\x01"),
            Mechanism::OauthBearer => {
                // Commas and equals signs part the fields (RFC 5801 section 4).
                let user = user.replace('=', "=3D").replace(',', "=2C");
                format!("n,a={user},\x01host={host}\x01port={port}\x01auth=Bearer {token}\x01\x01")
            }
        }
    }

    /// What is said when the server has put its refusal into a question (RFC 7628 section 3.2.3), before base64.
    pub fn ends(self) -> &'static str {
        match self {
            Mechanism::XOauth2 => "",
            Mechanism::OauthBearer => "\x01",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_shown_as_the_descriptions_say() {
        let at = ("imap.example.com", 993);
        // The example of Google's page, and that of RFC 7628 section 4.1.
        assert_eq!(
            Mechanism::XOauth2.says(
                "someuser@example.com",
                "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg",
                at
            ),
            "user=someuser@example.com\x01auth=Bearer ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg\x01\x01"
        );
        assert_eq!(
            Mechanism::OauthBearer.says("user@example.com", "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==", at),
            "n,a=user@example.com,\x01host=imap.example.com\x01port=993\x01auth=Bearer \
             vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\x01\x01"
        );
        assert!(Mechanism::OauthBearer.says("a,b=c", "t", at).starts_with("n,a=a=2Cb=3Dc,"));
    }

    #[test]
    fn the_first_that_is_offered_is_taken() {
        let of = |words: &str| Mechanism::offered(|name| words.split(' ').any(|word| word == name));
        assert_eq!(of("PLAIN OAUTHBEARER XOAUTH2"), Some(Mechanism::XOauth2));
        assert_eq!(of("PLAIN OAUTHBEARER"), Some(Mechanism::OauthBearer));
        assert_eq!(of("PLAIN LOGIN"), None);
    }
}
