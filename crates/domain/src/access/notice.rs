//! What officers are told of their own accounts (OWASP ASVS 2.2.3).

crate::codes! {
    /// What happened to an account.
    Happened {
        /// The officer changed the password.
        PasswordChanged = "password-changed",
        /// An administrator gave a new first password.
        PasswordGiven = "password-given",
        /// Somebody signed in with a browser that was new for this officer.
        NewBrowser = "new-browser",
    }
}
