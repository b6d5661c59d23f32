//! Takes winmail.dat apart: the Transport Neutral Encapsulation Format of Outlook (MS-OXTNEF).

use crate::charset::decode;
use crate::tnef_bytes::Bytes;
use crate::tnef_properties::{Properties, read_properties};

/// What begins such a file (MS-OXTNEF section 2.1.3.1).
const SIGNATURE: u32 = 0x223e_9f78;
/// Mails inside mails that are followed, and attributes that are looked at.
const DEPTH: usize = 3;
const ATTRIBUTES: usize = 10_000;

/// The attributes that matter (MS-OXTNEF section 2.1.3.3).
const BODY: u16 = 0x800c;
const MESSAGE_PROPERTIES: u16 = 0x9003;
const CODE_PAGE: u16 = 0x9007;
const NEW_ATTACHMENT: u16 = 0x9002;
const ATTACHMENT_TITLE: u16 = 0x8010;
const ATTACHMENT_DATA: u16 = 0x800f;
const ATTACHMENT_PROPERTIES: u16 = 0x9005;

/// Properties (MS-OXPROPS).
const SUBJECT: u16 = 0x0037;
const TEXT: u16 = 0x1000;
const RTF: u16 = 0x1009;
const HTML: u16 = 0x1013;
const DISPLAY_NAME: u16 = 0x3001;
const CONTENT: u16 = 0x3701;
const FILE_NAME: u16 = 0x3704;
const LONG_FILE_NAME: u16 = 0x3707;
const MIME_TYPE: u16 = 0x370e;
const CONTENT_ID: u16 = 0x3712;

/// What was inside.
#[derive(Default)]
pub(crate) struct Tnef {
    pub subject: String,
    pub text: Option<String>,
    pub html: Option<String>,
    /// The body as compressed rich text.
    pub rtf: Option<Vec<u8>>,
    pub files: Vec<File>,
    /// It ends too soon.
    pub cut: bool,
}

/// An attachment.
#[derive(Default)]
pub(crate) struct File {
    pub name: String,
    pub content_type: String,
    pub content_id: Option<String>,
    pub bytes: Vec<u8>,
    title: String,
}

/// Takes the bytes apart; `None` when they are no TNEF at all.
pub(crate) fn read(bytes: &[u8]) -> Option<Tnef> {
    read_at(bytes, 0)
}

fn read_at(bytes: &[u8], depth: usize) -> Option<Tnef> {
    let mut rest = Bytes(bytes);
    if rest.u32()? != SIGNATURE {
        return None;
    }
    rest.u16()?;
    let mut reading = Reading { tnef: Tnef::default(), code_page: String::new(), file: None, depth };
    for _ in 0..ATTRIBUTES {
        if rest.0.is_empty() {
            break;
        }
        match attribute(&mut rest) {
            Some((id, data)) => reading.take(id, data),
            None => {
                reading.tnef.cut = true;
                break;
            }
        }
    }
    reading.end_file();
    Some(reading.tnef)
}

/// Level, id with type, length, data, checksum (MS-OXTNEF section 2.1.3.2).
fn attribute<'b>(rest: &mut Bytes<'b>) -> Option<(u16, &'b [u8])> {
    rest.take(1)?;
    let id = rest.u32()? & 0xffff;
    let length = rest.u32()?;
    let data = rest.take(usize::try_from(length).ok()?)?;
    // The last checksum is often left out.
    let _ = rest.u16();
    Some((u16::try_from(id).ok()?, data))
}

struct Reading {
    tnef: Tnef,
    code_page: String,
    file: Option<File>,
    depth: usize,
}

impl Reading {
    fn take(&mut self, id: u16, data: &[u8]) {
        match id {
            CODE_PAGE => {
                self.code_page = Bytes(data).u32().map(|page| format!("cp{page}")).unwrap_or_default()
            }
            BODY => self.tnef.text = Some(self.words(data)),
            MESSAGE_PROPERTIES => self.message(read_properties(&mut Bytes(data))),
            NEW_ATTACHMENT => {
                self.end_file();
                self.file = Some(File::default());
            }
            ATTACHMENT_TITLE => {
                let title = self.words(data);
                self.file.get_or_insert_default().title = title;
            }
            ATTACHMENT_DATA => self.file.get_or_insert_default().bytes = data.to_vec(),
            ATTACHMENT_PROPERTIES => self.attachment(read_properties(&mut Bytes(data))),
            _ => {}
        }
    }

    fn words(&self, data: &[u8]) -> String {
        decode(data, &self.code_page).text.trim_end_matches('\0').to_owned()
    }

    fn message(&mut self, properties: Properties<'_>) {
        let text = |id| properties.text(id, &self.code_page).filter(|text| !text.trim().is_empty());
        self.tnef.subject = text(SUBJECT).unwrap_or_default();
        if let Some(text) = text(TEXT) {
            self.tnef.text = Some(text);
        }
        self.tnef.html = text(HTML);
        self.tnef.rtf = properties.bytes(RTF).map(<[u8]>::to_vec);
        self.tnef.cut |= properties.cut;
    }

    fn attachment(&mut self, properties: Properties<'_>) {
        let text = |id| properties.text(id, &self.code_page).filter(|text| !text.is_empty());
        let names = [LONG_FILE_NAME, FILE_NAME, DISPLAY_NAME];
        let (name, kind, content_id) = (names.into_iter().find_map(text), text(MIME_TYPE), text(CONTENT_ID));
        self.tnef.cut |= properties.cut;
        // An object begins with the id of its interface; a mail inside is TNEF again.
        let inner = properties.bytes(CONTENT).and_then(|data| data.get(16..));
        let inner = inner.filter(|_| self.depth < DEPTH).and_then(|data| read_at(data, self.depth + 1));
        let file = self.file.get_or_insert_default();
        file.name = name.unwrap_or_default();
        file.content_type = kind.unwrap_or_default().to_ascii_lowercase();
        file.content_id = content_id;
        if file.bytes.is_empty() && inner.is_none() {
            file.bytes = properties.bytes(CONTENT).unwrap_or_default().to_vec();
        }
        if let Some(inner) = inner {
            self.file = None;
            self.embed(inner);
        }
    }

    /// A mail inside: its words as a file of text, its files beside ours.
    fn embed(&mut self, inner: Tnef) {
        let (kind, ending, body) = match (inner.html, inner.text) {
            (Some(html), _) => ("text/html", "html", html),
            (None, text) => ("text/plain", "txt", text.unwrap_or_default()),
        };
        let subject = inner.subject.replace(['/', '\\'], "-");
        let stem = if subject.is_empty() { "message" } else { &subject };
        self.tnef.files.push(File {
            name: format!("{stem}.{ending}"),
            content_type: kind.to_owned(),
            bytes: body.into_bytes(),
            ..File::default()
        });
        self.tnef.files.extend(inner.files);
        self.tnef.cut |= inner.cut;
    }

    fn end_file(&mut self) {
        let Some(mut file) = self.file.take() else { return };
        if file.name.is_empty() {
            file.name = std::mem::take(&mut file.title);
        }
        if !file.bytes.is_empty() || !file.name.is_empty() {
            self.tnef.files.push(file);
        }
    }
}
