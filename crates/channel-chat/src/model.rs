//! The nouns of live chat and the rules between them, without IO.

mod form;
mod kinds;
mod page;
mod plain;
mod rules;
mod said;
mod shown;
mod widget;

pub use form::{Before, FieldKind, Form, FormField, checked_fields};
pub use kinds::{
    ChatId, ChatState, EndedBy, MailingId, MailingKind, MailingState, Proof, Standing, VisitorId, WidgetId,
};
pub use page::{MOST_PAGES, Page, Visit, checked_page, checked_trail};
pub use plain::*;
pub use rules::ChatRules;
pub use said::{Said, Told, Written};
pub use shown::{
    Availability, ChatRow, ShownChat, ShownFile, ShownMessage, ShownName, ShownPanel, ShownState,
    ShownVisitor, ShownVisitorRow,
};
pub use widget::{Position, Widget, WidgetSettings, WidgetView, ink};
