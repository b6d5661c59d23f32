//! Mails that hurt whoever unpacks what is attached to them.

/// A mail with one attachment.
fn attached(content_type: &str, name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "From: a@x.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the file.\r\n--b\r\n\
         Content-Type: {content_type}; name={name}\r\nContent-Disposition: attachment\r\n\r\n"
    );
    [head.as_bytes(), bytes, b"\r\n--b--\r\n"].concat()
}

/// Zeros in the fixed code of DEFLATE (RFC 1951 section 3.2.6): 13 bits stand for 258 of them.
fn deflated_zeros(size: usize) -> Vec<u8> {
    let mut bits: Vec<u8> = vec![1, 1, 0];
    // The byte 0, which the copies then copy.
    bits.extend([0, 0, 1, 1, 0, 0, 0, 0]);
    while bits.len() / 8 < size {
        bits.extend([1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
    }
    // The end of the block.
    bits.extend([0; 7]);
    let byte = |eight: &[u8]| eight.iter().enumerate().fold(0, |byte, (at, bit)| byte | bit << at);
    bits.chunks(8).map(byte).collect()
}

pub(crate) fn gzip(size: usize) -> Vec<u8> {
    let head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let packed = [head.as_slice(), &deflated_zeros(size), &[0; 8]].concat();
    attached("application/gzip", "log.gz", &packed)
}

pub(crate) fn zip(size: usize) -> Vec<u8> {
    let packed = deflated_zeros(size);
    let length = u32::try_from(packed.len()).unwrap_or(u32::MAX).to_le_bytes();
    let local =
        [b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0".as_slice(), &length, &[255; 4], b"\x05\0\0\0a.xml"]
            .concat();
    attached("application/zip", "report.docx", &[local, packed].concat())
}

fn attribute(out: &mut Vec<u8>, id: u32, data: &[u8]) {
    out.push(1);
    out.extend(id.to_le_bytes());
    out.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend(data);
    out.extend([0, 0]);
}

const TNEF: [u8; 6] = [0x78, 0x9f, 0x3e, 0x22, 1, 0];

/// Compressed rich text in which every two bytes stand for seventeen.
pub(crate) fn tnef(size: usize) -> Vec<u8> {
    let mut rich = vec![0xff; 4];
    rich.extend(u32::MAX.to_le_bytes());
    rich.extend(b"LZFu\0\0\0\0");
    // A copy from the place that is written next would end it, so each copies from the place after that.
    let mut write = 207_usize;
    while rich.len() < size {
        rich.push(0xff);
        for _ in 0..8 {
            let place = (write + 1) % 4096;
            rich.extend([(place >> 4) as u8, ((place & 0x0f) << 4) as u8 | 0x0f]);
            write = (write + 17) % 4096;
        }
    }
    let mut properties = 1_u32.to_le_bytes().to_vec();
    properties.extend([0x02, 0x01, 0x09, 0x10, 1, 0, 0, 0]);
    properties.extend(u32::try_from(rich.len()).unwrap_or(u32::MAX).to_le_bytes());
    properties.extend(rich);
    let mut packed = TNEF.to_vec();
    attribute(&mut packed, 0x0006_9003, &properties);
    attached("application/ms-tnef", "winmail.dat", &packed)
}

pub(crate) fn tnef_attributes(size: usize) -> Vec<u8> {
    let mut packed = TNEF.to_vec();
    while packed.len() < size {
        attribute(&mut packed, 0x0006_9002, &[0; 14]);
        attribute(&mut packed, 0x0001_8010, b"a.txt");
        attribute(&mut packed, 0x0006_800f, b"x");
    }
    attached("application/ms-tnef", "winmail.dat", &packed)
}

/// Entities that stand for each other a billion times over, and a picture that says it has ten thousand million dots.
pub(crate) fn entities(size: usize) -> Vec<u8> {
    let mut xml = String::from("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a0 \"laugh\">");
    let mut level = 0;
    while xml.len() < size {
        let inner = format!("&a{level};").repeat(10);
        level += 1;
        xml.push_str(&format!("<!ENTITY a{level} \"{inner}\">"));
    }
    xml.push_str(&format!("]><a>&a{level};</a>"));
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\x86\xa0\0\x01\x86\xa0\x08\x06\0\0\0";
    let head = "From: a@x.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n";
    let parts = [
        xml.as_bytes(),
        b"\r\n--b\r\nContent-Type: image/svg+xml; name=a.svg\r\nContent-Disposition: attachment\r\n\r\n",
        xml.as_bytes(),
        b"\r\n--b\r\nContent-Type: image/png; name=a.png\r\nContent-Disposition: inline\r\n\r\n",
        picture,
        b"\r\n--b--\r\n",
    ];
    [head.as_bytes(), &parts.concat()].concat()
}
