//! What is odd about a thing, where a sign tells one kind of oddity from another.

use mekiki_facts::{Coding, UnreadKind};
use mekiki_knowledge::lookalike::LookalikeKind;

macro_rules! tricks {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// A kind of oddity. Its words stand in the locales, under `trick_` and its name with underscores.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Trick { $($(#[doc = $doc])+ $variant,)+ }

        impl Trick {
            /// Every one there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name as it stands in reports.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

tricks! {
    /// A name in an alphabet whose letters look like those of another.
    LookalikeLetters = "lookalike-letters",
    /// Digits stand for letters in a name.
    DigitsForLetters = "digits-for-letters",
    /// A name with a letter too many, too few, or another one.
    Misspelling = "misspelling",
    /// A name with a word added.
    NamePlusWord = "name-plus-word",
    /// A name as a sub-domain of somebody else's domain.
    Subdomain = "subdomain",
    /// A name below another suffix.
    OtherSuffix = "other-suffix",
    /// It stands there twice, with different values.
    Twice = "twice",
    /// There is no valid address in it.
    NoValidAddress = "no-valid-address",
    /// A comma that is not in quotation marks parts a name in two.
    UnquotedComma = "unquoted-comma",
    /// An obsolete route stands before the address (RFC 5322 §4.4).
    Route = "route",
    /// An encoded word (RFC 2047) where none may stand.
    MisplacedEncodedWord = "misplaced-encoded-word",
    /// Control characters.
    ControlCharacters = "control-characters",
    /// Invisible characters.
    InvisibleCharacters = "invisible-characters",
    /// A space before the colon of a header field.
    SpaceBeforeColon = "space-before-colon",
    /// A field's name goes on in the next line.
    FoldedName = "folded-name",
    /// The first line of the header begins with a space.
    LeadingSpace = "leading-space",
    /// A carriage return without a line feed.
    BareCr = "bare-cr",
    /// One boundary serves two multiparts.
    BoundaryTwice = "boundary-twice",
    /// A field for a password.
    PasswordField = "password-field",
    /// A form to fill in.
    Form = "form",
    /// A program.
    Script = "script",
    /// Backslashes for slashes.
    Backslashes = "backslashes",
    /// Percent-encoding of what needs none.
    NeedlessEncoding = "needless-encoding",
    /// Fullwidth and other compatibility forms of letters.
    FullwidthLetters = "fullwidth-letters",
    /// An IP address written as a number, in octal or in hexadecimal.
    CodedNumber = "coded-number",
    /// A `base` element leads the message's links elsewhere.
    Rebased = "rebased",
    /// As it is.
    Plain = "plain",
    /// Percent-encoded.
    PercentEncoded = "percent-encoded",
    /// In base64.
    Base64 = "base64",
    /// In hexadecimal.
    Hexadecimal = "hexadecimal",
    /// There is none.
    Missing = "missing",
    /// There is no `@` in it.
    NoAt = "no-at",
    /// The receiving side added it.
    AddedOnReceipt = "added-on-receipt",
    /// A machine still has the name with which it was delivered.
    NameAsDelivered = "name-as-delivered",
    /// A signature covers a part of the message only.
    Partial = "partial",
    /// A signature leaves the sender out.
    SenderUnsigned = "sender-unsigned",
    /// A signature leaves one of two subjects out.
    SubjectTwice = "subject-twice",
    /// A signature was no longer valid when the message came.
    Expired = "expired",
    /// An algorithm that nobody is to accept any more.
    OldAlgorithm = "old-algorithm",
    /// A key that is too short.
    ShortKey = "short-key",
    /// More header fields than are read.
    TooManyFields = "too-many-fields",
    /// More parts than are read.
    TooManyParts = "too-many-parts",
    /// Parts nested deeper than is followed.
    TooDeep = "too-deep",
    /// More text than is read.
    TooMuchText = "too-much-text",
    /// More links than are read.
    TooManyLinks = "too-many-links",
    /// More styles than are applied.
    TooManyStyles = "too-many-styles",
    /// A charset that is not known.
    UnknownCharset = "unknown-charset",
    /// A transfer encoding that is not known.
    UnknownEncoding = "unknown-encoding",
    /// A part of a kind that cannot be read.
    UnreadableKind = "unreadable-kind",
    /// A notice of one day.
    NextDay = "next-day",
    /// A notice of two days.
    TwoDaysLater = "two-days-later",
    /// Encrypted content.
    Encrypted = "encrypted",
}

impl From<UnreadKind> for Trick {
    fn from(kind: UnreadKind) -> Self {
        match kind {
            UnreadKind::Fields => Self::TooManyFields,
            UnreadKind::Parts => Self::TooManyParts,
            UnreadKind::Depth => Self::TooDeep,
            UnreadKind::Text => Self::TooMuchText,
            UnreadKind::Links => Self::TooManyLinks,
            UnreadKind::Styles => Self::TooManyStyles,
            UnreadKind::Charset => Self::UnknownCharset,
            UnreadKind::Encoding => Self::UnknownEncoding,
            UnreadKind::MediaType => Self::UnreadableKind,
            UnreadKind::Encrypted => Self::Encrypted,
        }
    }
}

impl AsRef<str> for Trick {
    fn as_ref(&self) -> &str {
        self.name()
    }
}

impl From<LookalikeKind> for Trick {
    fn from(kind: LookalikeKind) -> Self {
        match kind {
            LookalikeKind::Confusable => Self::LookalikeLetters,
            LookalikeKind::DigitSwap => Self::DigitsForLetters,
            LookalikeKind::Typo => Self::Misspelling,
            LookalikeKind::BrandPlusWord => Self::NamePlusWord,
            LookalikeKind::Subdomain => Self::Subdomain,
            LookalikeKind::SuffixSwap => Self::OtherSuffix,
        }
    }
}

impl From<Coding> for Trick {
    fn from(coding: Coding) -> Self {
        match coding {
            Coding::Plain => Self::Plain,
            Coding::Percent => Self::PercentEncoded,
            Coding::Base64 => Self::Base64,
            Coding::Hex => Self::Hexadecimal,
        }
    }
}
