//! Cookies, read and written by hand: a few of them, all of this server.

use axum::http::{HeaderMap, HeaderValue, header};

/// The value of a cookie.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    all(headers).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Every cookie: name and value.
pub fn all(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='))
}

/// What browsers take only over TLS, for the whole of this very name, and never from a neighbouring one.
const OURS: &str = "__Host-";

/// Behind TLS only cookies that this name itself has set are read, by their plain names; whatever a neighbouring name or an
/// answer without TLS has put beside them is left out.
pub(crate) fn keep_own(headers: &mut HeaderMap) {
    let own = all(headers).filter_map(|(name, value)| Some(format!("{}={value}", name.strip_prefix(OURS)?)));
    let own = HeaderValue::from_str(&own.collect::<Vec<_>>().join("; "));
    headers.remove(header::COOKIE);
    headers.extend(own.ok().map(|own| (header::COOKIE, own)));
}

/// A `Set-Cookie` line: for this site only, unreadable for scripts, over TLS where there is TLS.
pub(crate) fn set(name: &str, value: &str, secure: bool, seconds: Option<i64>) -> Option<HeaderValue> {
    let age = seconds.map(|s| format!("; Max-Age={s}")).unwrap_or_default();
    let (ours, secure) = if secure { (OURS, "; Secure") } else { ("", "") };
    HeaderValue::from_str(&format!("{ours}{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")).ok()
}

/// A `Set-Cookie` line of plain ASCII parts.
pub fn set_cookie(name: &str, value: &str, secure: bool, seconds: Option<i64>) -> HeaderValue {
    set(name, value, secure, seconds).unwrap_or_else(|| HeaderValue::from_static(""))
}
