//! Files that a program would run when somebody opens them.

/// What runs by itself on a common system, or carries what does.
const RUNS: [&str; 44] = [
    "ade", "adp", "apk", "app", "appx", "bat", "chm", "cmd", "com", "cpl", "dll", "dmg", "exe", "hta", "img",
    "ins", "iso", "jar", "js", "jse", "lib", "lnk", "mde", "msc", "msi", "msix", "msp", "mst", "nsh", "pif",
    "ps1", "reg", "scf", "scr", "sct", "sys", "vb", "vbe", "vbs", "vhd", "vxd", "wsc", "wsf", "wsh",
];
/// Documents that may hold macros.
const MACROS: [&str; 6] = ["docm", "dotm", "xlsm", "xltm", "pptm", "xlam"];
/// Covers of a double ending such as `invoice.pdf.exe` or `invoice.pdf.html`.
const COVERS: [&str; 10] = ["pdf", "doc", "docx", "xls", "xlsx", "jpg", "jpeg", "png", "txt", "mp3"];

/// Whether a file should be opened by nobody who does not expect it: a program, macros, or an ending that hides another.
#[must_use]
pub fn is_risky_file(name: &str) -> bool {
    // Marks that turn the direction of writing hide an ending: "fdp.exe" reads as "exe.pdf".
    if name.chars().any(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')) {
        return true;
    }
    let folded = name.trim().trim_end_matches(['.', ' ']).to_lowercase();
    let mut endings = folded.rsplit('.').map(str::trim);
    let Some(last) = endings.next().filter(|last| *last != folded) else { return false };
    let hidden = endings.next().is_some_and(|before| COVERS.contains(&before));
    RUNS.contains(&last)
        || MACROS.contains(&last)
        || hidden && matches!(last, "html" | "htm" | "svg" | "zip" | "rar")
}
