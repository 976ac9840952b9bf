//! What a message inside its own signature says: the content of CMS signed data (RFC 5652 §5), found in one walk over its
//! elements. Nothing is verified.

/// `id-signedData` and `id-data` (RFC 5652 §4 and §5.1), as encoded.
const SIGNED_DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
const DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01];

/// Tags of elements (X.690 §8.1.2).
const CONSTRUCTED: u8 = 0x20;
const OCTETS: u8 = 0x04;
const NAME: u8 = 0x06;
const END: u8 = 0x00;

/// The content that is signed; nothing where there is none.
pub(super) fn content(der: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    let (mut is_signed, mut is_data) = (false, false);
    let mut rest = der;
    while let Some((tag, after)) = rest.split_first() {
        let (length, after) = length(after)?;
        // Elements that hold others are gone into, whatever length they say.
        if tag & CONSTRUCTED != 0 {
            rest = after;
            continue;
        }
        let value = after.get(..length.min(after.len()))?;
        rest = after.get(value.len()..)?;
        match *tag {
            NAME if value == SIGNED_DATA => is_signed = true,
            NAME if value == DATA => is_data = is_signed,
            OCTETS if is_data => content.extend_from_slice(value),
            END => {}
            // The first element behind the content: a certificate, or who signed.
            _ if is_data => break,
            _ => {}
        }
    }
    (!content.is_empty()).then_some(content)
}

/// A length, 0 where it is not definite (X.690 §8.1.3), and what stands behind it.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let size = usize::from(first & 0x7F);
    if first & 0x80 == 0 {
        return Some((size, rest));
    }
    let digits = rest.get(..size).filter(|digits| digits.len() <= 4)?;
    let length = digits.iter().fold(0_usize, |length, digit| length << 8 | usize::from(*digit));
    Some((length, rest.get(size..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Signed data whose content is in pieces or in one, as OpenSSL writes it with and without streaming.
    fn signed(content: &[u8]) -> Vec<u8> {
        let mut der = vec![0x30, 0x80, NAME, 9];
        der.extend(SIGNED_DATA);
        der.extend([0xA0, 0x80, 0x30, 0x80, 0x02, 1, 1, 0x31, 0, 0x30, 0x80, NAME, 9]);
        der.extend(DATA);
        der.extend([0xA0, 0x80]);
        der.extend(content);
        der.extend([0, 0, 0, 0, 0x31, 3, 0x02, 1, 9, OCTETS, 1, b'x']);
        der
    }

    #[test]
    fn the_content_is_found_whole_and_in_pieces() {
        assert_eq!(content(&signed(b"\x04\x03abc")).as_deref(), Some(&b"abc"[..]));
        assert_eq!(content(&signed(b"\x24\x80\x04\x02ab\x04\x01c\0\0")).as_deref(), Some(&b"abc"[..]));
        assert_eq!(content(&signed(b"")), None);
        assert_eq!(content(b"\x30\x84\xFF\xFF"), None);
        assert_eq!(content(b"no DER at all"), None);
    }
}
