//! Connections: so many at once, and none that is silent for long. A connection beyond that waits in the system's own
//! line, which is bounded too.

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, Sleep},
};

/// How long a connection may be silent: longer than any page takes, shorter than a browser left open overnight.
const SILENT: Duration = Duration::from_secs(300);

/// A listener with so many connections at once.
#[derive(Debug)]
pub struct Bounded {
    inner: TcpListener,
    places: Arc<Semaphore>,
    silent: Duration,
}

impl Bounded {
    /// Takes connections while there are places.
    pub fn new(inner: TcpListener, places: Arc<Semaphore>) -> Self {
        Bounded { inner, places, silent: SILENT }
    }

    /// The same, closing connections that are silent for so long.
    pub fn silent_for(self, silent: Duration) -> Self {
        Bounded { silent, ..self }
    }
}

impl Listener for Bounded {
    type Io = Held;
    type Addr = std::net::SocketAddr;

    async fn accept(&mut self) -> (Held, Self::Addr) {
        let place = self.places.clone().acquire_owned().await.ok();
        let (stream, from) = Listener::accept(&mut self.inner).await;
        let until = Box::pin(tokio::time::sleep(self.silent));
        (Held { stream, until, silent: self.silent, _place: place }, from)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.inner.local_addr()
    }
}

/// Where a connection comes from.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub std::net::SocketAddr);

impl Connected<IncomingStream<'_, Bounded>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Bounded>) -> Self {
        Peer(*stream.remote_addr())
    }
}

/// A connection with its place.
#[derive(Debug)]
pub struct Held {
    stream: TcpStream,
    until: Pin<Box<Sleep>>,
    silent: Duration,
    _place: Option<OwnedSemaphorePermit>,
}

impl Held {
    fn heard(&mut self) {
        let until = Instant::now() + self.silent;
        self.until.as_mut().reset(until);
    }

    /// Notes what came; a connection on which nothing comes for long has come to its end.
    fn or_silent<T>(&mut self, cx: &mut Context<'_>, polled: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if polled.is_ready() {
            self.heard();
            return polled;
        }
        match self.until.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Held {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.stream).poll_read(cx, into);
        self.or_silent(cx, polled)
    }
}

impl AsyncWrite for Held {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.or_silent(cx, polled)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.or_silent(cx, polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
