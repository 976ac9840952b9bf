//! What the writer of a forged mail can do to it without changing what its recipient is shown: a library of
//! transformations, each of which turns a message into another that a mail client displays alike.
//!
//! Nothing here judges, and nothing of it is in the add-on. `mekiki-dev evade` measures what each achieves on folders of
//! mail.

mod header;
mod letters;
mod links;
mod mail;
mod markup;
mod structure;
mod words;

pub use mail::Mail;

use std::sync::LazyLock;

/// What turns a message into another.
type Apply = Box<dyn Fn(&Mail) -> Option<Mail> + Send + Sync>;

/// One thing that can be done to a message.
pub struct Transformation {
    /// What it does, in the form `where-what`.
    pub id: String,
    /// Whether it makes the message so large that it is not combined with others of its kind.
    pub is_large: bool,
    apply: Apply,
}

impl Transformation {
    fn new(id: impl Into<String>, apply: impl Fn(&Mail) -> Option<Mail> + Send + Sync + 'static) -> Self {
        Self { id: id.into(), is_large: false, apply: Box::new(apply) }
    }

    fn large(self) -> Self {
        Self { is_large: true, ..self }
    }

    /// The message after it; nothing where there is nothing to do it to (no text in HTML, no name).
    pub fn apply(&self, mail: &Mail) -> Option<Mail> {
        (self.apply)(mail)
    }
}

static ALL: LazyLock<Vec<Transformation>> = LazyLock::new(|| {
    let mut all = Vec::new();
    all.extend(header::transformations());
    all.extend(structure::transformations());
    all.extend(markup::transformations());
    all.extend(letters::transformations());
    all.extend(links::transformations());
    all.extend(words::transformations());
    all
});

/// Every transformation there is.
pub fn all() -> &'static [Transformation] {
    &ALL
}
