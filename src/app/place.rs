//! The file system that a collection is on: whether it can be trusted with one.

use std::path::Path;

use super::App;

impl App {
    /// What is doubtful about where the collection is, in a sentence.
    pub fn doubtful_place(&self) -> Option<String> {
        self.backups.as_ref().and_then(|_| doubt(&self.paths.data))
    }
}

/// What is doubtful about a folder as the place of a collection.
pub(super) fn doubt(folder: &Path) -> Option<String> {
    let kind = network_file_system(kind(folder)?)?;
    Some(format!(
        "the collection is on a network file system ({kind}): locks and syncs may not be kept there. A folder on this machine is safer; name it with --data-dir"
    ))
}

#[cfg(target_os = "linux")]
fn kind(folder: &Path) -> Option<u64> {
    let kind = rustix::fs::statfs(folder).ok()?.f_type;
    Some(kind as u64 & 0xFFFF_FFFF)
}

#[cfg(not(target_os = "linux"))]
fn kind(_folder: &Path) -> Option<u64> {
    None
}

/// The name of a network file system, as Linux numbers them (statfs(2)).
fn network_file_system(kind: u64) -> Option<&'static str> {
    Some(match kind {
        0x6969 => "NFS",
        0x517B | 0xFF53_4D42 | 0xFE53_4D42 => "SMB",
        0x0102_1997 => "9P",
        0x5346_414F | 0x6B41_4653 => "AFS",
        0x00C3_6400 => "Ceph",
        0x7375_7245 => "Coda",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_told_from_a_disk() {
        const EXT4: u64 = 0xEF53;
        const TMPFS: u64 = 0x0102_1994;
        const NFS: u64 = 0x6969;
        assert_eq!([EXT4, TMPFS, NFS].map(network_file_system), [None, None, Some("NFS")]);
    }
}
