//! `text.image-only`

use crate::{Detail, Evidence, Sign, case::Case};

/// The message is a picture.
///
/// # What it looks for
///
/// A message that shows pictures and next to no text, and asks for a click on them.
///
/// # Why it matters
///
/// Filters read words. What is painted as a picture they cannot read, and the reader can neither copy nor check it.
///
/// # When it is wrong
///
/// Advertising that a shop's designers made as one picture; a photograph among friends has no link.
pub struct ImageOnly;

impl Sign for ImageOnly {
    fn id(&self) -> &'static str {
        "text.image-only"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Count]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let text = &case.facts.text;
        let is_clicked = case.web_links().any(|link| link.is_picture);
        if text.is_image_only && is_clicked {
            vec![Evidence::of(Detail::Count, text.images.to_string())]
        } else {
            Vec::new()
        }
    }
}
