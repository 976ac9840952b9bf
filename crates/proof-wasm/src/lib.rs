//! The door to what proves messages: a module of its own beside the core's, loaded when the user has switched look-ups on.
//! What it gives are answers to the core's questions (`Answers.proof`, `Answers.addresses`).
//!
//! It asks nobody itself: questions go out as bytes to a function that carries them to the resolver that the user chose.

mod known;

use js_sys::{Array, Date, Error, Function, Promise, Uint8Array};
use known::Known;
use mekiki_proof::{Answer, Answers, Envelope, Proof, Prover, Query, RecordType};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use std::{cell::RefCell, collections::BTreeMap};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { Envelope, Proof } from "./mekiki.js";

/** Carries questions to a resolver (RFC 8484): each in wire format, each answered in its place, by null where there was no answer. */
export type Carrier = (questions: readonly Uint8Array[]) => Promise<readonly (Uint8Array | null)[]>;

/** How the asking went. */
export interface Asked {
  /** Questions that were asked, those included that were known from before. */
  readonly questions: number;
  /** Those of them that had no answer that can be used. */
  readonly unanswered: number;
  /** Those whose answer the resolver says to have checked by DNSSEC. */
  readonly authentic: number;
}
"#;

/// Number of every question: over HTTPS it tells nothing, and the same questions look the same (RFC 8484 §4.1).
const ID: u16 = 0;

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// How the asking went.
#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Asked {
    questions: usize,
    unanswered: usize,
    authentic: usize,
}

#[derive(Serialize)]
struct Proven {
    proof: Proof,
    asked: Asked,
}

#[derive(Serialize)]
struct Located {
    addresses: BTreeMap<String, Vec<String>>,
    asked: Asked,
}

/// Proves a message as far as the resolver answers. `envelope` is what the core asked with, `now` seconds since 1970.
///
/// # Errors
/// An `Error` where `envelope` is not of its declared type.
#[wasm_bindgen(unchecked_return_type = "{ readonly proof: Proof, readonly asked: Asked }")]
pub async fn prove(
    raw: Uint8Array,
    #[wasm_bindgen(unchecked_param_type = "Envelope")] envelope: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Carrier")] carrier: Function,
) -> Result<JsValue, Error> {
    let envelope: Envelope =
        serde_wasm_bindgen::from_value(envelope).map_err(|error| Error::new(&format!("envelope: {error}")))?;
    let raw = raw.to_vec();
    let mut asked = Asked::default();
    // Whole seconds.
    #[expect(clippy::cast_possible_truncation, reason = "a clock that counts seconds")]
    let prover = Prover::new(&raw, &envelope, (Date::now() / 1000.0) as i64);
    let mut course = prover.course(Answers::default());
    loop {
        let wanted = course.wanted();
        if wanted.is_empty() {
            break;
        }
        let answers = answers(&wanted, &carrier, &mut asked).await;
        course.answer(&wanted, answers);
    }
    given(&Proven { proof: course.into_proof(), asked })
}

/// The IP addresses of hosts: of each whose question was answered, none where it has none.
///
/// # Errors
/// None in practice: an `Error` where it could not be handed over.
#[wasm_bindgen(
    unchecked_return_type = "{ readonly addresses: Readonly<Record<string, readonly string[]>>, readonly asked: Asked }"
)]
pub async fn locate(
    hosts: Vec<String>,
    #[wasm_bindgen(unchecked_param_type = "Carrier")] carrier: Function,
) -> Result<JsValue, Error> {
    let queries: Vec<Query> =
        hosts.iter().flat_map(|host| [RecordType::A, RecordType::Aaaa].map(|kind| Query::new(host, kind))).collect();
    let mut asked = Asked::default();
    let answers = answers(&queries, &carrier, &mut asked).await;
    let mut addresses: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (host, of_host) in hosts.into_iter().zip(answers.chunks(2)) {
        if of_host.iter().all(|answer| *answer == Answer::Failed) {
            continue;
        }
        let found = of_host.iter().filter_map(|answer| match answer {
            Answer::Records(records) => Some(records.clone()),
            _ => None,
        });
        addresses.insert(host, found.flatten().collect());
    }
    given(&Located { addresses, asked })
}

/// Answers from before, and for the other questions those of the resolver.
async fn answers(queries: &[Query], carrier: &Function, asked: &mut Asked) -> Vec<Answer> {
    let now = Date::now();
    let known = |query: &Query| KNOWN.with_borrow(|known| known.get(query, now));
    let new: Vec<(&Query, Vec<u8>)> = queries
        .iter()
        .filter(|query| known(query).is_none())
        .filter_map(|query| Some((query, mekiki_dns::question(query, ID)?)))
        .collect();
    if !new.is_empty() {
        let questions: Array = new.iter().map(|(_, bytes)| JsValue::from(Uint8Array::from(bytes.as_slice()))).collect();
        let answers = carried(carrier, &questions).await.unwrap_or_default();
        for ((query, _), bytes) in new.iter().zip(answers.iter()) {
            let bytes = bytes.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec);
            if let Some(reply) = bytes.and_then(|bytes| mekiki_dns::reply(&bytes, query, ID)) {
                KNOWN.with_borrow_mut(|known| known.insert(query, reply, now));
            }
        }
    }
    queries
        .iter()
        .map(|query| {
            let reply = known(query);
            asked.questions += 1;
            asked.authentic += usize::from(reply.as_ref().is_some_and(|reply| reply.is_authentic));
            let answer = reply.map_or(Answer::Failed, |reply| reply.answer);
            asked.unanswered += usize::from(answer == Answer::Failed);
            answer
        })
        .collect()
}

/// What the resolver answered; nothing where asking failed as a whole.
async fn carried(carrier: &Function, questions: &Array) -> Option<Array> {
    let promise: Promise = carrier.call1(&JsValue::UNDEFINED, questions).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

fn given<T: Serialize>(value: &T) -> Result<JsValue, Error> {
    value.serialize(&Serializer::json_compatible()).map_err(|error| Error::new(&error.to_string()))
}
