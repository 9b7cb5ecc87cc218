//! Just enough of HTTP/1.1 to ask again and again over one connection, as a browser with one tab does.

use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// One connection.
pub(in crate::commands) struct Client {
    stream: TcpStream,
    /// What was read past the last answer.
    rest: Vec<u8>,
}

/// One answer.
pub(in crate::commands) struct Answer {
    pub status: u16,
    head: String,
    body: Vec<u8>,
    /// Bytes of the whole answer on the wire.
    pub bytes: usize,
}

impl Answer {
    /// The first header of this name, in small letters.
    pub(in crate::commands) fn header(&self, name: &str) -> Option<String> {
        let line = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        line.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    }

    /// The cookies it sets, as the next request sends them.
    pub(in crate::commands) fn cookies(&self) -> String {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let set = lines.filter(|(key, _)| key.eq_ignore_ascii_case("set-cookie"));
        let pair = |(_, value): (&str, &str)| value.split(';').next().unwrap_or_default().to_owned();
        set.map(pair).collect::<Vec<_>>().join("; ")
    }

    /// The value of the first field of this name in a page that came unpacked.
    pub(super) fn value(&self, field: &str) -> Option<String> {
        let text = self.text();
        let after = text.split(&format!("name=\"{field}\" value=\"")).nth(1)?;
        after.split('"').next().map(str::to_owned)
    }

    /// The body as text.
    pub(in crate::commands) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Client {
    pub(in crate::commands) async fn connect(at: SocketAddr) -> Result<Client, String> {
        let stream = TcpStream::connect(at).await.map_err(|error| format!("{at} does not answer: {error}."))?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        Ok(Client { stream, rest: Vec::new() })
    }

    /// Asks for a page, packed unless cookies of a form are wanted from it.
    pub(in crate::commands) async fn get(&mut self, path: &str, headers: &[(&str, &str)]) -> Result<Answer, String> {
        let packed = if path == "/track" { "" } else { "accept-encoding: gzip\r\n" };
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        self.send(format!("GET {path} HTTP/1.1\r\nhost: bench\r\n{packed}{headers}\r\n")).await
    }

    /// Sends a form.
    pub(in crate::commands) async fn post(&mut self, path: &str, cookie: &str, body: &str) -> Result<Answer, String> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: bench\r\ncookie: {cookie}\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        self.send(head + body).await
    }

    async fn send(&mut self, request: String) -> Result<Answer, String> {
        self.stream.write_all(request.as_bytes()).await.map_err(|error| error.to_string())?;
        let end = loop {
            match self.rest.windows(4).position(|four| four == b"\r\n\r\n") {
                Some(at) => break at + 4,
                None => self.more().await?,
            }
        };
        let head = String::from_utf8_lossy(&self.rest[..end]).into_owned();
        self.rest.drain(..end);
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let mut answer = Answer { status, bytes: head.len(), head, body: Vec::new() };
        if answer.status == 304 {
            return Ok(answer);
        }
        if let Some(length) = answer.header("content-length") {
            let length = length.parse().map_err(|_| "An answer has no length.".to_owned())?;
            answer.body = self.take(length).await?;
        } else if answer.header("transfer-encoding").is_some() {
            answer.body = self.chunks().await?;
        }
        answer.bytes += answer.body.len();
        Ok(answer)
    }

    async fn chunks(&mut self) -> Result<Vec<u8>, String> {
        let mut body = Vec::new();
        loop {
            let end = loop {
                match self.rest.windows(2).position(|two| two == b"\r\n") {
                    Some(at) => break at,
                    None => self.more().await?,
                }
            };
            let size = String::from_utf8_lossy(&self.rest[..end]).into_owned();
            let size = usize::from_str_radix(size.trim(), 16).map_err(|_| "A chunk has no size.".to_owned())?;
            self.rest.drain(..end + 2);
            let chunk = self.take(size + 2).await?;
            if size == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..size]);
        }
    }

    async fn take(&mut self, length: usize) -> Result<Vec<u8>, String> {
        while self.rest.len() < length {
            self.more().await?;
        }
        Ok(self.rest.drain(..length).collect())
    }

    async fn more(&mut self) -> Result<(), String> {
        let mut buffer = [0; 16 * 1024];
        match self.stream.read(&mut buffer).await {
            Ok(0) => Err("The server hung up.".to_owned()),
            Ok(count) => {
                self.rest.extend_from_slice(&buffer[..count]);
                Ok(())
            }
            Err(error) => Err(error.to_string()),
        }
    }
}
