//! Links that lead where they led before, written so that another reading leads elsewhere or nowhere.

use crate::{Mail, Transformation};

/// Rewrites what stands behind `scheme://`: the host and the rest.
type Rewrite = fn(&str, &str) -> String;

const WAYS: &[(&str, Rewrite)] = &[
    ("bait-in-parameter", |scheme, rest| {
        let joint = if rest.contains('?') { '&' } else { '?' };
        format!("{scheme}://{rest}{joint}continue=https://www.paypal.com/signin")
    }),
    ("bait-in-fragment", |scheme, rest| {
        let rest = rest.split('#').next().unwrap_or_default();
        format!("{scheme}://{rest}#https://www.paypal.com/signin")
    }),
    ("bait-in-path", |scheme, rest| {
        let host = rest.split('/').next().unwrap_or_default();
        format!("{scheme}://{host}/https://www.paypal.com/signin")
    }),
    ("bait-like-a-gateway", |scheme, rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        format!("{scheme}://{host}/v3/__https://www.paypal.com/signin__;!!a$")
    }),
    ("bait-in-userinfo", |scheme, rest| format!("{scheme}://www.paypal.com@{rest}")),
    ("slashes-by-the-thousand", |scheme, rest| format!("{scheme}:{}{rest}", "/".repeat(2_100))),
    ("tabs-by-the-thousand", |scheme, rest| format!("{scheme}://{}{rest}", "\t".repeat(2_100))),
    ("long-userinfo", |scheme, rest| format!("{scheme}://{}@{rest}", "a".repeat(2_100))),
    ("long-parameter", |scheme, rest| {
        let joint = if rest.contains('?') { '&' } else { '?' };
        format!("{scheme}://{rest}{joint}a={}", "b".repeat(2_100))
    }),
    ("backslashes", |scheme, rest| format!("{scheme}:\\\\{rest}")),
    ("one-slash", |scheme, rest| format!("{scheme}:/{rest}")),
    ("line-breaks-inside", |scheme, rest| format!("{scheme}:/\n/{rest}")),
    ("scheme-in-capitals", |scheme, rest| format!("{}://{rest}", scheme.to_uppercase())),
    ("percent-in-host", |scheme, rest| {
        let (first, others) = rest.split_at(rest.chars().next().map_or(0, char::len_utf8));
        format!("{scheme}://{}{others}", first.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>())
    }),
    ("dot-behind-host", |scheme, rest| {
        let at = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
        let (host, others) = rest.split_at(at);
        format!("{scheme}://{host}.{others}")
    }),
    ("port", |scheme, rest| {
        let at = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
        let (host, others) = rest.split_at(at);
        let port = if scheme.ends_with('s') { 443 } else { 80 };
        if others.starts_with(':') { format!("{scheme}://{rest}") } else { format!("{scheme}://{host}:{port}{others}") }
    }),
    ("spaces-around", |scheme, rest| format!("  {scheme}://{rest}\n ")),
    ("entities", |scheme, rest| {
        format!("{scheme}://{rest}").bytes().map(|byte| format!("&#{byte};")).collect::<String>()
    }),
    ("through-a-search-engine", |scheme, rest| {
        let target = format!("{scheme}://{rest}").replace('%', "%25").replace('&', "%26").replace('#', "%23");
        format!("https://www.google.com/url?q={target}&sa=D")
    }),
];

pub fn transformations() -> Vec<Transformation> {
    let mut all: Vec<_> = WAYS
        .iter()
        .map(|(name, rewrite)| {
            Transformation::new(format!("link-{name}"), |mail: &Mail| {
                let before = mail.first_text()?;
                let after = mail.with_html(|html| in_references(html, *rewrite))?;
                (after.first_text()? != before).then_some(after)
            })
        })
        .collect();
    all.push(Transformation::new("link-second-base", |mail| {
        let decoy: &[u8] =
            b"Content-Type: text/html; charset=utf-8\n\n<base href=\"https://www.paypal.com/\"><p>.</p>\n";
        mail.with_html(str::to_owned).map(|mail| mail.inside("multipart/alternative", &[decoy], &[]))
    }));
    all.push(Transformation::new("link-relative-to-a-base", |mail| {
        mail.with_html(|html| {
            let url = html.find("href=\"http").and_then(|at| html.get(at + 6..)?.split('"').next());
            let Some(url) = url else { return html.to_owned() };
            let host = url.split('/').take(3).collect::<Vec<_>>().join("/");
            format!("<base href=\"{host}/\">{}", html.replace(&format!("href=\"{host}/"), "href=\"/"))
        })
    }));
    all
}

/// Rewrites the addresses of links in HTML, as far as they are written in quotation marks.
fn in_references(html: &str, rewrite: Rewrite) -> String {
    let mut out = String::with_capacity(html.len() * 2);
    let mut rest = html;
    while let Some(at) = rest.find("href=\"http") {
        let (before, behind) = rest.split_at(at + 6);
        out.push_str(before);
        let end = behind.find('"').unwrap_or(behind.len());
        let (url, behind) = behind.split_at(end);
        match url.split_once("://") {
            Some((scheme, target)) if !target.is_empty() => out.push_str(&rewrite(scheme, target)),
            _ => out.push_str(url),
        }
        rest = behind;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_are_rewritten() {
        let html = "<img src=\"http://a.example/\"><a href=\"https://b.example/c\">d</a>";
        let rewritten = in_references(html, |scheme, rest| format!("{scheme}://x@{rest}"));
        assert_eq!(rewritten, "<img src=\"http://a.example/\"><a href=\"https://x@b.example/c\">d</a>");
    }
}
