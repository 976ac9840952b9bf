//! Messages that are much of one thing, to measure what it costs: shapes, of which each is made as long as is asked for.
//! `growth.rs` holds each to grow with its length and no faster, `examples/costs.rs` tells how long each takes.

/// What makes a message of a shape, of about so many repetitions.
type Make = fn(usize) -> String;

/// The name of a shape, the repetitions of the longest message of it that growth is measured by, and what makes one.
pub type Shape = (&'static str, usize, Make);

const HEAD: &str = "From: Taro <taro@example.jp>\r\nTo: hanako@example.com\r\nSubject: x\r\nX-About: a test\r\n";

fn field(text: &str) -> String {
    format!("{HEAD}{text}\r\n\r\nbody\r\n")
}

/// A message in HTML.
pub fn html(text: &str) -> String {
    format!("{HEAD}Content-Type: text/html; charset=utf-8\r\n\r\n{text}\r\n")
}

fn plain(text: &str) -> String {
    format!("{HEAD}\r\n{text}\r\n")
}

fn multipart(text: &str) -> String {
    format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{text}\r\n--b--\r\n")
}

fn numbered(count: usize, make: impl Fn(usize) -> String) -> String {
    (0..count).map(make).collect()
}

/// Every shape.
pub const SHAPES: &[Shape] = &[
    ("many fields", 100_000, |n| field(&numbered(n, |at| format!("X-{at}: a\r\n")))),
    ("one long field", 2_000_000, |n| field(&format!("X-Long: {}", "a".repeat(n)))),
    ("a folded field", 100_000, |n| field(&format!("X-Long: a{}", "\r\n b".repeat(n)))),
    ("lines without colon", 100_000, |n| field(&"word\r\nX: a\r\n".repeat(n))),
    ("many subjects", 50_000, |n| field(&"Subject: a\r\n".repeat(n))),
    ("encoded words", 40_000, |n| field(&format!("Subject: {}", "=?utf-8?Q?a?= ".repeat(n)))),
    ("beginnings of encoded words", 80_000, |n| field(&format!("Subject: {}", "=?utf-8?Q?".repeat(n)))),
    ("charsets without end", 40_000, |n| field(&format!("Subject: {}", numbered(n, |at| format!("=?x{at}?Q?a?= "))))),
    ("many recipients", 40_000, |n| field(&format!("Cc: {}", "a@example.com, ".repeat(n)))),
    ("many authors", 40_000, |n| format!("From: {}\r\n\r\nbody\r\n", "A <a@example.com>, ".repeat(n))),
    ("colons behind an address", 400_000, |n| field(&format!("Cc: {}@{}", "a".repeat(n), ":".repeat(n)))),
    ("comments in an address", 400_000, |n| field(&format!("Cc: {}", "(".repeat(n)))),
    ("a name letter by letter", 400_000, |n| format!("From: \"{}\" <a@example.com>\r\n\r\nbody\r\n", "a b ".repeat(n))),
    ("brands in a name", 50_000, |n| format!("From: \"{}\" <a@example.com>\r\n\r\nbody\r\n", "paypal x ".repeat(n))),
    ("brands in a subject", 50_000, |n| field(&format!("Subject: {}", "paypal x ".repeat(n)))),
    ("brands in brackets", 50_000, |n| field(&format!("Subject: [{}]", "paypal x ".repeat(n)))),
    ("brands in one address", 50_000, |n| {
        format!("From: PayPal <a@example.com>\r\nSubject: PayPal\r\n\r\nPayPal\r\n{}\r\n", "paypal.x/".repeat(n))
    }),
    ("groups", 100_000, |n| field(&format!("Cc: {}", "a:;".repeat(n)))),
    ("hops", 20_000, |n| field(&"Received: from a (b [192.0.2.1]) by c; Tue, 3 Sep 2024 10:15:00 +0900\r\n".repeat(n))),
    ("results", 20_000, |n| field(&"Authentication-Results: a; spf=pass smtp.mailfrom=b\r\n".repeat(n))),
    ("methods", 50_000, |n| field(&format!("Authentication-Results: a{}", "; spf=pass (c) x.y=z".repeat(n)))),
    ("signatures", 20_000, |n| field(&"DKIM-Signature: v=1; d=example.com; h=a:b; b=c\r\n".repeat(n))),
    ("tags", 100_000, |n| field(&format!("DKIM-Signature: {}", "a=b; ".repeat(n)))),
    ("targets to unsubscribe", 20_000, |n| {
        field(&format!("List-Unsubscribe: {}", "<https://example.com/>, ".repeat(n)))
    }),
    ("references", 50_000, |n| field(&format!("References: {}", "<a@b> ".repeat(n)))),
    ("parameters", 50_000, |n| field(&format!("Content-Type: text/plain; {}", "a=b; ".repeat(n)))),
    ("continued parameters", 50_000, |n| {
        field(&format!("Content-Type: text/plain; {}", numbered(n, |at| format!("name*{at}*=a; "))))
    }),
    ("one long line", 9_000_000, |n| plain(&"a".repeat(n))),
    ("one long line of words", 500_000, |n| plain(&"word ".repeat(n))),
    ("blank lines", 500_000, |n| plain(&"\r\n".repeat(n))),
    ("addresses in text", 50_000, |n| plain(&numbered(n, |at| format!("https://example.com/{at} ")))),
    ("schemes in text", 200_000, |n| plain(&"https://".repeat(n))),
    ("closing brackets", 500_000, |n| plain(&format!("https://example.com/a{}", ")".repeat(n)))),
    ("numbers", 200_000, |n| plain(&"2023 ".repeat(n))),
    ("dates", 100_000, |n| plain(&"12 June 2023, ".repeat(n))),
    ("fullwidth dates", 50_000, |n| plain(&"\u{FF12}\u{FF10}\u{FF12}\u{FF13}\u{5E74}6\u{6708}12\u{65E5} ".repeat(n))),
    ("invisible characters", 200_000, |n| plain(&"a\u{200B}".repeat(n))),
    ("look-alikes", 100_000, |n| plain(&"p\u{0430}yp\u{0430}l ".repeat(n))),
    ("links", 50_000, |n| html(&numbered(n, |at| format!("<a href='https://example.com/{at}'>{at}</a> ")))),
    ("links that show addresses", 20_000, |n| {
        html(&numbered(n, |at| {
            format!("<a href='https://a.example/{at}'>https://b.example/{at}</a> https://c.example/{at} ")
        }))
    }),
    ("open links", 100_000, |n| html(&"<a href='https://example.com/'>".repeat(n))),
    ("nested tags", 100_000, |n| html(&"<div>".repeat(n))),
    ("nested tables", 50_000, |n| html(&"<table><tr><td>".repeat(n))),
    ("tags that end nothing", 200_000, |n| html(&"</p></div>".repeat(n))),
    ("attributes", 100_000, |n| html(&format!("<p {}>", numbered(n, |at| format!("a{at}=b "))))),
    ("the same attribute", 100_000, |n| html(&format!("<p {}>", "a=b ".repeat(n)))),
    ("entities", 400_000, |n| html(&"&amp;&#65;&bogus".repeat(n / 4))),
    ("comments", 100_000, |n| html(&"<!-- a b c d e f g h i -->".repeat(n))),
    ("a comment without end", 1_000_000, |n| html(&format!("<!--{}", "<a ".repeat(n / 3)))),
    ("hidden text", 50_000, |n| html(&"<p style='display:none'>secret</p>".repeat(n))),
    ("declarations", 200_000, |n| html(&format!("<p style='{}'>a</p>", "color:red;".repeat(n)))),
    ("a style sheet", 30_000, |n| {
        html(&format!("<style>{}</style>", numbered(n, |at| format!(".c{at}{{color:red}}"))))
    }),
    ("styles on everything", 30_000, |n| {
        html(&format!("<style>{}</style>{}", ".c{color:red}".repeat(2_000), "<p class=c>a".repeat(n)))
    }),
    ("styles on everything of many parts", 80, |n| {
        let rules = format!("{}{{{}}}", ".x,".repeat(50) + ".x", "color:#fff;background:#000;".repeat(80));
        let page =
            format!("--b\r\nContent-Type: text/html\r\n\r\n<style>{rules}</style>{}\r\n", "<b class=x>a".repeat(500));
        multipart(&page.repeat(n))
    }),
    ("rules for every element", 20_000, |n| {
        html(&format!("<style>{}</style>{}", "*{color:red}".repeat(1_000), "<p>a".repeat(n)))
    }),
    ("rules for descendants", 20_000, |n| {
        let rules = "div>i .x b,div .x b{display:none}".repeat(500);
        html(&format!("<style>{rules}</style>{}{}", "<div>".repeat(250), "<b>a</b>".repeat(n)))
    }),
    ("braces in a style sheet", 400_000, |n| html(&format!("<style>{}</style>", "@layer{".repeat(n / 7)))),
    ("comments in a style sheet", 100_000, |n| html(&format!("<style>{}</style>", "/**/a{".repeat(n)))),
    ("texts that styles write", 30_000, |n| {
        html(&format!("<style>b:before{{content:'word'}}</style>{}", "<b></b>".repeat(n)))
    }),
    ("hidden letters", 50_000, |n| html(&"wo<i hidden>x</i>rd ".repeat(n))),
    ("letters apart", 200_000, |n| plain(&"v e r i f y ".repeat(n / 6))),
    ("dots in words", 100_000, |n| plain(&"veri\u{B7}fy ".repeat(n))),
    ("svg in html", 50_000, |n| html(&"<svg><title><p>".repeat(n))),
    ("classes", 100_000, |n| html(&format!("<style>.c{{color:red}}</style><p class='{}'>a", "c ".repeat(n)))),
    ("style sheets", 20_000, |n| html(&"<style>p{color:red}</style>".repeat(n))),
    ("pictures", 50_000, |n| html(&"<img src='https://example.com/a.png' alt='a'>".repeat(n))),
    ("parts", 50_000, |n| multipart(&"--b\r\n\r\na\r\n".repeat(n))),
    ("parts in HTML", 20_000, |n| {
        multipart(&"--b\r\nContent-Type: text/html\r\n\r\n<a href=https://a.example>a\r\n".repeat(n))
    }),
    ("files", 20_000, |n| multipart(&"--b\r\nContent-Type: a/b; name=c\r\n\r\na\r\n".repeat(n))),
    ("boundaries that never come", 20_000, |n| {
        multipart(&numbered(n, |at| format!("--b\r\nContent-Type: multipart/mixed; boundary=n{at}\r\n\r\na\r\n")))
    }),
    ("nested multiparts", 20_000, |n| {
        multipart(&format!(
            "--b\r\n{}",
            numbered(n, |at| format!("Content-Type: multipart/mixed; boundary=b{at}\r\n\r\n--b{at}\r\n"))
        ))
    }),
    ("nested messages", 50_000, |n| format!("{HEAD}{}", "Content-Type: message/rfc822\r\n\r\n".repeat(n))),
    ("headers of parts that do not end", 50_000, |n| multipart(&"--b\r\nX: a\r\nX: b\r\n".repeat(n))),
    ("dashes", 500_000, |n| multipart(&"--\r\n".repeat(n))),
    ("base64", 60_000, |n| {
        multipart(&format!(
            "--b\r\nContent-Type: a/b\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            "QUJD".repeat(15).repeat(n)
        ))
    }),
    ("quoted-printable", 300_000, |n| {
        format!("{HEAD}Content-Transfer-Encoding: quoted-printable\r\n\r\n{}", "=E3=81=82=\r\n".repeat(n))
    }),
    // Styles: a rule is applied to what it selects, and both are the sender's.
    ("selectors of one rule", 100_000, |n| {
        html(&format!("<style>{}.z{{color:red}}</style><p class=a>a", numbered(n, |at| format!(".c{at},"))))
    }),
    ("the same selector", 40_000, |n| {
        html(&format!("<style>{}.x{{color:red}}</style>{}", ".x,".repeat(n), "<b class=x>a".repeat(n / 4)))
    }),
    ("long declarations of one rule", 40_000, |n| {
        html(&format!(
            "<style>.x{{{}}}</style>{}",
            "color:#fff;background:#000;".repeat(n),
            "<b class=x>a".repeat(n / 4)
        ))
    }),
    ("long declarations of every element", 2_000, |n| {
        html(&format!("<b style='{}'>a", "color:#fff;background:#000;font-size:12px;".repeat(10)).repeat(n))
    }),
    ("attribute selectors", 10_000, |n| {
        let rules = numbered(n, |at| format!("[a{at}=b]{{color:red}}"));
        html(&format!("<style>{rules}</style>{}", "<p a1=b a2=c a3=d>a".repeat(n)))
    }),
    ("attributes by their beginnings", 10_000, |n| {
        let rules = numbered(n, |at| format!("[class*=a{at}],[class^=b],[class$=c]{{display:none}}"));
        html(&format!("<style>{rules}</style>{}", format!("<p class='{}'>a", "a ".repeat(20)).repeat(n / 4)))
    }),
    ("ids by the thousand", 15_000, |n| {
        let rules = numbered(n, |at| format!("#i{at}{{display:none}}"));
        html(&format!("<style>{rules}</style>{}", numbered(n, |at| format!("<p id=i{at}>a"))))
    }),
    ("children of children", 2_000, |n| {
        let rules = format!("{}b{{display:none}}", "div>".repeat(50));
        html(&format!("<style>{}</style>{}", rules.repeat(n / 10), format!("{}<b>a", "<div>".repeat(60)).repeat(n)))
    }),
    ("anything within anything", 20_000, |n| {
        let rules = format!("{}b{{display:none}}", "* ".repeat(40));
        html(&format!("<style>{}</style>{}{}", rules.repeat(100), "<div>".repeat(n), "<b>a</b>".repeat(n)))
    }),
    ("siblings", 20_000, |n| {
        html(&format!("<style>{}</style>{}", "b~b~b~i,b+b+i{display:none}".repeat(n / 20), "<b>a</b>".repeat(n)))
    }),
    ("nested rules", 30_000, |n| html(&format!("<style>{}</style><p class=a>a", ".a{color:red;&".repeat(n)))),
    ("nested media", 30_000, |n| {
        html(&format!("<style>{}p{{color:red}}{}</style><p>a", "@media all{".repeat(n), "}".repeat(n)))
    }),
    ("brackets in selectors", 60_000, |n| html(&format!("<style>{}p{{color:red}}</style><p>a", ":not(:is(".repeat(n)))),
    ("quotation marks in a style sheet", 200_000, |n| html(&format!("<style>{}</style><p>a", "a{b:'\n".repeat(n / 2)))),
    ("escapes in a style sheet", 100_000, |n| html(&format!("<style>.{}{{color:red}}</style><p>a", "\\64 ".repeat(n)))),
    ("addresses in a style sheet", 100_000, |n| html(&format!("<style>{}</style><p>a", "a{b:url(".repeat(n)))),
    ("variables", 20_000, |n| {
        let rules = numbered(n, |at| format!("--v{at}:var(--v{});", at + 1));
        html(&format!("<style>p{{{rules}color:var(--v0)}}</style>{}", "<p>a".repeat(n)))
    }),
    ("colours as functions", 30_000, |n| {
        html(&"<b style='color:rgb(calc(1 + (2)),255 , 255);background:hsl(1deg 2% 3% / .5)'>a".repeat(n / 3))
    }),
    ("sheets brought in", 30_000, |n| {
        html(&format!("<style>{}</style>", "@import url(https://a.example/);".repeat(n)))
    }),
    ("long texts that styles write", 10_000, |n| {
        let text = "word ".repeat(n / 10);
        html(&format!("<style>b:before{{content:'{text}'}}</style>{}", "<b></b>".repeat(n)))
    }),
    ("attributes that styles write", 4_000, |n| {
        let pieces = "attr(title) ".repeat(n / 10);
        let title = "word ".repeat(n / 10);
        html(&format!(
            "<style>b:before{{content:{pieces}}}</style>{}",
            format!("<b title='{title}'></b>").repeat(n / 100)
        ))
    }),
    ("styles of every alternative", 4_000, |n| {
        let page = "--b\r\nContent-Type: text/html\r\n\r\n<style>.x,.x,.x{color:red}</style><b class=x>a\r\n";
        format!("{HEAD}Content-Type: multipart/alternative; boundary=b\r\n\r\n{}--b--\r\n", page.repeat(n))
    }),
    // Two lists of the sender's, of which each is compared with the other.
    ("hosts that received it and links", 10_000, |n| {
        let to = numbered(n, |at| format!("u@dom{at}x.example,"));
        let links = numbered(n / 4, |at| format!("<a href='https://dom{at}y.example/'>a</a>"));
        format!("Delivered-To: {to}\r\nContent-Type: text/html\r\n{HEAD}\r\n{links}")
    }),
    ("addresses it was delivered to", 40_000, |n| {
        format!("Delivered-To: {}\r\n{HEAD}\r\nbody\r\n", numbered(n, |at| format!("u{at}@d{at}.example,")))
    }),
    ("fields that tell the recipient", 20_000, |n| {
        field(&numbered(n, |at| format!("X-Original-To: u{at}@d{at}.example\r\nEnvelope-To: v{at}@d{at}.example\r\n")))
    }),
    ("recipients and links that carry one", 8_000, |n| {
        let to = |at| format!("user{at}@domain{at}.example");
        let links = numbered(n, |at| format!("<a href='https://evil.test/?e={0}'>{0}</a>", to(at)));
        format!("To: {}\r\nContent-Type: text/html\r\n\r\n{links}", numbered(n, |at| to(at) + ","))
    }),
    ("recipients that begin alike", 16_000, |n| {
        let to = numbered(n, |at| format!("{}{at}@a.example,", "a".repeat(60)));
        format!("To: {to}\r\nSubject: {}\r\n\r\n", "a".repeat(300))
    }),
    // Published, with the recipient masked.
    ("runs that may be encodings", 800, |n| field(&format!("DKIM-Signature: b={}\r\n", "QUJD".repeat(450)).repeat(n))),
    ("signs that begin an encoding", 800, |n| {
        field(&format!("Reply-To: {}\r\n", "a@%25%2525 61-62-63 &#65; \\u0041 =40".repeat(50)).repeat(n))
    }),
    ("names of recipients in the text", 8_000, |n| {
        let to = numbered(n, |at| format!("Taro{at} Yamada{at} <t{at}@example.jp>,"));
        format!("To: {to}\r\nFrom: a@example.com\r\n\r\n{}", numbered(n, |at| format!("Dear Taro{at} Yamada{at}, ")))
    }),
    ("passwords that run out", 40_000, |n| plain(&"password expired, ".repeat(n))),
    ("quoted warnings in one line", 60_000, |n| plain(&format!("phishing {}", "\"verify your account\" ".repeat(n)))),
    ("quotation marks that open", 300_000, |n| plain(&"\u{201C}verify ".repeat(n / 3))),
    ("denials", 40_000, |n| plain(&"we never ask for your password, do not verify your account. ".repeat(n / 2))),
    ("demands in one line", 40_000, |n| plain(&"verify your account immediately ".repeat(n))),
    ("demands in many lines", 40_000, |n| plain(&"Verify your account immediately!\r\n".repeat(n))),
    ("words of the subject in the text", 40_000, |n| {
        let words = numbered(n, |at| format!("word{at} "));
        format!("From: a@example.com\r\nSubject: {words}\r\n\r\n{words}\r\n")
    }),
    ("domains that vouch", 10_000, |n| {
        field(&numbered(n, |at| {
            format!(
                "Authentication-Results: mx.example.org; dkim=pass header.d=d{at}.example\r\nDKIM-Signature: v=1; \
                 d=d{at}.example; b=a\r\n"
            )
        }))
    }),
    ("passes of one field", 30_000, |n| {
        let results = numbered(n, |at| format!("; dkim=pass header.d=d{at}.example"));
        format!("Authentication-Results: mx.example.org{results}\r\n{HEAD}\r\nbody\r\n")
    }),
    ("hops and results", 8_000, |n| {
        let pair = |at| {
            format!(
                "Received: from h{at}.example (h{at}.example [192.0.2.1]) by h{}.example; Tue, 3 Sep 2024 10:15:00 \
                 +0900\r\nAuthentication-Results: h{at}.example; spf=pass smtp.mailfrom=d{at}.example\r\n",
                at + 1
            )
        };
        format!("{}{HEAD}\r\nbody\r\n", numbered(n, pair))
    }),
    ("seals", 10_000, |n| {
        field(&numbered(n, |at| {
            format!(
                "ARC-Seal: i={at}; d=d{at}.example; b=a\r\nARC-Authentication-Results: i={at}; d{at}.example; spf=pass\r\n"
            )
        }))
    }),
    ("lists of the sender's", 20_000, |n| {
        field(&numbered(n, |at| format!("List-Id: <l{at}.example>\r\nList-Post: <mailto:a@l{at}.example>\r\n")))
    }),
    ("addresses to answer to", 40_000, |n| {
        field(&format!("Reply-To: {}", numbered(n, |at| format!("A{at} <a{at}@d{at}.example>, "))))
    }),
    ("authors of many names", 30_000, |n| {
        format!("From: {}\r\n\r\nbody\r\n", numbered(n, |at| format!("Name{at} <a{at}@d{at}.example>, ")))
    }),
    ("domains of links", 30_000, |n| {
        html(&numbered(n, |at| format!("<a href='https://d{at}.example/'>https://e{at}.example</a> ")))
    }),
    ("brands as hosts of links", 20_000, |n| {
        html(&numbered(n, |at| format!("<a href='https://paypal-{at}.amazon{at}.example/microsoft'>PayPal</a> ")))
    }),
    ("brands in the text", 60_000, |n| plain(&"Amazon PayPal \u{697D}\u{5929} Microsoft ".repeat(n / 2))),
    ("names nearly those of brands", 60_000, |n| plain(&"Arnazon PayPa1 Micros0ft www.paypa1.example ".repeat(n / 2))),
    ("signatures of brands", 40_000, |n| plain(&"-- \r\nPayPal\r\nThe PayPal Team\r\n".repeat(n / 2))),
    ("files and names of files in the text", 8_000, |n| {
        let files = numbered(n, |at| format!("--b\r\nContent-Type: a/b; name=invoice{at}.pdf.exe\r\n\r\na\r\n"));
        multipart(&format!("--b\r\n\r\n{}\r\n{files}", numbered(n, |at| format!("invoice{at}.pdf "))))
    }),
    ("pictures and what they are called by", 8_000, |n| {
        let files = numbered(n, |at| format!("--b\r\nContent-Type: image/png\r\nContent-ID: <i{at}>\r\n\r\na\r\n"));
        let page = numbered(n, |at| format!("<img src=cid:i{at}>"));
        multipart(&format!("--b\r\nContent-Type: text/html\r\n\r\n{page}\r\n{files}"))
    }),
    ("messages one beside the other", 8_000, |n| {
        multipart(&format!("--b\r\nContent-Type: message/rfc822\r\n\r\n{HEAD}\r\nverify your account\r\n").repeat(n))
    }),
    ("forms", 20_000, |n| html(&"<form action='https://a.example/'><input type=password name=a></form>".repeat(n))),
    ("labels of many pieces", 40_000, |n| html(&format!("<a href='https://a.example/'>{}</a>", "<b>w</b> ".repeat(n)))),
    ("bases", 20_000, |n| html(&numbered(n, |at| format!("<base href='https://b{at}.example/'><a href=/{at}>a</a>")))),
    ("targets within targets", 20_000, |n| {
        html(&format!("<a href='{}https://a.example/'>a</a>", "https://www.google.com/url?q=".repeat(n)))
    }),
    ("links with targets within", 8_000, |n| {
        html(&numbered(n, |at| {
            format!("<a href='https://www.google.com/url?q=https://a{at}.example/?u=https://b.example'>a</a>")
        }))
    }),
    ("encoded percent signs", 200_000, |n| {
        html(&format!("<a href='https://a.example/?u=https%{}3A'>a</a>", "25".repeat(n)))
    }),
    ("parameters of an address", 100_000, |n| {
        html(&format!("<a href='https://a.example/?{}'>a</a>", numbered(n, |at| format!("a{at}=b&"))))
    }),
    ("labels of a host", 200_000, |n| html(&format!("<a href='https://{}example/'>a</a>", "a.".repeat(n)))),
    ("hosts in other scripts", 10_000, |n| {
        html(&numbered(n, |at| format!("<a href='https://p\u{0430}yp\u{0430}l{at}.example/'>xn--pypl-{at}</a> ")))
    }),
    ("users before a host", 200_000, |n| html(&format!("<a href='https://{}a.example/'>a</a>", "a@".repeat(n)))),
    ("slashes before a host", 400_000, |n| html(&format!("<a href='https:{}a.example/'>a</a>", "/".repeat(n)))),
    ("recipients of a link", 50_000, |n| {
        html(&format!("<a href='mailto:{}'>a</a>", numbered(n, |at| format!("a{at}@example.com,"))))
    }),
    ("pages within links", 40_000, |n| html(&format!("<a href='data:text/html,{}'>a</a>", "<a href=b>".repeat(n)))),
    ("addresses of mail in text", 50_000, |n| plain(&numbered(n, |at| format!("a{at}@d{at}.example ")))),
    ("telephone numbers", 60_000, |n| plain(&"+1 (800) 555-0100, ".repeat(n))),
    ("amounts", 100_000, |n| plain(&"$1,234.56 ".repeat(n))),
    ("accounts and wallets", 20_000, |n| {
        plain(&"DE89370400440532013000 bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq ".repeat(n))
    }),
    ("one sentence", 200_000, |n| plain(&"if you want, ".repeat(n / 2))),
    ("full stops", 1_000_000, |n| plain(&".".repeat(n))),
    ("Japanese in one line", 100_000, |n| plain(&"\u{3042}\u{672C}\u{4EBA}\u{78BA}\u{8A8D}".repeat(n / 3))),
    ("accents put on", 300_000, |n| plain(&format!("e{}", "\u{301}".repeat(n)))),
    ("changes of direction", 300_000, |n| plain(&"\u{202E}a".repeat(n))),
    ("words of every script", 100_000, |n| plain(&"a\u{0431}\u{03B3}\u{0E01}\u{AC00} ".repeat(n / 3))),
    ("tables of cells", 40_000, |n| html(&"<table><tr><td>verify<td>account</table>".repeat(n / 2))),
    ("lines of a calendar", 40_000, |n| {
        format!(
            "{HEAD}Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n{}",
            "DESCRIPTION:a\\nb\r\n b\r\n".repeat(n)
        )
    }),
    ("blocks of uuencode", 20_000, |n| plain(&"begin 644 a.txt\r\n#86)C\r\n`\r\nend\r\n".repeat(n))),
    ("beginnings of uuencode", 40_000, |n| plain(&"begin 644 a.txt\r\n".repeat(n))),
    ("UTF-7", 60_000, |n| format!("{HEAD}Content-Type: text/plain; charset=utf-7\r\n\r\n{}", "+AGEAYg-a".repeat(n))),
    ("escapes of ISO-2022-JP", 60_000, |n| {
        format!("{HEAD}Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n{}", "\x1b$B$\"\x1b(Ba".repeat(n))
    }),
    ("flowed lines", 60_000, |n| {
        format!("{HEAD}Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\n{}", "> word \r\n".repeat(n))
    }),
    ("marks of quotation", 300_000, |n| plain(&">".repeat(n))),
    ("headings of what is forwarded", 30_000, |n| {
        plain(&"---------- Forwarded message ----------\r\nFrom: A <a@example.org>\r\nSubject: b\r\n\r\n".repeat(n / 3))
    }),
    // One field, read by more than one pattern.
    ("at signs of the author", 500_000, |n| format!("From: {}\r\n\r\nbody\r\n", "@".repeat(n))),
    ("at signs and dots of the author", 200_000, |n| format!("From: {}>\r\n\r\nbody\r\n", "a@a.".repeat(n))),
    ("angle brackets of the author", 500_000, |n| format!("From: {}\r\n\r\nbody\r\n", "<".repeat(n))),
    ("quotation marks of the author", 500_000, |n| format!("From: {}\r\n\r\nbody\r\n", "\"".repeat(n))),
    ("backslashes of the author", 500_000, |n| format!("From: \"{}\r\n\r\nbody\r\n", "\\".repeat(n))),
    ("comments of the author", 200_000, |n| format!("From: {}a@example.com\r\n\r\nbody\r\n", "(a)".repeat(n))),
    ("routes of the author", 100_000, |n| format!("From: <{}:a@example.com>\r\n\r\nbody\r\n", "@a.example,".repeat(n))),
    ("dots of the author", 300_000, |n| format!("From: a{}@example.com\r\n\r\nbody\r\n", ".a".repeat(n))),
    ("a domain of many labels", 300_000, |n| format!("From: a@{}example\r\n\r\nbody\r\n", "a.".repeat(n))),
    ("a name of many words", 100_000, |n| {
        format!("From: {} <a@example.com>\r\n\r\nbody\r\n", numbered(n, |at| format!("word{at} ")))
    }),
    ("a name in encoded words", 40_000, |n| {
        format!("From: {}<a@example.com>\r\n\r\nbody\r\n", "=?utf-8?B?44GC?= ".repeat(n))
    }),
    ("blanks in fields", 1_000_000, |n| field(&format!("Subject: a{}b", " ".repeat(n)))),
    ("marks before the subject", 200_000, |n| field(&format!("Subject: {}a", "Re: ".repeat(n)))),
    ("tags before the subject", 100_000, |n| field(&format!("Subject: {}a", "[a] ".repeat(n)))),
    ("brackets in a hop", 300_000, |n| field(&format!("Received: from a {} by b", "([".repeat(n)))),
    ("words of a hop", 100_000, |n| field(&format!("Received: from a {}", "by b with c ".repeat(n / 2)))),
    ("a date of many words", 200_000, |n| field(&format!("Date: {}", "Tue, 3 Sep 2024 ".repeat(n / 3)))),
    ("comments in results", 300_000, |n| field(&format!("Authentication-Results: a; spf=pass {}", "(".repeat(n)))),
    ("quotation marks in parameters", 300_000, |n| {
        field(&format!("Content-Type: text/plain; a=\"{}", "\\\"".repeat(n)))
    }),
];

/// A message of a shape of about so many bytes; longer where what does not repeat takes more.
pub fn of_size((_, most, make): &Shape, bytes: usize) -> String {
    let few = (most / 100).max(1);
    let (one, two) = (make(few).len(), make(2 * few).len());
    let each = two.saturating_sub(one).max(1);
    let fixed = one.saturating_sub(each);
    make((bytes.saturating_sub(fixed) * few / each).max(few))
}
