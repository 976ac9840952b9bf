//! What archives hold: names, and whether a password stands before it.

use crate::{MOST, kept, unread};
use mekiki_facts::Inside;
use memchr::memmem;
use std::io::Cursor;
use zip::ZipArchive;

/// Looks into an archive: all of a ZIP's list, and of others what their header says.
pub(crate) fn look(content: &[u8]) -> Inside {
    if content.starts_with(b"PK") {
        return of_zip(content);
    }
    Inside { is_locked: is_locked(content), is_unread: true, ..Inside::default() }
}

fn of_zip(content: &[u8]) -> Inside {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(content)) else {
        return unread();
    };
    let mut inside = Inside { is_unread: archive.len() > MOST, ..Inside::default() };
    let mut names = Vec::new();
    for at in 0..archive.len().min(MOST) {
        let Ok(file) = archive.by_index_raw(at) else {
            inside.is_unread = true;
            continue;
        };
        inside.is_locked |= file.encrypted();
        if !file.is_dir() {
            names.push(file.name().to_owned());
        }
    }
    inside.names = kept(names);
    inside
}

/// Whether a RAR or 7z archive is encrypted, by what its header says.
fn is_locked(content: &[u8]) -> bool {
    /// The coder AES-256 with SHA-256 of 7z (its `DOC/Methods.txt`), which stands in the list at the end.
    const AES: &[u8] = b"\x06\xF1\x07\x01";
    /// Where lists at the end stand.
    const LIST: usize = 64 * 1024;
    if content.starts_with(b"7z\xBC\xAF\x27\x1C") {
        let list = content.get(content.len().saturating_sub(LIST)..).unwrap_or_default();
        return memmem::find(list, AES).is_some();
    }
    if let Some(rest) = content.strip_prefix(b"Rar!\x1A\x07\x01\0") {
        return is_locked_rar(rest);
    }
    // RAR 4: flags of the archive's header (0x0080), and of the first file's (0x0004).
    let Some(rest) = content.strip_prefix(b"Rar!\x1A\x07\0") else { return false };
    let flags = |at: usize| rest.get(at + 3..at + 5).map_or(0, |flags| u16::from(flags.first().copied().unwrap_or(0)));
    let size = |at: usize| match rest.get(at + 5..at + 7) {
        Some([low, high]) => usize::from(u16::from_le_bytes([*low, *high])),
        _ => 0,
    };
    flags(0) & 0x80 != 0 || rest.get(size(0) + 2) == Some(&0x74) && flags(size(0)) & 0x04 != 0
}

/// Whether RAR 5 says so: a block of the kind 4 stands first where names are encrypted, and else a record of the kind 1
/// among those of the first file.
fn is_locked_rar(rest: &[u8]) -> bool {
    let mut rest = rest;
    for _ in 0..MOST {
        // A checksum of four bytes, then numbers of seven bits a byte.
        let Some(mut block) = rest.get(4..) else { return false };
        let Some(size) = number(&mut block) else { return false };
        let Some(whole) = block.get(..size) else { return false };
        let after = block.get(size..).unwrap_or_default();
        let mut fields = whole;
        let (Some(kind), Some(flags)) = (number(&mut fields), number(&mut fields)) else { return false };
        let extra = if flags & 1 != 0 { number(&mut fields).unwrap_or(0) } else { 0 };
        let data = if flags & 2 != 0 { number(&mut fields).unwrap_or(0) } else { 0 };
        match kind {
            4 => return true,
            2 => {
                let mut records = whole.get(whole.len().saturating_sub(extra)..).unwrap_or_default();
                while let Some(length) = number(&mut records).filter(|length| *length > 0) {
                    let Some(mut record) = records.get(..length) else { break };
                    if number(&mut record) == Some(1) {
                        return true;
                    }
                    records = records.get(length..).unwrap_or_default();
                }
            }
            5 => return false,
            _ => {}
        }
        rest = after.get(data..).unwrap_or_default();
    }
    false
}

/// A number of seven bits a byte, the lowest first.
fn number(bytes: &mut &[u8]) -> Option<usize> {
    let mut value = 0_usize;
    for shift in 0..9 {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= usize::from(first & 0x7F).checked_shl(shift * 7)?;
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}
