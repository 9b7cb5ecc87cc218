//! What the doctor finds of the machine: space, fonts, listeners, the door to the network.

use super::{Finding, How, finding};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    path::Path,
    time::Duration,
};

/// Free space below which a warning comes, and below which work stops soon.
const LOW: u64 = 5 << 30;
const LAST: u64 = 1 << 30;

pub(super) fn disk(what: &'static str, folder: &Path) -> Finding {
    let there = folder.ancestors().find(|path| path.exists()).filter(|path| !path.as_os_str().is_empty());
    match rustix::fs::statvfs(there.unwrap_or(Path::new("."))) {
        Ok(space) => {
            let free = space.f_bavail * space.f_frsize;
            let how = if free < LAST {
                How::Bad
            } else if free < LOW {
                How::Look
            } else {
                How::Well
            };
            let advice = if how == How::Well { "" } else { ": make room before it is full, or forms are refused" };
            finding(what, how, format!("{}: {} MB free{advice}.", folder.display(), free >> 20))
        }
        Err(error) => finding(what, How::Bad, format!("{}: {error}.", folder.display())),
    }
}

pub(super) fn fonts(folder: &Path) -> Finding {
    let count = std::fs::read_dir(folder).map_or(0, |entries| entries.flatten().count());
    match count {
        0 => finding(
            "fonts",
            How::Look,
            "none of its own: Urdu and Pashto look as each counter's computer has them (`cargo xtask assets`).",
        ),
        some => finding("fonts", How::Well, format!("{some} files in {}.", folder.display())),
    }
}

/// Asks a listener how it is.
pub(super) fn listener(what: &'static str, address: SocketAddr) -> Finding {
    let asked = || -> std::io::Result<String> {
        let mut line = TcpStream::connect_timeout(&address, Duration::from_secs(2))?;
        line.set_read_timeout(Some(Duration::from_secs(8)))?;
        line.write_all(format!("GET /health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())?;
        let mut answer = String::new();
        line.take(4_096).read_to_string(&mut answer)?;
        Ok(answer)
    };
    match asked() {
        Ok(answer) if answer.starts_with("HTTP/1.1 200") => {
            finding(what, How::Well, format!("http://{address} answers."))
        }
        Ok(answer) => {
            let word = answer.lines().last().unwrap_or_default().to_owned();
            finding(what, How::Bad, format!("http://{address} says it is not well: {word}."))
        }
        Err(error) => finding(
            what,
            How::Look,
            format!(
                "http://{address} does not answer ({error}): is the service running? `systemctl status onewindow`."
            ),
        ),
    }
}

pub(super) fn open_door(office: SocketAddr, tls: bool) -> Finding {
    match (office.ip().is_loopback(), tls) {
        (true, true) => finding("TLS", How::Well, "a proxy stands before the listeners."),
        (true, false) => finding(
            "TLS",
            How::Well,
            "the officers' pages are reached from this machine only; for counters see docs/guide/tls.md.",
        ),
        (false, _) => finding(
            "TLS",
            How::Bad,
            format!(
                "officers' pages on {office} go over the network in the open: listen on 127.0.0.1 behind a proxy, docs/guide/tls.md."
            ),
        ),
    }
}
