//! Phrases by which mail servers name a cause, in lower case, parted by bars: what Postfix, Exim, Sendmail, qmail,
//! Exchange and the large providers document or say.

use crate::reason::Reason;

/// The first list with a phrase in the text names its cause, so narrow causes stand before wide ones.
const PHRASES: &[(Reason, &str)] = &[
    (
        Reason::NotAccept,
        "does not accept mail|domain does not accept|null mx|nullmx|smtp service is not offered",
    ),
    (Reason::HostUnknown, "missing the proper dns entries"),
    (Reason::Rejected, "to/from an address that has been blacklisted|provide a valid from"),
    (Reason::ExceedLimit, "fixed maximum message size"),
    (Reason::Suspend, "temporary locked|mailbox is frozen"),
    (Reason::ContentError, "duplicate header|headers too large|8-bit data|8bit data|malformed header"),
    (
        Reason::NotCompliantRfc,
        "multiple addresses in from|multiple 550 5.7.1 addresses in from|addresses in from: header|\
         rfc 5322 compliant|rfc5322|rfc 2822|missing a valid address in from|missing a valid message-id|\
         duplicate headers are not|not rfc compliant",
    ),
    (
        Reason::AuthFailure,
        "dmarc|spf |spf:|spf check|(spf)|dkim|authentication information or fails|unauthenticated email|\
         sender policy framework|openspf|authentication checks|fails authentication|\
         is not authorized to send|not permitted to send mail from|sender id (pra)|\
         not an authorized sender",
    ),
    (
        Reason::RequirePtr,
        "ptr record|ptr resource|dns ptr|no ptr|reverse dns|rdns|ip name lookup failed|\
         unverifyable sending|unverifiable sending|cannot find your hostname|\
         cannot resolve your hostname|reverse hostname|ip address has no name|inverse name|no reverse|\
         cannot find your reverse|ptr lookup",
    ),
    (
        Reason::BadReputation,
        "low reputation|poor reputation|bad reputation|reputation of the sending|reputation score|\
         senderbase",
    ),
    (
        Reason::Speeding,
        "at a rate that|too frequently|receiving mail too quickly|receiving mail at|throttl|\
         sent too many messages|try again more slowly|too fast|sending rate",
    ),
    (Reason::VirusDetected, "virus|malware|infected"),
    (
        Reason::NoRelaying,
        "relaying denied|relay access denied|not permitted to relay|unable to relay|relay not permitted|\
         relaying not|not configured to relay|relay denied|relaying is|we do not relay|open relay|\
         not allowed to relay|no relaying|not a gateway|allowed rcpthosts|rcpthosts|relaying to|\
         relay prohibited|relay mail|email address is not verified",
    ),
    (
        Reason::Blocked,
        "blocked using|dnsbl|blacklist|black list|block list|blocklist|rbl|client host rejected|\
         smtp server of your isp|(bl)|blocked - see|spamhaus|spamcop|barracudacentral|sorbs|listed at|\
         listed in|listed on|blocked by|your ip|ip address rejected|sender ip|bad ip|\
         connection refused by|connections not accepted|refused to talk to me|your network|\
         part of their network|daily relay quota|not accepted from this ip|has been blocked by|\
         dynamic ip|dialup|dial-up|residential|no access from mail server|access from ip|client host|\
         temporarily deferred due to user complaints|unresolvable address|helo name|\
         helo command rejected|invalid helo|bad helo|no smtp service|bad dns|banned|\
         ip address is blocked|connection rejected|mail server is|mail from your server|from your host|\
         server ip",
    ),
    (
        Reason::SystemFull,
        "insufficient disk space|insufficient system storage|disk full|no space left|\
         insufficient system resources",
    ),
    (
        Reason::MailboxFull,
        "mailbox full|mailbox is full|over quota|overquota|quota exceeded|exceeded quota|quota violation|\
         over the maximum allowed|mailbox has exceeded|out of storage|insufficient storage|\
         exceeded storage|exceed the quota|storage allocation|full mailbox|user is over|account is full|\
         disk quota|not enough storage|mailbox size limit|recipient storage full|mail box full|\
         is out of space|recipient reached disk quota|boîte du destinataire pleine|inbox is full|\
         exceeded his/her quota|quotaexceeded|mailfolder is over|maildir over|quota",
    ),
    (
        Reason::MesgTooBig,
        "message too large|message is too large|message too big|message size exceeds|exceeds size limit|\
         maximum message size|recipsizelimit|line limit exceeded|exceeds the maximum|exceeded maximum|\
         message file too big|size exceeds|too large|message length exceeds|message header size|\
         max message size",
    ),
    (
        Reason::SpamDetected,
        "spam|junk mail|unsolicited|bulk mail|viagra|uce |looks like a scam|phish|content rejected|\
         content refused",
    ),
    (
        Reason::Suspend,
        "account is disabled|is disabled|been disabled|disabled recipient|account disabled|\
         been suspended|is suspended|suspended|deactivated|inactive|discontinued|account locked|\
         temporarily locked|mailbox frozen|mailbox unavailable or access denied|not active|\
         currently not available|account has been blocked|mailbox is disabled|no longer in service|\
         temporarily disabled|account closed|account has expired|vmailbox is inactive|\
         mailbox currently suspended|user suspended",
    ),
    (
        Reason::HasMoved,
        "no longer on server|not our customer|has been replaced by|has moved|user has moved|new address|\
         address has changed|recipient has moved",
    ),
    (
        Reason::TooManyConn,
        "connection rate limit|too many connections|too many sessions|too many concurrent|\
         too many recipients|too many simultaneous|all available ips are at maximum connection|\
         concurrent connection|maximum number of connections",
    ),
    (
        Reason::Rejected,
        "domain of sender|sender address|unroutable sender|sender rejected|sender denied|\
         sender verify failed|sender verification|invalid sender|sender domain|address rejected: sender|\
         sender is not|sender unknown|bad sender|return path|envelope sender|from address|backscatter|\
         we do not accept mail from this address|no mail accepted from|messages from|sender not|\
         mail from is not|user complaints|empty envelope|null sender",
    ),
    (
        Reason::SecurityError,
        "unauthenticated senders|authentication required|authentication failed|must issue a starttls|\
         starttls|tls required|insecure|client not authenticated|authentication turned on|not authorized|\
         unauthorized|not authenticated|sasl login|sorry, you are not allowed|authentication credentials",
    ),
    (
        Reason::PolicyViolation,
        "policy|potential security issue|presents a potential|not accepted for|prohibited|attachment|\
         file extension|security reasons|local policy|message refused|administratively|header error|\
         protocol violation",
    ),
    (
        Reason::ContentError,
        "improper|mime error|header syntax|bare lf|bare newline|message has too many|message format|\
         invalid content|content-type",
    ),
    (
        Reason::SyntaxError,
        "malformed address|syntax error|bad address syntax|unqualified address|command not recognized|\
         command parameter not implemented|command unrecognized|nullsender|unbalanced|unmatched",
    ),
    (
        Reason::HostUnknown,
        "host unknown|invalid domain|domain does not exist|unknown host|no such domain|domain not found|\
         host not found|unrouteable|unroutable|no mail server|nxdomain|domain must exist|\
         recipient domain|name or service not known|domain is not reachable|couldn't find any host|\
         domain not exist|name server: host not found|mail domain|illegal host/domain|no mx",
    ),
    (
        Reason::UserUnknown,
        "user unknown|unknown user|no such user|user not found|recipnotfound|recipient not found|\
         recipient address rejected|invalid recipient|unknown recipient|recipient unknown|\
         mailbox unavailable|does not exist|doesn't exist|not a valid mailbox|no mailbox|\
         mailbox not found|unknown mailbox|invalid mailbox|no such recipient|no such address|\
         unknown address|undeliverable address|doesn't have a|not exist|address unknown|user doesn't|\
         user does not|no account|account not found|account does not|unknown local|not listed in|\
         no such mailbox|invalid address|adresse d au moins un destinataire invalide|\
         destinataire inconnu|adresse invalide|not known|user invalid|invalid user|bad destination|\
         bad recipient|no valid recipient|unknown account|address not found|address rejected|\
         not our user|no local mailbox|this user|isn't a valid|is not a valid|recipient does not|\
         mailbox does not|nosuchuser|not a known user|usuario desconocido|utente sconosciuto|\
         empfänger unbekannt|unbekannt|unknown to|user account|unrouteable address|not found|\
         could not be found|no one by that name|unable to verify recipient|mailbox unknown",
    ),
    (
        Reason::Filtered,
        "recipient refused|not accept mail from you|recipient rejected your|user refuses|\
         due to extended inactivity|because the recipient is only accepting|not accepting messages|\
         has reject mail|not wish to receive",
    ),
    (
        Reason::Expired,
        "retry timeout exceeded|retry time not reached|have been failing for a long time|message expired|\
         queue.expired|delivery expired|could not be delivered for|delivery time expired|\
         message timeout exceeded|has been in the queue too long|was undeliverable for too long|\
         connection timed out|not responding|retry timeout|maximum retry|too long on the queue|\
         been on queue too long|in the queue too long|cannot send message for|message delivery expired",
    ),
    (
        Reason::NetworkError,
        "too many hops|name service error|host not found, try again|lost connection|connection refused|\
         connection reset|network is unreachable|no route to host|network unreachable|hop count exceeded|\
         loops back to myself|mail for|mail loop|routing loop|dns error|dns lookup|name server timeout|\
         connection lost|connection dropped|could not connect|cannot connect|can't connect|\
         unable to connect|timed out while|conversation with|host or domain name not found|\
         no answer from|establish an smtp connection|name lookup failure|\
         malformed or unexpected name server reply|ran out of",
    ),
    (
        Reason::SystemError,
        "local error|local configuration|temporary failure|temporarily unavailable|internal error|\
         system error|server error|service unavailable|resources temporarily|lookup failure|\
         could not load|system not capable|system incorrectly configured|can't open|cannot open|\
         unable to open|interrupted system call|can't create output|out of memory|aliasing|\
         undefined mail delivery mode|timeout waiting for|transaction failed",
    ),
    (
        Reason::MailerError,
        "command output|command failed|mailer error|x-unix|procmail|unknown mailer|mail handler|pipe to|\
         exit 2|exited with|child process|local delivery failed|returned signal|vacation|\
         died with status|cannot execute",
    ),
    (Reason::OnHold, "held for moderation|held until|message held"),
];

/// The cause that the words name.
pub(crate) fn named(text: &str) -> Option<Reason> {
    let names = |phrases: &str| phrases.split('|').any(|phrase| text.contains(phrase));
    PHRASES.iter().find(|(_, phrases)| names(phrases)).map(|(reason, _)| *reason)
}
