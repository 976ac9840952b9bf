//! HTML and CSS around the text: what another reading of the standard takes for hidden, for no text, or for no link.

use crate::{Mail, Transformation};

type Rewrite = fn(&str) -> String;

/// What a preheader or a footer says, and says nothing.
const NEUTRAL: &str =
    "Thank you for your continued interest in our garden club. The minutes of the last meeting are ready.";

#[expect(clippy::too_many_lines, reason = "one list")]
pub fn transformations() -> Vec<Transformation> {
    let alike: &[(&str, Rewrite)] = &[
        ("svg-style", |html| format!("<svg><style></svg>{html}")),
        ("svg-title", |html| format!("<svg><title></svg>{html}")),
        ("svg-script", |html| format!("<svg><script></svg>{html}")),
        ("math-style", |html| format!("<math><style></math>{html}")),
        ("svg-foreign-object", |html| {
            format!("<svg width=900 height=900><foreignObject width=900 height=900>{html}</foreignObject></svg>")
        }),
        ("noscript", |html| format!("<noscript>{html}</noscript>")),
        ("noframes-before", |html| format!("<noframes>{NEUTRAL}</noframes>{html}")),
        ("template-before", |html| format!("<template>{NEUTRAL}</template>{html}")),
        ("head-shown", |html| format!("<body><head style=display:block>{html}</head>")),
        ("display-twice", |html| format!("<div style=\"display:none;display:block\">{html}</div>")),
        ("display-invalid-last", |html| format!("<div style=\"display:none;display:block;display:gone\">{html}</div>")),
        ("display-important", |html| format!("<div style=\"display:block!important;display:none\">{html}</div>")),
        ("opacity-twice", |html| format!("<div style=\"opacity:0;opacity:1\">{html}</div>")),
        ("visibility-twice", |html| format!("<div style=\"visibility:hidden;visibility:visible\">{html}</div>")),
        ("visibility-inside", |html| {
            format!("<div style=\"visibility:hidden\"><div style=\"visibility:visible\">{html}</div></div>")
        }),
        ("font-size-inside", |html| {
            format!("<div style=\"font-size:0\"><div style=\"font-size:16px\">{html}</div></div>")
        }),
        ("rules-two", |html| format!("<style>.x{{display:none}}.x{{display:block}}</style><div class=x>{html}</div>")),
        ("rule-in-comment", |html| format!("<style>/* {{}} .x{{display:none}} */</style><div class=x>{html}</div>")),
        ("rule-for-print", |html| {
            format!("<style>@media print{{.x{{display:none}}}}</style><div class=x>{html}</div>")
        }),
        ("rule-for-narrow", |html| {
            format!("<style>@media (max-width:1px){{.x{{display:none}}}}</style><div class=x>{html}</div>")
        }),
        ("rule-unsupported", |html| {
            format!("<style>@supports (display:gone){{.x{{display:none}}}}</style><div class=x>{html}</div>")
        }),
        ("rule-outweighed", |html| {
            format!("<style>div.x{{display:block}}.x{{display:none}}</style><div class=x>{html}</div>")
        }),
        ("rule-for-another", |html| format!("<style>p .x{{display:none}}</style><div class=x>{html}</div>")),
        ("hidden-but-shown", |html| {
            format!("<style>[hidden]{{display:block!important}}</style><div hidden>{html}</div>")
        }),
        ("hidden-attribute-rule", |html| {
            format!("<style>[hidden=\"x\"]{{display:block!important}}</style><div hidden=x>{html}</div>")
        }),
        ("off-screen-and-back", |html| {
            format!("<div style=\"position:absolute;left:-9999px;left:0;position:static\">{html}</div>")
        }),
        ("clip-without-position", |html| format!("<div style=\"clip:rect(0,0,0,0)\">{html}</div>")),
        ("height-zero-shown", |html| format!("<div style=\"height:0;overflow:visible\">{html}</div>")),
        ("colour-on-other-ground", |html| {
            format!(
                "<div style=\"background:#000\"><div style=\"color:#fff;background:#fff;background:#003\">{html}</div></div>"
            )
        }),
        ("mso-hide", |html| format!("<div style=\"mso-hide:all\">{html}</div>")),
        ("select", |html| format!("<select><option>a</select>{html}")),
        ("comment-odd-end", |html| format!("<!--> <!-- a --!>{html}")),
        ("comment-short", |html| format!("<!--->{html}")),
        ("bogus-comment", |html| format!("<!x><?y?></ z>{html}")),
        ("cdata", |html| format!("<![CDATA[>{html}]]>")),
        ("conditional-comment", |html| format!("<![if !mso]>{html}<![endif]>")),
        ("doctype-late", |html| format!("<p>&nbsp;<!DOCTYPE html>{html}")),
        ("textarea-closed", |html| format!("<textarea></textarea>{html}")),
        ("frameset-ignored", |html| format!("<p>.<frameset><frame></frameset>{html}")),
        ("unclosed-everything", |html| format!("<table><tr><td><b><i><a name=x>{html}")),
        ("table-foster", |html| format!("<table>{html}</table>")),
        ("deep", |html| format!("{}{html}", "<div>".repeat(600))),
        ("deep-tables", |html| format!("{}{html}", "<table><tr><td>".repeat(120))),
        ("attributes-by-the-hundred", |html| {
            format!("<div {}>{html}</div>", (0..500).map(|at| format!("a{at}=1 ")).collect::<String>())
        }),
        ("base-of-targets", |html| format!("<base target=_blank>{html}")),
        ("preheader", |html| format!("<div style=\"display:none\">{NEUTRAL}</div>{html}")),
        ("poured-in-hidden", |html| format!("{html}<div style=\"display:none\">{}</div>", NEUTRAL.repeat(60))),
        ("poured-in-below", |html| format!("{html}{}{}", "<br>".repeat(120), format!("<p>{NEUTRAL}</p>").repeat(60))),
        ("poured-in-white", |html| format!("{html}<p style=\"color:#fff;background:#fff\">{}</p>", NEUTRAL.repeat(20))),
        ("in-html-comment-before", |html| format!("<!-- {} -->{html}", NEUTRAL.repeat(40))),
        ("math-link", |html| {
            html.replace("<a ", "<math><mtext ").replace("<A ", "<math><mtext ").replace("</a>", "</mtext></math>")
        }),
        ("svg-link", |html| {
            html.replace("<a href", "<svg width=99 height=20><a href")
                .replace("</a>", "<text y=15>Open</text></a></svg>")
        }),
        ("link-attributes-in-capitals", |html| html.replace("<a ", "<A\n").replace("href=", "HREF =\t")),
        ("line-break-hidden", |html| between_words(html, "<br style=\"display:none\">")),
        ("word-break", |html| between_words(html, "<wbr>")),
        ("empty-comments", |html| between_words(html, "<!-- -->")),
        ("empty-spans", |html| between_words(html, "<span></span>")),
        ("hidden-letters", |html| between_words(html, "<span style=\"display:none\">q</span>")),
        ("hidden-letters-by-class", |html| {
            format!("<style>.h b{{display:none}}</style><div class=h>{}</div>", between_words(html, "<b>q</b>"))
        }),
        ("tiny-letters", |html| between_words(html, "<span style=\"font-size:0\">q</span>")),
        ("inline-blocks", |html| between_words(html, "<div style=\"display:inline\"></div>")),
        ("numbered-entities", |html| {
            crate::letters::in_texts(html, |text| {
                text.chars()
                    .map(
                        |letter| {
                            if letter.is_alphabetic() {
                                format!("&#{};", u32::from(letter))
                            } else {
                                letter.to_string()
                            }
                        },
                    )
                    .collect()
            })
        }),
        ("hexadecimal-entities", |html| {
            crate::letters::in_texts(html, |text| {
                text.chars()
                    .map(|letter| {
                        if letter.is_alphabetic() { format!("&#x{:x};", u32::from(letter)) } else { letter.to_string() }
                    })
                    .collect()
            })
        }),
    ];
    let large: &[(&str, Rewrite)] = &[
        ("long-comment", |html| format!("<!-- {} -->{html}", "a".repeat(1_100_000))),
        ("long-style", |html| format!("<style>{}</style>{html}", ".a{color:red}".repeat(80_000))),
        ("long-attribute", |html| format!("<p title=\"{}\">{html}", "a".repeat(1_100_000))),
        ("many-pictures", |html| format!("{}{html}", "<img src=\"cid:a\" width=1 height=1>".repeat(2_001))),
        ("many-links-before", |html| format!("{}{html}", "<a href=\"#a\"></a>".repeat(2_001))),
        ("many-spans", |html| format!("{}{html}", "<span></span>".repeat(60_000))),
        ("many-spaces", |html| format!("{}{html}", "&nbsp;".repeat(200_000))),
    ];
    let rewritten = |name: &str, rewrite: Rewrite| {
        Transformation::new(format!("html-{name}"), move |mail: &Mail| mail.with_html(rewrite))
    };
    let all = alike.iter().map(|(name, rewrite)| rewritten(name, *rewrite));
    all.chain(large.iter().map(|(name, rewrite)| rewritten(name, *rewrite).large())).collect()
}

/// Puts markup into the middle of every word of more than three letters of the text.
fn between_words(html: &str, markup: &str) -> String {
    crate::letters::in_texts(html, |text| {
        crate::letters::in_words(text, |word| {
            let middle = word.char_indices().nth(2).map_or(word.len(), |(at, _)| at);
            let (start, end) = word.split_at(middle);
            format!("{start}{markup}{end}")
        })
    })
}
