//! Service sites, and the words of public pages that the provincial unit may correct. Criteria are no part of this: they
//! change only when a pack is published.

mod hours;
mod page_text;
mod point;
mod site;

pub use hours::{Hours, HoursRefused, OpenState, Season, Span};
pub use page_text::{
    PageText, PageTextCorrected, PageTextRefused, PageTextWithdrawn, TextPart, TextSubject, page_text_id,
};
pub use point::{Point, PointRefused};
pub use site::{Site, SiteAdded, SiteClosed, SiteCorrected, SiteDetails, SiteRefused, SiteReopened};

use crate::codes;

codes! {
    /// What a service site is. A refuge for women is none of these and never stands in this list: its place is secret.
    SiteKind {
        /// A one-window centre.
        Centre = "centre",
        /// A NADRA registration office.
        Nadra = "nadra",
        /// A payment point: an agent with a POS, or an ATM.
        Payment = "payment",
        /// A hospital or health centre.
        Hospital = "hospital",
        /// A Panahgah or other open night shelter.
        Shelter = "shelter",
        /// A vocational or skills centre.
        Vocational = "vocational",
        /// The office of a department.
        Office = "office",
    }
}

codes! {
    /// What can be had at a site; the public list is filtered by it.
    Service {
        /// Register the family and apply to every department.
        Register = "register",
        /// An identity card.
        IdentityCard = "identity_card",
        /// A child's registration.
        BForm = "b_form",
        /// Draw a stipend at a POS, with the thumb.
        CashPos = "cash_pos",
        /// Draw money at an ATM, with a card.
        CashAtm = "cash_atm",
        /// Treatment.
        Health = "health",
        /// Nutrition for mothers and small children.
        Nutrition = "nutrition",
        /// The board that certifies a disability.
        DisabilityBoard = "disability_board",
        /// A bed for the night.
        NightShelter = "night_shelter",
        /// A free meal.
        Meals = "meals",
        /// A course.
        Training = "training",
        /// A computer and printer for everybody.
        FreeComputer = "free_computer",
    }
}

codes! {
    /// A language spoken at a site's counter.
    Spoken {
        /// Urdu.
        Urdu = "urdu",
        /// Pashto.
        Pashto = "pashto",
        /// Hindko.
        Hindko = "hindko",
        /// Khowar.
        Khowar = "khowar",
        /// Saraiki.
        Saraiki = "saraiki",
        /// English.
        English = "english",
        /// Sign language.
        Sign = "sign",
    }
}
