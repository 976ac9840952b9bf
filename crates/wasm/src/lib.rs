//! The door between the add-on and the core: bytes and settings in, a report out. Nothing is decided here.
//!
//! A panic inside is a trap outside (`WebAssembly.RuntimeError`): "could not be checked". After one, the glue's
//! `__wbg_reset_state` makes a fresh instance.

use js_sys::{Error, Uint8Array};
use mekiki_publish::{Format, Mask, Place, Texts};
use mekiki_signs::{Answers, Context, Report};
use serde::{Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// Judges one message.
///
/// # Errors
/// An `Error` that names the argument where `context` or `answers` is not of its declared type.
#[wasm_bindgen(unchecked_return_type = "Report")]
pub fn inspect(
    raw: &Uint8Array,
    #[wasm_bindgen(unchecked_param_type = "Context")] context: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Answers")] answers: JsValue,
) -> Result<JsValue, Error> {
    let context: Context = taken("context", context)?;
    let answers: Answers = taken("answers", answers)?;
    given(&judged(raw, &context, &answers))
}

/// Writes the dissection of a message, ready to be published.
///
/// # Errors
/// An `Error` that names the argument where `context`, `answers`, `texts` or `format` is not of its declared type.
#[wasm_bindgen]
pub fn publish(
    raw: &Uint8Array,
    #[wasm_bindgen(unchecked_param_type = "Context")] context: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Answers")] answers: JsValue,
    #[wasm_bindgen(unchecked_param_type = "PublishedTexts")] texts: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Format")] format: JsValue,
) -> Result<String, Error> {
    let context: Context = taken("context", context)?;
    let answers: Answers = taken("answers", answers)?;
    let texts: Texts = taken("texts", texts)?;
    let format: Format = taken("format", format)?;
    Ok(mekiki_publish::publish(&judged(raw, &context, &answers), &context, &texts, format))
}

/// Texts of the dissection of a message as they stand on a page, each with the recipient masked.
///
/// # Errors
/// An `Error` that names the argument where `context`, `answers` or `texts` is not of its declared type.
#[wasm_bindgen(unchecked_return_type = "readonly string[]")]
pub fn mask(
    raw: &Uint8Array,
    #[wasm_bindgen(unchecked_param_type = "Context")] context: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Answers")] answers: JsValue,
    #[wasm_bindgen(unchecked_param_type = "readonly string[]")] texts: JsValue,
) -> Result<JsValue, Error> {
    let context: Context = taken("context", context)?;
    let answers: Answers = taken("answers", answers)?;
    let texts: Vec<String> = taken("texts", texts)?;
    let mask = Mask::new(&judged(raw, &context, &answers), &context);
    given(&texts.iter().map(|text| mask.masked(text, Place::Text)).collect::<Vec<_>>())
}

/// The author of a message, by name and address; null where its header names none.
///
/// # Errors
/// None in practice: an `Error` where it could not be handed over.
#[wasm_bindgen(js_name = authorOf, unchecked_return_type = "Contact | null")]
pub fn author_of(raw: &Uint8Array) -> Result<JsValue, Error> {
    given(&mekiki_signs::author(&raw.to_vec()))
}

/// Where a click on one address leads.
///
/// # Errors
/// None in practice: an `Error` where it could not be handed over.
#[wasm_bindgen(js_name = linkOf, unchecked_return_type = "LinkView")]
pub fn link_of(address: &str) -> Result<JsValue, Error> {
    given(&mekiki_signs::link(address))
}

fn judged(raw: &Uint8Array, context: &Context, answers: &Answers) -> Report {
    mekiki_signs::inspect(&raw.to_vec(), context, answers)
}

fn taken<T: DeserializeOwned>(name: &str, value: JsValue) -> Result<T, Error> {
    serde_wasm_bindgen::from_value(value).map_err(|error| Error::new(&format!("{name}: {error}")))
}

fn given<T: Serialize>(value: &T) -> Result<JsValue, Error> {
    value.serialize(&Serializer::json_compatible()).map_err(|error| Error::new(&error.to_string()))
}
