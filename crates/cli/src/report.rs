//! `mekiki report`: the dissection of one message, ready to publish: defanged, the recipient masked.

use crate::{Outcome, input, mask::Mask, show::defang, texts::Texts};
use anyhow::{Context as _, Result};
use clap::ValueEnum;
use mekiki_signs::{Answers, Context, HopView, Level, Report, judge};
use std::{
    io::{self, Write},
    path::PathBuf,
};

#[derive(clap::Args)]
pub struct Arguments {
    /// Language of the texts, such as ja or pt-BR; of an unknown one it is told which there are
    #[arg(long)]
    lang: Option<String>,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// A message, or - for standard input
    path: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Plain text
    Text,
    /// A page of its own
    Html,
    /// Markdown
    Md,
}

/// A piece of the dissection. Values in it are as the message has them, but masked and defanged.
enum Block {
    Heading(String),
    Paragraph(String),
    /// Rows of cells; the first row is the head.
    Table(Vec<Vec<String>>),
    /// Items with what stands under each.
    List(Vec<(String, Vec<String>)>),
}

impl Block {
    /// The same with the recipient masked. Before anything is escaped: an escaped address would not be recognised.
    fn masked(self, mask: &Mask) -> Self {
        let each = |text: String| mask.masked(&text);
        match self {
            Self::Heading(heading) => Self::Heading(heading),
            Self::Paragraph(paragraph) => Self::Paragraph(each(paragraph)),
            Self::Table(rows) => Self::Table(rows.into_iter().map(|row| row.into_iter().map(each).collect()).collect()),
            Self::List(items) => Self::List(
                items.into_iter().map(|(item, under)| (each(item), under.into_iter().map(each).collect())).collect(),
            ),
        }
    }
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let texts = Texts::of(arguments.lang.as_deref())?;
    let facts = input::one(&arguments.path)?;
    let report = judge(&facts, &Context::default(), &Answers::default());
    // A name that the sender goes by as well is no secret, but what the forgery is known by.
    let is_recipient = |field: &str| field == "To" || field == "Cc";
    let (to, from): (Vec<_>, Vec<_>) = report.addresses.iter().partition(|view| is_recipient(view.field));
    let names = to.iter().map(|view| view.name.as_str()).filter(|name| from.iter().all(|view| view.name != *name));
    let mask = Mask::of(report.recipients.iter().map(String::as_str), names);
    let blocks: Vec<Block> = dissect(&report, &texts).into_iter().map(|block| block.masked(&mask)).collect();
    let title = texts.text("report_title");
    let written = match arguments.format {
        Format::Text => text(title, &blocks),
        Format::Md => markdown(title, &blocks),
        Format::Html => html(title, &texts.language(), &blocks),
    };
    io::stdout().lock().write_all(written.as_bytes()).context("standard output")?;
    Ok(if report.level >= Level::Suspicious { Outcome::Suspicious } else { Outcome::Quiet })
}

fn dissect(report: &Report, texts: &Texts) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(texts.level(report.level).to_owned())];
    let heading = |key: &str| Block::Heading(texts.text(key).to_owned());

    blocks.push(heading("section_who"));
    let mut who = vec![vec![
        texts.text("column_field").to_owned(),
        texts.text("column_name").to_owned(),
        texts.text("column_address").to_owned(),
    ]];
    who.extend(
        report.addresses.iter().map(|view| vec![view.field.to_owned(), view.name.clone(), defang(&view.address)]),
    );
    blocks.push(Block::Table(who));
    blocks.push(Block::Paragraph(format!("{} {}", texts.text("field_subject"), report.subject)));
    if let Some(date) = &report.date {
        blocks.push(Block::Paragraph(format!("{} {date}", texts.text("field_date"))));
    }

    if !report.signs.is_empty() {
        blocks.push(heading("section_signs"));
        let items = report.signs.iter().map(|finding| {
            let under = ["meaning", "check"].map(|part| texts.about(finding.id, part, &finding.evidence));
            (
                format!("{} [{} {:+.1}]", texts.summary(finding.id, &finding.evidence), finding.id, finding.weight),
                under.to_vec(),
            )
        });
        blocks.push(Block::List(items.collect()));
    }

    if !report.trail.is_empty() {
        blocks.push(heading("section_way"));
        blocks.push(Block::List(report.trail.iter().map(|hop| view_hop(hop, texts)).collect()));
        blocks.push(Block::Paragraph(texts.filled("networks_date", &[report.networks_date])));
    }

    blocks.push(heading("section_authentication"));
    if report.authentication.is_empty() {
        blocks.push(Block::Paragraph(texts.text("authentication_nothing").to_owned()));
    } else {
        let items = report.authentication.iter().map(|result| {
            let method =
                serde_json::to_value(&result.method).ok().and_then(|value| value.as_str().map(str::to_uppercase));
            let outcome = serde_json::to_value(result.outcome).ok().and_then(|value| value.as_str().map(str::to_owned));
            let domain = result.domain.as_deref().map(defang).unwrap_or_default();
            (format!("{}: {} {domain}", method.unwrap_or_default(), outcome.unwrap_or_default()), Vec::new())
        });
        blocks.push(Block::List(items.collect()));
    }

    let links: Vec<_> = report.links.iter().filter(|link| link.is_clickable).collect();
    if !links.is_empty() {
        blocks.push(heading("section_links"));
        let mut rows =
            vec![["column_shown", "column_target", "column_domain"].map(|key| texts.text(key).to_owned()).to_vec()];
        rows.extend(links.iter().map(|link| {
            vec![
                defang(&link.shown),
                defang(link.chain.last().unwrap_or(&link.url)),
                link.domain.as_deref().map(defang).unwrap_or_default(),
            ]
        }));
        blocks.push(Block::Table(rows));
    }

    if !report.attachments.is_empty() {
        blocks.push(heading("section_attachments"));
        let items = report.attachments.iter().map(|attachment| {
            let name = attachment.name.as_deref().unwrap_or("?");
            (format!("{name} ({}, {} B)", attachment.declared_type, attachment.encoded_size), Vec::new())
        });
        blocks.push(Block::List(items.collect()));
    }
    blocks
}

