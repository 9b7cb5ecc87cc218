//! What the public reads: a site that was added, corrected, closed and opened again, and a text written and taken back.

use super::{Story, fresh};
use domain::{
    event::Event,
    ids::SiteId,
    language::Lang,
    services::{
        PageTextCorrected, PageTextWithdrawn, Service, SiteAdded, SiteClosed, SiteCorrected, SiteDetails, SiteKind,
        SiteReopened, TextPart, TextSubject, page_text_id,
    },
};

fn details(capacity: u32) -> SiteDetails {
    SiteDetails {
        kind: SiteKind::Shelter,
        services: [Service::Meals].into(),
        name: [(Lang::En, "Panahgah".to_owned())].into(),
        address: Default::default(),
        note: Default::default(),
        district: "nowshera".into(),
        point: None,
        phone: None,
        hours: None,
        season: None,
        spoken: Default::default(),
        capacity: Some(capacity),
        centre: None,
        demo: false,
    }
}

impl Story<'_> {
    /// The provincial unit's hour.
    pub(super) async fn public_pages(&mut self) {
        let unit = self.scope("unit").await;
        let (site, why) = (fresh::<SiteId>(), || "as counted".to_owned());
        let closed = SiteClosed { on: self.teller.today(), reason: why() };
        let told: [Event; 4] = [
            SiteAdded { details: details(40) }.into(),
            SiteCorrected { details: details(60), reason: why() }.into(),
            closed.into(),
            SiteReopened { reason: why() }.into(),
        ];
        for event in told {
            self.teller.one(&unit, site, event).await;
        }
        let (subject, part) = (TextSubject::Situation, TextPart::Notice);
        let text = page_text_id(subject, "illness", part);
        let words = [(Lang::En, "The desk has moved.".to_owned())].into();
        let name = "illness".to_owned();
        self.teller.one(&unit, text, PageTextCorrected { subject, name, part, words, reason: why() }).await;
        self.teller.one(&unit, text, PageTextWithdrawn { reason: why() }).await;
    }
}
