//! Paths as text. A path may hold bytes that are no UTF-8; each of them is written as a character that no name has, so
//! that two paths are never one text and a text leads back to its file.

use std::{
    ffi::OsString,
    os::unix::ffi::{OsStrExt, OsStringExt},
    path::{Path, PathBuf},
};

/// The last private characters, one for each byte. In names they are written byte by byte, as bytes that are no UTF-8.
const FIRST: u32 = 0x10_FF00;

/// The text that stands for a path.
pub(super) fn text_of(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_bytes().utf8_chunks() {
        for character in chunk.valid().chars() {
            match byte_of(character) {
                Some(_) => {
                    character.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| text.push(character_of(byte)))
                }
                None => text.push(character),
            }
        }
        chunk.invalid().iter().for_each(|byte| text.push(character_of(*byte)));
    }
    text
}

/// The path that a text stands for.
pub(super) fn path_of(text: &str) -> PathBuf {
    let mut bytes = Vec::with_capacity(text.len());
    for character in text.chars() {
        match byte_of(character) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    OsString::from_vec(bytes).into()
}

fn character_of(byte: u8) -> char {
    char::from_u32(FIRST + u32::from(byte)).expect("a private character")
}

fn byte_of(character: char) -> Option<u8> {
    u32::from(character).checked_sub(FIRST).and_then(|byte| u8::try_from(byte).ok())
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, ffi::OsStr};

    use super::*;

    #[test]
    fn a_text_leads_back_to_its_path_and_to_no_other() {
        let names: [&[u8]; 8] = [
            b"/a/b.md",
            "/ä/第.md".as_bytes(),
            b"/\xff.md",
            b"/\xfe.md",
            "/\u{FFFD}.md".as_bytes(),
            "/\u{10FFFF}.md".as_bytes(),
            b"/\xf4\x8f\xbf.md",
            b"",
        ];
        let paths = names.map(|name| Path::new(OsStr::from_bytes(name)));
        assert_eq!(paths.map(|path| path_of(&text_of(path))), paths);
        assert_eq!(paths.map(text_of).into_iter().collect::<HashSet<_>>().len(), paths.len());
        assert_eq!(text_of(paths[1]), "/ä/第.md");
    }
}