fn view_hop(hop: &HopView, texts: &Texts) -> (String, Vec<String>) {
    let from = hop.greeting.as_deref().or(hop.reverse_name.as_deref()).map_or_else(|| "?".to_owned(), defang);
    let place: Vec<&str> =
        [hop.ip.as_deref(), hop.network.as_deref(), hop.country.as_deref()].into_iter().flatten().collect();
    let by = hop.by.as_deref().map(defang).unwrap_or_default();
    let mut under = Vec::new();
    if let Some(time) = &hop.time {
        under.push(time.clone());
    }
    if hop.is_first_outside {
        under.push(texts.text("hop_first_outside").to_owned());
    } else if !hop.is_trusted {
        under.push(texts.text("hop_untrusted").to_owned());
    }
    (format!("{from} ({}) → {by}", place.join(texts.text("list_comma"))), under)
}

fn text(title: &str, blocks: &[Block]) -> String {
    let mut out = format!("{title}\n\n");
    for block in blocks {
        match block {
            Block::Heading(heading) => out.push_str(&format!("\n== {heading}\n\n")),
            Block::Paragraph(paragraph) => out.push_str(&format!("{paragraph}\n")),
            Block::Table(rows) => rows.iter().for_each(|row| out.push_str(&format!("  {}\n", row.join(" | ")))),
            Block::List(items) => {
                for (item, under) in items {
                    out.push_str(&format!("- {item}\n"));
                    for line in under {
                        out.push_str(&format!("    {line}\n"));
                    }
                }
            }
        }
    }
    out
}

fn markdown(title: &str, blocks: &[Block]) -> String {
    // Everything is escaped: a subject may hold Markdown of its own, images included.
    let escape = |text: &str| -> String {
        text.chars()
            .flat_map(|character| {
                let special = character.is_ascii_punctuation()
                    && !matches!(
                        character,
                        '.' | ',' | ':' | '/' | '@' | '-' | '(' | ')' | '%' | ';' | '=' | '?' | '\'' | '"'
                    );
                special.then_some('\\').into_iter().chain(std::iter::once(character))
            })
            .collect()
    };
    let mut out = format!("# {title}\n\n");
    for block in blocks {
        match block {
            Block::Heading(heading) => out.push_str(&format!("\n## {}\n\n", escape(heading))),
            Block::Paragraph(paragraph) => out.push_str(&format!("{}\n\n", escape(paragraph))),
            Block::Table(rows) => {
                for (at, row) in rows.iter().enumerate() {
                    let cells: Vec<_> = row.iter().map(|cell| escape(cell)).collect();
                    out.push_str(&format!("| {} |\n", cells.join(" | ")));
                    if at == 0 {
                        out.push_str(&format!("|{}\n", " --- |".repeat(row.len())));
                    }
                }
                out.push('\n');
            }
            Block::List(items) => {
                for (item, under) in items {
                    out.push_str(&format!("- {}\n", escape(item)));
                    for line in under {
                        out.push_str(&format!("  - {}\n", escape(line)));
                    }
                }
                out.push('\n');
            }
        }
    }
    out
}

fn html(title: &str, language: &str, blocks: &[Block]) -> String {
    let escape = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
            .replace('\'', "&#39;")
    };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>body{{font:16px/1.6 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}\
         table{{border-collapse:collapse}}td,th{{border:1px solid #999;padding:.3em .6em;text-align:start;overflow-wrap:anywhere}}</style>\n\
         <h1>{title}</h1>\n"
    );
    for block in blocks {
        match block {
            Block::Heading(heading) => out.push_str(&format!("<h2>{}</h2>\n", escape(heading))),
            Block::Paragraph(paragraph) => out.push_str(&format!("<p>{}</p>\n", escape(paragraph))),
            Block::Table(rows) => {
                out.push_str("<table>\n");
                for (at, row) in rows.iter().enumerate() {
                    let tag = if at == 0 { "th" } else { "td" };
                    let cells: String = row.iter().map(|cell| format!("<{tag}>{}</{tag}>", escape(cell))).collect();
                    out.push_str(&format!("<tr>{cells}</tr>\n"));
                }
                out.push_str("</table>\n");
            }
            Block::List(items) => {
                out.push_str("<ul>\n");
                for (item, under) in items {
                    let lines: String =
                        under.iter().map(|line| format!("<br><small>{}</small>", escape(line))).collect();
                    out.push_str(&format!("<li>{}{lines}</li>\n", escape(item)));
                }
                out.push_str("</ul>\n");
            }
        }
    }
    out.push_str("</html>\n");
    out
}
