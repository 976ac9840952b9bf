//! Snapshots: the JSON files beside the messages. What is in one, and how it is laid out; comparing is done where the
//! messages are walked.

use serde_json::{Map, Value};
use std::path::Path;

/// Columns of a line: a value that fits is not broken.
const WIDTH: usize = 120;

/// What a report's snapshot keeps: the verdict and what it rests on. The header lies beside it as the message, and
/// offsets, dates of data and the like change without the verdict changing.
const KEPT: [&str; 6] = ["level", "score", "signs", "links", "trail", "unread"];

/// What changes without the verdict changing, or says once more what stands beside it.
const REPEATED: [&str; 3] = ["offset", "contacted", "pieces"];

/// A report as its snapshot has it. A few are kept whole, with all that the pages of the add-on draw.
pub fn of_report(path: &Path, mut report: Value) -> String {
    if let Some(signs) = report.get_mut("signs").and_then(Value::as_array_mut) {
        signs.iter_mut().for_each(name_evidence);
    }
    let is_whole = {
        let path = path.to_string_lossy();
        path.contains("/honest/") || path.contains("/hostile/seed-")
    };
    let report = match report {
        Value::Object(mut fields) if !is_whole => {
            fields.retain(|name, _| KEPT.contains(&name.as_str()));
            telling(Value::Object(fields), &|_, name| !REPEATED.contains(&name))
        }
        report => telling(report, &|_, name| name != "pieces"),
    };
    laid_out(&report)
}

/// Evidence as names with their values: the kinds follow from the names.
fn name_evidence(finding: &mut Value) {
    let Some(evidence) = finding.get_mut("evidence") else { return };
    let values = evidence.as_array().into_iter().flatten();
    let named: Map<String, Value> =
        values.filter_map(|seen| Some((seen.get("name")?.as_str()?.to_owned(), seen.get("value")?.clone()))).collect();
    *evidence = Value::Object(named);
}

/// A tree of facts as its snapshot has it: without copies of the message beside it, unless the header is its point.
pub fn of_facts(path: &Path, facts: Value) -> String {
    let is_about_header = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("header-"));
    laid_out(&telling(facts, &|object, name| match name {
        "raw" => false,
        "header" => is_about_header,
        // Where the field stands that was read; that of a time is its zone.
        "offset" => !object.contains_key("raw"),
        _ => true,
    }))
}

/// Leaves out, at any depth, the fields that are not wanted and those that say nothing (no value, an empty text or list,
/// no): a new field changes only the snapshots in which it holds something.
fn telling(value: Value, is_wanted: &dyn Fn(&Map<String, Value>, &str) -> bool) -> Value {
    match value {
        Value::Array(values) => values.into_iter().map(|value| telling(value, is_wanted)).collect(),
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| is_wanted(&fields, name))
            .map(|(name, value)| (name.clone(), telling(value.clone(), is_wanted)))
            .filter(|(_, value)| !says_nothing(value))
            .collect(),
        other => other,
    }
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(true) | Value::Number(_) => false,
    }
}

/// JSON in which whatever fits into a line stands in one.
fn laid_out(value: &Value) -> String {
    let mut text = String::new();
    lay_out(value, 0, 0, &mut text);
    text.push('\n');
    text
}

/// Writes a value that begins at column `column`, its inner lines indented below `indent`.
fn lay_out(value: &Value, indent: usize, column: usize, text: &mut String) {
    let line = value.to_string();
    let inner = indent + 2;
    let mut between = "";
    match value {
        Value::Array(values) if column + line.len() > WIDTH => {
            text.push('[');
            for value in values {
                text.push_str(&format!("{between}\n{:inner$}", ""));
                lay_out(value, inner, inner, text);
                between = ",";
            }
            text.push_str(&format!("\n{:indent$}]", ""));
        }
        Value::Object(fields) if column + line.len() > WIDTH || indent == 0 => {
            text.push('{');
            for (name, value) in fields {
                let key = format!("{}: ", Value::from(name.as_str()));
                text.push_str(&format!("{between}\n{:inner$}{key}", ""));
                lay_out(value, inner, inner + key.len(), text);
                between = ",";
            }
            text.push_str(&format!("\n{:indent$}}}", ""));
        }
        _ => text.push_str(&line),
    }
}
