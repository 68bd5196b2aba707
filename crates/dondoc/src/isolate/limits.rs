//! What a child process may use, set by itself before it touches anything hostile.

use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetError,
    path_beneath_rules,
};
use rustix::process::{Resource, Rlimit, Signal, set_parent_process_death_signal, setrlimit};

/// The kernel's newest rules that are asked for; an older kernel enforces what it knows.
const RULES: ABI = ABI::V6;

/// The most that a process may use; the kernel enforces it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Address space.
    pub(crate) memory_bytes: u64,
    /// Time on the processor, all threads together.
    pub(crate) cpu_seconds: u64,
    /// The largest file that it may write; 0 for none.
    pub(crate) file_bytes: u64,
    /// How many files it may have open.
    pub(crate) n_files: u64,
}

impl Limits {
    /// Binds the calling process, and all that it starts, for good.
    ///
    /// It also dies with its parent, so that an interrupted command leaves nothing running.
    ///
    /// # Errors
    ///
    /// The kernel refuses a limit above the one already in force.
    pub(crate) fn set(self) -> rustix::io::Result<()> {
        set_parent_process_death_signal(Some(Signal::KILL))?;
        for (resource, most) in [
            (Resource::As, self.memory_bytes),
            (Resource::Cpu, self.cpu_seconds),
            (Resource::Fsize, self.file_bytes),
            (Resource::Nofile, self.n_files),
            (Resource::Core, 0),
        ] {
            let most = rustix::process::getrlimit(resource).maximum.map_or(most, |it| it.min(most));
            // One second between the soft and the hard limit of time: the soft one dies with a signal that
            // says why.
            let hard = if resource == Resource::Cpu { most + 1 } else { most };
            let hard = rustix::process::getrlimit(resource).maximum.map_or(hard, |it| it.min(hard));
            setrlimit(resource, Rlimit { current: Some(most), maximum: Some(hard) })?;
        }
        Ok(())
    }
}

/// Shuts the calling process out of all files and of the network, where the kernel can.
///
/// What is open already stays open.
///
/// # Errors
///
/// Never for a kernel without Landlock: the other limits hold there all the same.
pub(crate) fn shut_out() -> Result<(), RulesetError> {
    Ruleset::default()
        .handle_access(AccessFs::from_all(RULES))?
        .handle_access(AccessNet::from_all(RULES))?
        .create()?
        .restrict_self()?;
    Ok(())
}

/// Lets the calling process read and run what it likes, but write only in `folder`, and not use TCP.
///
/// With `sockets` it may also make sockets in `/tmp`, and take them away again.
///
/// # Errors
///
/// As [`shut_out`].
pub(crate) fn shut_in(folder: &Path, sockets: bool) -> Result<(), RulesetError> {
    let socket_folder = sockets.then_some("/tmp");
    Ruleset::default()
        .handle_access(AccessFs::from_all(RULES))?
        .handle_access(AccessNet::from_all(RULES))?
        .create()?
        .add_rules(path_beneath_rules(["/"], AccessFs::from_read(RULES)))?
        .add_rules(path_beneath_rules(["/dev"], AccessFs::from_file(RULES)))?
        .add_rules(path_beneath_rules([folder], AccessFs::from_all(RULES)))?
        .add_rules(path_beneath_rules(socket_folder, AccessFs::MakeSock | AccessFs::RemoveFile))?
        .restrict_self()?;
    Ok(())
}
