//! The languages people are served in.

crate::codes! {
    /// A language of pages, receipts and questions.
    Lang {
        /// English.
        En = "en",
        /// Urdu, right to left, set in Nastaliq.
        Ur = "ur",
        /// Pashto, right to left, set in Naskh.
        Ps = "ps",
    }
}

impl Lang {
    /// The writing direction as HTML wants it.
    pub fn dir(self) -> &'static str {
        if self == Lang::En { "ltr" } else { "rtl" }
    }

    /// The language's own name, as the switcher shows it.
    pub fn own_name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::Ur => "اردو",
            Lang::Ps => "پښتو",
        }
    }
}
