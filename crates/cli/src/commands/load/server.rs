//! The program under load: this binary once more, as an office runs it.

use crate::commands::{Database, bench_portal::client::Client};
use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use web::app::Centre;

/// A running server; ended with this.
pub(crate) struct Server {
    child: Child,
    pub(crate) office: SocketAddr,
    pub(crate) public: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts it on free ports and waits until it answers.
    pub(super) async fn start(
        database: &Database,
        dir: &Path,
        pack: &Path,
        centres: &[Centre],
    ) -> Result<Self, String> {
        let (office, public) = (free_port()?, free_port()?);
        let file = dir.join("centres.toml");
        let entry = |c: &Centre| {
            format!("[[centre]]\nid = \"{}\"\ndistrict = \"{}\"\nphone = \"{}\"\n", c.id.0, c.district.0, c.phone)
        };
        std::fs::write(&file, centres.iter().map(entry).collect::<String>())
            .map_err(|why| format!("{}: {why}.", file.display()))?;
        let binary = std::env::current_exe().map_err(|why| format!("This program is not found: {why}."))?;
        let child = Command::new(binary)
            .args(["serve", "--db", &database.db, "--blobs", &database.blobs.to_string_lossy()])
            .args(["--key-file", "none"])
            .args(["--centres", &file.to_string_lossy(), "--pack", &pack.to_string_lossy()])
            .args(["--office", &office.to_string(), "--public", &public.to_string()])
            .stdout(Stdio::null())
            .spawn()
            .map_err(|why| format!("The server did not start: {why}."))?;
        let server = Server { child, office, public };
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            if let Ok(mut client) = Client::connect(office).await
                && client.get("/health", &[]).await.is_ok_and(|answer| answer.status == 200)
            {
                return Ok(server);
            }
            if Instant::now() > until {
                return Err("The server does not answer; its log says why.".to_owned());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Bytes of memory it has now.
    pub(super) fn memory(&self) -> Option<u64> {
        self.status("VmRSS:")
    }

    /// The most it ever had.
    pub(super) fn peak(&self) -> Option<u64> {
        self.status("VmHWM:")
    }

    fn status(&self, name: &str) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<u64>().ok().map(|kb| kb * 1024)
    }

    /// Asks it to end and waits: what is begun is finished.
    pub(super) fn stop(mut self) -> Result<(), String> {
        let told = Command::new("kill").arg(self.child.id().to_string()).status();
        told.map_err(|why| format!("The server could not be told to end: {why}."))?;
        let ended = self.child.wait().map_err(|why| why.to_string())?;
        if ended.success() { Ok(()) } else { Err(format!("The server ended with {ended}.")) }
    }
}

fn free_port() -> Result<SocketAddr, String> {
    let bound = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    bound.map_err(|why| format!("No free port: {why}."))
}
