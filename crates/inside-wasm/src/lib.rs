//! The door to what looks into files: a module of its own beside the core's, loaded when a message has files, so that
//! other messages do not pay for it. What it gives is an answer to the core's question (`Answers.inside`).
//!
//! A panic inside is a trap outside (`WebAssembly.RuntimeError`): "could not be looked into". After one, the glue's
//! `__wbg_reset_state` makes a fresh instance.

// For its feature only.
use chrono as _;
use js_sys::{Error, Uint8Array};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = "import type { Looked } from \"./mekiki.js\";";

/// Looks into the files of a message.
///
/// # Errors
/// None in practice: an `Error` where it could not be handed over.
#[wasm_bindgen(unchecked_return_type = "readonly Looked[]")]
pub fn look(raw: &Uint8Array) -> Result<JsValue, Error> {
    let looked = mekiki_inside::look(&raw.to_vec());
    looked.serialize(&Serializer::json_compatible()).map_err(|error| Error::new(&error.to_string()))
}
