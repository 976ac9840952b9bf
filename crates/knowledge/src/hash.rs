//! The hash under which names are found; the build script and the look-up share this file.

/// FNV-1a, 32 bits: the state before the first byte.
pub(crate) const START: u32 = 0x811C_9DC5;

/// Takes one more character into the hash.
pub(crate) fn add(mut hash: u32, character: char) -> u32 {
    let mut bytes = [0; 4];
    for &byte in character.encode_utf8(&mut bytes).as_bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash
}
