//! Reports of Amazon SES as JSON, which arrive as mail when its notices are subscribed to by mail.

use serde_json::Value;

use crate::{
    code::Status,
    judge::{Told, judge},
    reason::Reason,
    report::{Action, Fate, Original, Report},
};

/// Longer texts are no notices.
const LONGEST: usize = 400_000;

/// Reads a notice, bare or inside the envelope of the notification service.
pub(crate) fn read(text: &str) -> Option<Report> {
    let start = text.find('{').filter(|start| text[..*start].trim().is_empty())?;
    if text.len() > LONGEST {
        return None;
    }
    let joined: String = text[start..].lines().collect();
    let outer = first_value(&joined)?;
    let inner = outer.get("Message").and_then(Value::as_str).and_then(first_value);
    let notice = inner.unwrap_or(outer);
    let kind = notice.get("notificationType").or_else(|| notice.get("eventType")).and_then(Value::as_str)?;
    let fates = match kind {
        "Bounce" => bounced(notice.get("bounce")?),
        "Complaint" => complained(notice.get("complaint")?),
        "Delivery" => delivered(notice.get("delivery")?),
        _ => return None,
    };
    Some(Report { fates, original: original(&notice) })
}

/// The value at the beginning; lines about how to unsubscribe may follow.
fn first_value(text: &str) -> Option<Value> {
    serde_json::Deserializer::from_str(text).into_iter::<Value>().next()?.ok()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten().take(1_000)
}

fn bounced(bounce: &Value) -> Vec<Fate> {
    let each = |one: &Value| {
        let told = Told {
            recipient: text(one, "emailAddress").to_owned(),
            action: Some(if text(one, "action") == "delayed" { Action::Delayed } else { Action::Failed }),
            status: Status::read(text(one, "status")),
            diagnostic: text(one, "diagnosticCode").trim_start_matches("smtp;").trim().to_owned(),
            ..Told::default()
        };
        let mut fate = judge(&told);
        if fate.reason == Reason::Undefined && text(bounce, "bounceType") == "Permanent" {
            fate.reason = Reason::UserUnknown;
        }
        fate
    };
    list(bounce, "bouncedRecipients").map(each).collect()
}

fn complained(complaint: &Value) -> Vec<Fate> {
    list(complaint, "complainedRecipients")
        .map(|one| fate(text(one, "emailAddress"), Reason::Feedback, ""))
        .collect()
}

fn delivered(delivery: &Value) -> Vec<Fate> {
    let response = text(delivery, "smtpResponse");
    let each = |one: &Value| {
        let told = Told {
            recipient: one.as_str().unwrap_or_default().to_owned(),
            action: Some(Action::Delivered),
            diagnostic: response.to_owned(),
            ..Told::default()
        };
        judge(&told)
    };
    list(delivery, "recipients").map(each).collect()
}

fn fate(recipient: &str, reason: Reason, diagnostic: &str) -> Fate {
    Fate {
        recipient: recipient.to_owned(),
        original_recipient: None,
        action: Action::Delivered,
        status: None,
        reply: None,
        reason,
        diagnostic: diagnostic.to_owned(),
        temporary: false,
    }
}

/// The header of the mail names its own id; `messageId` is the one of SES.
fn original(notice: &Value) -> Original {
    let mail = notice.get("mail").unwrap_or(&Value::Null);
    let common = mail.get("commonHeaders").map(|headers| text(headers, "messageId")).unwrap_or_default();
    let own = list(mail, "headers").find(|field| text(field, "name").eq_ignore_ascii_case("message-id"));
    let own = own.map_or(common, |field| text(field, "value"));
    let id = own.trim().trim_start_matches('<').trim_end_matches('>');
    Original { message_ids: Some(id.to_owned()).filter(|id| !id.is_empty()).into_iter().collect() }
}
