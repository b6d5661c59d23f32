//! Guards: what strangers, the wrong people and broken programs send, at every door of the real program.

mod allowed;
mod ask;
mod corpora;
mod document;
mod doors;
mod floods;
mod hostile;
mod mails;
mod stage;
mod texts;
mod wrong;
