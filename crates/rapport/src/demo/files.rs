//! The files that customers and agents of the story attach.

use base::Result;
use base::error::internal;
use mime::Attached;

const FILES: [(&str, &str, &[u8]); 6] = [
    ("leak.png", "image/png", include_bytes!("../../demo/files/leak.png")),
    ("crack.png", "image/png", include_bytes!("../../demo/files/crack.png")),
    ("display.png", "image/png", include_bytes!("../../demo/files/display.png")),
    ("counter-plan.png", "image/png", include_bytes!("../../demo/files/counter-plan.png")),
    ("invoice-LL-20418.pdf", "application/pdf", include_bytes!("../../demo/files/invoice-LL-20418.pdf")),
    ("return-label.pdf", "application/pdf", include_bytes!("../../demo/files/return-label.pdf")),
];

pub fn get(name: &str) -> Result<Attached> {
    let found = FILES.iter().find(|(known, _, _)| *known == name);
    let (name, content_type, bytes) =
        found.ok_or_else(|| internal(format!("the demo has no file called {name}")))?;
    Ok(Attached {
        name: (*name).to_owned(),
        content_type: (*content_type).to_owned(),
        content_id: None,
        bytes: bytes.to_vec(),
    })
}
