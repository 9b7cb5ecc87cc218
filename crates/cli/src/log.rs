//! The log: one event a line, on standard error, where systemd's journal takes it. What somebody typed cannot make a line
//! of its own, nor move the cursor of whoever reads it.

use std::io::{self, Write};
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

/// Begins logging; `ONEWINDOW_LOG` says how much.
pub(crate) fn begin() {
    let filter = EnvFilter::try_from_env("ONEWINDOW_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,onewindow=info,web=info,store=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(OneLine(io::stderr)).init();
}

/// Writers that take one event at a time and keep it to one line.
struct OneLine<M>(M);

impl<'w, W: Write, M: Fn() -> W + 'w> MakeWriter<'w> for OneLine<M> {
    type Writer = Line<W>;
    fn make_writer(&'w self) -> Line<W> {
        Line((self.0)())
    }
}

/// A writer for one event.
struct Line<W>(W);

impl<W: Write> Write for Line<W> {
    /// An event comes whole, with the line break that ends it.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let body = text.strip_suffix('\n').unwrap_or(&text);
        let odd = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}');
        let mut line = String::with_capacity(text.len() + 1);
        for letter in body.chars() {
            if odd(letter) { line.extend(letter.escape_unicode()) } else { line.push(letter) }
        }
        line.push('\n');
        self.0.write_all(line.as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::OneLine;
    use std::{
        io::{self, Write},
        sync::{Arc, Mutex},
    };

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("kept").extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_of_the_log_cannot_be_made_by_what_somebody_typed() {
        let kept = Kept::default();
        let writer = kept.clone();
        let log = tracing_subscriber::fmt().with_ansi(false).with_writer(OneLine(move || writer.clone())).finish();
        tracing::subscriber::with_default(log, || {
            let typed = "x\n2026-11-22T04:00:00Z  INFO the administrator signed in\r\u{1b}[2J\u{202E}";
            tracing::error!(name = %typed, "a file could not be read");
            tracing::warn!("second");
        });
        let text = String::from_utf8(kept.0.lock().expect("kept").clone()).expect("text");
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(!text.contains(['\r', '\u{1b}', '\u{202E}']), "{text:?}");
    }
}
