//! The units of the package under systemd itself, in a clean root that `systemd-nspawn` boots.

use std::fs;
use std::path::Path;

use crate::shell::{Outcome, have, program, root, run};

/// What systemd brings into the root.
pub const PACKAGES: &str = "systemd,systemd-sysv";
/// Seconds that booting, the walk and the end may take together.
const PATIENCE: &str = "600";

/// Whether systemd is in this root.
pub fn can_boot(clean: &Path) -> bool {
    clean.join("usr/lib/systemd/systemd").is_file()
}

/// Boots the root with the package in it, and lets `deploy/unit.sh` start the service, a letter and the backup. Where this
/// machine has no `systemd-nspawn` it says so.
///
/// # Errors
/// A sentence, when the root does not boot or a unit does not do its work.
pub fn try_units(clean: &Path) -> Outcome {
    if !have("systemd-nspawn") {
        println!(
            "The units were not tried: booting a root needs systemd-nspawn (on Debian: apt-get install systemd-container)."
        );
        return Ok(());
    }
    let unit = "etc/systemd/system/unit-try.service";
    for (from, to) in [("deploy/unit.sh", "unit.sh"), ("deploy/unit-try.service", unit)] {
        fs::copy(root().join(from), clean.join(to)).map_err(|why| format!("{from}: {why}."))?;
    }
    let clean = clean.to_string_lossy();
    // A network of its own, so that the usual ports are free; no machine manager, which a build machine may lack.
    let words = [PATIENCE, "systemd-nspawn", "--quiet", "--boot", "--register=no", "--keep-unit", "--private-network"];
    let mut boot = program("timeout", &words);
    boot.args(["--console=read-only", "--machine=onewindow-try", "--directory", &clean]);
    boot.args(["systemd.unit=unit-try.service", "systemd.show_status=false"]);
    run(&mut boot)
}
