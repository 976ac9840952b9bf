//! A report and the words of a language in, the dissection in writing out, ready to be published: nothing in it can be
//! clicked, no text of the sender's takes on a shape of its own, and the recipient is masked. The command line and the
//! add-on both write by it.
//!
//! No clock, no file, no network. How a dissection looks on the add-on's own pages is not decided here.

mod account;
mod defang;
mod format;
mod made_up;
mod mask;
mod patterns;
mod spelling;
mod texts;

pub use account::{about, sentence};
pub use defang::defang;
pub use format::Format;
pub use mask::{Mask, Place};
pub use texts::{Texts, sign_key};

use mekiki_signs::{Context, Report};

/// Writes a report. `context` is what it was judged with: the recipient's own addresses and names are masked too.
pub fn publish(report: &Report, context: &Context, texts: &Texts, format: Format) -> String {
    let (title, blocks) = account::of(report, context, texts);
    format.write(&title, texts.language(), &blocks)
}
