//! What is known of elements by their names: how they are laid out, what may stand in them, which are not shown.

use super::{
    super::style::Layout,
    tag::{Attribute, Tag},
};
use html5gum::State;

/// A hash of a name, to find it among the open elements.
pub(super) fn hash(name: &[u8]) -> u32 {
    name.iter().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// How the tokenizer goes on behind a start tag. Scripts are off: what stands in `noscript` is markup.
pub(super) fn content(name: &[u8]) -> Option<State> {
    Some(match name {
        b"title" | b"textarea" => State::RcData,
        b"style" | b"xmp" | b"iframe" | b"noembed" | b"noframes" => State::RawText,
        b"script" => State::ScriptData,
        b"plaintext" => State::PlainText,
        _ => return None,
    })
}

/// Whether it may stand in the head: anything else begins the body.
pub(super) fn is_of_head(name: &[u8]) -> bool {
    matches!(
        name,
        b"html"
            | b"head"
            | b"base"
            | b"basefont"
            | b"bgsound"
            | b"link"
            | b"meta"
            | b"title"
            | b"style"
            | b"script"
            | b"noscript"
            | b"template"
            | b"noframes"
    )
}

/// Whether a start tag ends svg and math around it.
pub(super) fn breaks_out(tag: &Tag) -> bool {
    match tag.name() {
        b"font" => [Attribute::Color, Attribute::Face, Attribute::Size].iter().any(|one| tag.get(*one).is_some()),
        name => matches!(
            name,
            b"b" | b"big"
                | b"blockquote"
                | b"body"
                | b"br"
                | b"center"
                | b"code"
                | b"dd"
                | b"div"
                | b"dl"
                | b"dt"
                | b"em"
                | b"embed"
                | b"h1"
                | b"h2"
                | b"h3"
                | b"h4"
                | b"h5"
                | b"h6"
                | b"head"
                | b"hr"
                | b"i"
                | b"img"
                | b"li"
                | b"listing"
                | b"menu"
                | b"meta"
                | b"nobr"
                | b"ol"
                | b"p"
                | b"pre"
                | b"ruby"
                | b"s"
                | b"small"
                | b"span"
                | b"strong"
                | b"strike"
                | b"sub"
                | b"sup"
                | b"table"
                | b"tt"
                | b"u"
                | b"ul"
                | b"var"
        ),
    }
}

/// Whether nothing shows what is in it: a template, unless its content is that of the element around it.
pub(super) fn is_never_shown(tag: &Tag, name: &[u8]) -> bool {
    let is_shadow = || {
        tag.get(Attribute::Shadowrootmode)
            .is_some_and(|mode| ["open", "closed"].iter().any(|one| mode.eq_ignore_ascii_case(one)))
    };
    name == b"template" && !is_shadow()
}

/// Whether it is no part of the page unless a style shows it.
pub(super) fn is_outside(name: &[u8]) -> bool {
    matches!(name, b"head" | b"style" | b"script" | b"title" | b"rp")
}

/// Whether Gecko hides it until a style shows it or the reader opens it.
pub(super) fn is_hidden(tag: &Tag, name: &[u8]) -> bool {
    match name {
        b"datalist" | b"noembed" | b"noframes" => true,
        b"dialog" => tag.get(Attribute::Open).is_none(),
        _ => [Attribute::Popover, Attribute::Hidden].into_iter().any(|attribute| tag.get(attribute).is_some()),
    }
}

/// How it takes its place.
pub(super) fn layout(name: &[u8]) -> Layout {
    match name {
        b"td" | b"th" | b"option" => Layout::Cell,
        b"img" | b"input" | b"button" | b"select" | b"textarea" | b"svg" | b"object" => Layout::InlineBlock,
        _ if is_block(name) => Layout::Block,
        _ => Layout::Inline,
    }
}

/// Whether it stands on lines of its own.
pub(super) fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"address"
            | b"article"
            | b"aside"
            | b"blockquote"
            | b"body"
            | b"center"
            | b"dd"
            | b"div"
            | b"dl"
            | b"dt"
            | b"fieldset"
            | b"figure"
            | b"footer"
            | b"form"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"header"
            | b"hr"
            | b"li"
            | b"main"
            | b"nav"
            | b"ol"
            | b"p"
            | b"pre"
            | b"section"
            | b"table"
            | b"tr"
            | b"ul"
    )
}

/// Whether nothing can stand in it.
pub(super) fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"source"
            | b"track"
            | b"wbr"
    )
}
