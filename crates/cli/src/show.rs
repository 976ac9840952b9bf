//! Making values fit to be shown: defanged.

/// An address nobody can click: `hxxps://example[.]com`.
pub fn defang(text: &str) -> String {
    let schemeless = match text.get(..4) {
        Some(start) if start.eq_ignore_ascii_case("http") => format!("hxxp{}", text.get(4..).unwrap_or_default()),
        _ => text.to_owned(),
    };
    schemeless.replace('.', "[.]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_shown_can_be_clicked() {
        assert_eq!(defang("https://www.example.com/a"), "hxxps://www[.]example[.]com/a");
        assert_eq!(defang("taro@example.jp"), "taro@example[.]jp");
    }
}
