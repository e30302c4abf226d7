//! Where the program keeps its files: where the platform wants them, unless told otherwise.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The program's two folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The collection: the database, its lock, shipped chapters that were started.
    pub data: PathBuf,
    /// The settings and the person's own themes.
    pub config: PathBuf,
}

/// The platform names no folder for the program's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no home folder to keep the collection in. Name one with --data-dir or RETAIN_DATA_DIR")]
pub struct NoHome;

impl Paths {
    /// The folders that were named, else those of the platform. Whoever names only the folder of the
    /// collection, on a machine without a home, has the settings there too.
    ///
    /// # Errors
    /// [`NoHome`] when nothing was named and the platform has no place.
    pub fn find(data: Option<&Path>, config: Option<&Path>) -> Result<Self, NoHome> {
        let platform = ProjectDirs::from("", "", "retain");
        let platform_data = platform.as_ref().map(|folders| folders.data_dir().to_owned());
        let platform_config = platform.as_ref().map(|folders| folders.config_dir().to_owned());
        let data = data.map(Path::to_owned).or(platform_data).ok_or(NoHome)?;
        let config = config.map(Path::to_owned).or(platform_config).unwrap_or_else(|| data.clone());
        Ok(Self { data, config })
    }

    /// The file of the settings; it need not exist.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The collection's database; it need not exist.
    pub fn database(&self) -> PathBuf {
        self.data.join("retain.db")
    }

    /// The log file; it need not exist.
    pub fn log_file(&self) -> PathBuf {
        self.data.join("retain.log")
    }

    /// Where chapters that ship with the program are put when they are started.
    pub fn shipped_chapters(&self) -> PathBuf {
        self.data.join("chapters")
    }
}
