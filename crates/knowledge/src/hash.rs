//! The hash under which names, phrases and domains are found.

/// FNV-1a, 32 bits: the state before the first byte.
pub(crate) const START: u32 = 0x811C_9DC5;

/// Takes one more character into the hash.
pub(crate) fn add(hash: u32, character: char) -> u32 {
    if let Ok(byte) = u8::try_from(character)
        && byte.is_ascii()
    {
        return add_byte(hash, byte);
    }
    let mut bytes = [0; 4];
    character.encode_utf8(&mut bytes).bytes().fold(hash, add_byte)
}

/// Takes one more byte into the hash.
pub(crate) fn add_byte(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// The bucket of a hash, of two to the power of `bits`.
pub(crate) fn bucket(hash: u32, bits: u32) -> usize {
    (hash.wrapping_mul(0x9E37_79B1) >> (32 - bits)) as usize
}
