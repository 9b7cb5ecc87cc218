//! onewindow
fn main() {}
