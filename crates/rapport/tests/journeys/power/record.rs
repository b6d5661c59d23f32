//! Reads what the shim in `testkit/lossy` has recorded.

/// One thing that a program asked of the disk.
#[derive(Debug)]
pub enum Step<'a> {
    Create { inode: u64, path: &'a str },
    Write { inode: u64, at: u64, data: &'a [u8] },
    Size { inode: u64, size: u64 },
    Sync { inode: u64 },
    SyncFolder { path: &'a str },
    Rename { from: &'a str, to: &'a str },
    Link { from: &'a str, to: &'a str },
    Unlink { path: &'a str },
    Folder { path: &'a str },
}

const HEAD: usize = 25;

/// The steps of a record, each with the place in the record where it ends.
pub fn steps(record: &[u8]) -> impl Iterator<Item = (u64, Step<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &record[at..];
        let head = rest.get(..HEAD)?;
        let long = |from: usize| u64::from_ne_bytes(head[from..from + 8].try_into().expect("8 bytes"));
        let short =
            |from: usize| u32::from_ne_bytes(head[from..from + 4].try_into().expect("4 bytes")) as usize;
        let (path_end, data_end) = (HEAD + short(17), HEAD + short(17) + short(21));
        // The last record may be cut off by the kill: what it tells of was not acknowledged.
        let data = rest.get(path_end..data_end)?;
        let path = std::str::from_utf8(&rest[HEAD..path_end]).expect("paths are UTF-8");
        let to = || std::str::from_utf8(data).expect("paths are UTF-8");
        at += data_end;
        let (inode, number) = (long(1), long(9));
        let step = match head[0] {
            b'C' => Step::Create { inode, path },
            b'W' => Step::Write { inode, at: number, data },
            b'T' => Step::Size { inode, size: number },
            b'S' => Step::Sync { inode },
            b'D' => Step::SyncFolder { path },
            b'R' => Step::Rename { from: path, to: to() },
            b'L' => Step::Link { from: path, to: to() },
            b'U' => Step::Unlink { path },
            b'M' => Step::Folder { path },
            b'E' => panic!("{path} is written through memory, where no test sees it"),
            other => panic!("a record of an unknown kind: {other}"),
        };
        Some((at as u64, step))
    })
}
