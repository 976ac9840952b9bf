//! What a file is in words that everybody knows, by its first bytes and by its name.

use serde::Serialize;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// Something that runs, installs or mounts, or leads to what does.
    Program,
    /// A web page, which can ask for a password.
    Page,
    /// A PDF document.
    Pdf,
    /// A document of an office program.
    Document,
    /// A picture.
    Picture,
    /// Files packed into one.
    Archive,
}

/// Endings of names, without the dot.
const ENDINGS: &[(FileKind, &[&str])] = &[
    (
        FileKind::Program,
        &[
            "apk", "appx", "bat", "chm", "cmd", "com", "cpl", "dmg", "exe", "hta", "img", "iso", "jar", "js", "jse",
            "lnk", "msi", "msix", "pif", "pkg", "ps1", "scr", "vbe", "vbs", "vhd", "vhdx", "wsf", "xll",
        ],
    ),
    (FileKind::Page, &["htm", "html", "mht", "mhtml", "shtml", "svg", "xht", "xhtml"]),
    (FileKind::Pdf, &["pdf"]),
    (
        FileKind::Document,
        &["doc", "docm", "docx", "odp", "ods", "odt", "pps", "ppt", "pptx", "rtf", "xls", "xlsm", "xlsx"],
    ),
    (FileKind::Picture, &["bmp", "gif", "heic", "jpeg", "jpg", "png", "tif", "tiff", "webp"]),
    (FileKind::Archive, &["7z", "ace", "cab", "gz", "rar", "tar", "tgz", "zip"]),
];

/// Media types that tell it, where the subtype alone does.
const TYPES: &[(&str, FileKind)] = &[
    ("application/vnd.microsoft.portable-executable", FileKind::Program),
    ("application/x-executable", FileKind::Program),
    ("application/x-iso9660-image", FileKind::Program),
    ("application/x-ms-shortcut", FileKind::Program),
    ("application/x-virtual-disk", FileKind::Program),
    ("application/x-msdownload", FileKind::Program),
    ("application/xhtml+xml", FileKind::Page),
    ("image/svg+xml", FileKind::Page),
    ("text/html", FileKind::Page),
    ("application/pdf", FileKind::Pdf),
    ("application/msword", FileKind::Document),
    ("application/rtf", FileKind::Document),
    ("application/x-ole-storage", FileKind::Document),
    ("application/gzip", FileKind::Archive),
    ("application/vnd.rar", FileKind::Archive),
    ("application/x-7z-compressed", FileKind::Archive),
    ("application/zip", FileKind::Archive),
];

impl FileKind {
    /// What a file is, and what it makes believe to be where that is something tamer. Of its first bytes, its name and its
    /// declared type the first that tells counts; documents of office programs are archives inside.
    pub(crate) fn of(name: Option<&str>, declared: &str, actual: Option<&str>) -> (Option<Self>, Option<Self>) {
        let name = name.unwrap_or_default().to_lowercase();
        let mut endings = name.rsplit('.').take(name.matches('.').count());
        let named = endings.next().map(str::trim).and_then(Self::of_ending);
        // `invoice.pdf.exe`: where endings are not shown, the one before is.
        let before = endings.next().map(str::trim).and_then(Self::of_ending);
        let declared = Self::of_type(declared);
        let kind = match actual.and_then(Self::of_type) {
            // An archive or an old document may be what its name says: a package of Java, an installer.
            Some(Self::Archive | Self::Document) if named.is_some() => named,
            Some(kind) => Some(kind),
            None => named.or(declared),
        };
        let is_wild = matches!(kind, Some(Self::Program | Self::Page));
        let tamer = |claimed: &Self| !matches!(claimed, Self::Program | Self::Page);
        (kind, [named, before, declared].into_iter().flatten().find(tamer).filter(|_| is_wild))
    }

    /// What a file is by its name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::of_ending(name.rsplit_once('.')?.1.trim().to_lowercase().as_str())
    }

    /// What files are whose names end so, in lower case and without the dot.
    pub fn of_ending(ending: &str) -> Option<Self> {
        ENDINGS.iter().find(|(_, endings)| endings.contains(&ending)).map(|(kind, _)| *kind)
    }

    /// Whether there may be something inside that leads on.
    pub fn holds_more(self) -> bool {
        matches!(self, Self::Pdf | Self::Document | Self::Picture | Self::Archive)
    }

    fn of_type(media_type: &str) -> Option<Self> {
        let known = TYPES.iter().find(|(known, _)| *known == media_type).map(|(_, kind)| *kind);
        let is_office =
            media_type.starts_with("application/vnd.openxmlformats") || media_type.starts_with("application/vnd.ms-");
        known
            .or_else(|| is_office.then_some(Self::Document))
            .or_else(|| media_type.starts_with("image/").then_some(Self::Picture))
    }
}

#[cfg(test)]
mod tests {
    use super::FileKind::{self, *};

    #[test]
    fn what_runs_is_told_whatever_it_is_called() {
        let exe = Some("application/vnd.microsoft.portable-executable");
        assert_eq!(FileKind::of(Some("meisai.pdf"), "application/pdf", exe), (Some(Program), Some(Pdf)));
        assert_eq!(FileKind::of(Some("meisai.pdf.exe"), "application/octet-stream", None), (Some(Program), Some(Pdf)));
        assert_eq!(FileKind::of(Some("setup.exe"), "application/octet-stream", exe), (Some(Program), None));
        assert_eq!(FileKind::of(Some("invoice.docx"), "image/png", Some("text/html")), (Some(Page), Some(Document)));
    }

    #[test]
    fn what_is_what_it_says_makes_nobody_believe_anything() {
        let office = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        assert_eq!(FileKind::of(Some("a.docx"), office, Some("application/zip")), (Some(Document), None));
        assert_eq!(FileKind::of(Some("a.pdf"), "application/octet-stream", Some("application/pdf")), (Some(Pdf), None));
        assert_eq!(FileKind::of(Some("v1.2"), "application/octet-stream", None), (None, None));
        assert_eq!(FileKind::of(None, "image/gif", Some("image/gif")), (Some(Picture), None));
        assert_eq!(FileKind::of(Some("page.html"), "text/html", None), (Some(Page), None));
    }
}
