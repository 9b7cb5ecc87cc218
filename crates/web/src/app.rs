//! What every handler shares: the store, the policy pack, the clock, the installation's settings.

use chrono::{FixedOffset, NaiveTime, SubsecRound, TimeDelta, Utc, Weekday};
use domain::{
    Date, Instant,
    applications::Calendar,
    event::Change,
    ids::CommandId,
    programmes::{CentreId, DistrictId, PackHash},
};
use rules::Pack;
use std::{path::PathBuf, sync::Arc};
use store::{Command, Commit, Store};

/// Pakistan Standard Time, all year.
const PAKISTAN: i32 = 5 * 3600;

/// Where the time comes from.
#[derive(Debug, Clone, Copy, Default)]
pub enum Clock {
    /// The machine's.
    #[default]
    System,
    /// Always the same; for tests.
    Fixed(Instant),
}

impl Clock {
    /// Now, to the microsecond that both databases keep.
    pub fn now(self) -> Instant {
        match self {
            Clock::System => Utc::now().trunc_subsecs(6),
            Clock::Fixed(at) => at,
        }
    }

    /// Today in Pakistan.
    pub fn today(self) -> Date {
        local_day(self.now())
    }
}

/// The minute of the day of an instant in Pakistan, 0 to 1439.
pub fn local_minute(at: Instant) -> u16 {
    let seconds = (at.timestamp() + i64::from(PAKISTAN)).rem_euclid(86_400);
    u16::try_from(seconds / 60).unwrap_or(0)
}

/// The day of an instant in Pakistan.
pub fn local_day(at: Instant) -> Date {
    match FixedOffset::east_opt(PAKISTAN) {
        Some(offset) => at.with_timezone(&offset).date_naive(),
        None => at.date_naive(),
    }
}

/// The instant at which a day is over in Pakistan.
pub fn day_ends(day: Date) -> Instant {
    let next = day.succ_opt().unwrap_or(day);
    next.and_time(NaiveTime::MIN).and_utc() - TimeDelta::seconds(i64::from(PAKISTAN))
}

/// The day and the time of day of an instant in Pakistan: `14:05`.
pub fn local_time(at: Instant) -> (Date, String) {
    let time = match FixedOffset::east_opt(PAKISTAN) {
        Some(offset) => at.with_timezone(&offset).time(),
        None => at.time(),
    };
    (local_day(at), time.to_string().chars().take(5).collect())
}

/// A one-window centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Centre {
    /// Its code.
    pub id: CentreId,
    /// Its district.
    pub district: DistrictId,
    /// Phone as printed on receipts.
    pub phone: String,
}

/// How this installation runs.
#[derive(Debug, Clone)]
pub struct Config {
    /// A demo database: marked on every page.
    pub demo: bool,
    /// The address of the public pages as printed in QR codes, without a slash at the end.
    pub public_url: String,
    /// A folder of fonts made by `cargo xtask assets`, if there is one.
    pub fonts: Option<PathBuf>,
    /// The program that makes the PDF of a letter, where this office has it.
    pub letters: Option<PathBuf>,
    /// The check compiled for browsers, made by `cargo xtask assets`, if there is one.
    pub module: Option<PathBuf>,
    /// Cookies are sent over TLS only.
    pub secure_cookies: bool,
    /// The centres.
    pub centres: Vec<Centre>,
    /// Where the time comes from.
    pub clock: Clock,
    /// How much is under way at once.
    pub limits: crate::request::Limits,
}

/// Shared by all handlers.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

/// The parts of an [`App`].
pub struct Inner {
    /// The registry.
    pub store: Store,
    /// The policy in force.
    pub pack: Arc<Pack>,
    /// Its hash, as verdicts name it.
    pub pack_hash: PackHash,
    /// Weekend and holidays.
    pub calendar: Calendar,
    /// Settings.
    pub config: Config,
    /// Sites, corrected words and outlines, as read last.
    pub(crate) keeper: crate::portal::content::Keeper,
    /// What people asked about and is not written yet.
    pub(crate) counter: crate::portal::demand::Counter,
    /// Slows wrong receipt codes.
    pub(crate) brake: crate::portal::brake::Brake,
    /// Slows a flood of complaints without a receipt.
    pub(crate) flood: crate::grievances::flood::Flood,
    /// What everybody gets alike, packed once.
    pub(crate) packing: crate::packing::Packing,
    /// What phones fetch for days without a line.
    pub(crate) phone: crate::portal::offline::Phone,
    /// Lets in what there is room for.
    pub(crate) doors: crate::request::Doors,
    /// Places for making the PDF of a letter.
    pub(crate) printing: tokio::sync::Semaphore,
}

impl std::ops::Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.inner
    }
}

impl App {
    /// Puts the parts together.
    pub fn new(store: Store, pack: Arc<Pack>, config: Config) -> Self {
        let pack_hash = PackHash(pack.hash().to_owned());
        let calendar = calendar(&pack);
        let (keeper, counter, brake, packing) = Default::default();
        let (flood, phone, doors) = (Default::default(), Default::default(), crate::request::Doors::new(config.limits));
        let printing = tokio::sync::Semaphore::new(crate::letters::pdf::AT_ONCE);
        let inner = Inner {
            store,
            pack,
            pack_hash,
            calendar,
            config,
            keeper,
            counter,
            brake,
            flood,
            packing,
            phone,
            doors,
            printing,
        };
        App { inner: Arc::new(inner) }
    }

    /// The places for connections of a listener.
    pub fn connections(&self, surface: crate::request::Surface) -> Arc<tokio::sync::Semaphore> {
        self.doors.connections(surface)
    }

    /// Now.
    pub fn now(&self) -> Instant {
        self.config.clock.now()
    }

    /// Today in Pakistan.
    pub fn today(&self) -> Date {
        self.config.clock.today()
    }

    /// A centre of this installation.
    pub fn centre(&self, id: &CentreId) -> Option<&Centre> {
        self.config.centres.iter().find(|centre| centre.id == *id)
    }

    /// A commit of these changes under a command; a repeat is answered with `outcome`.
    pub fn commit(&self, command: Command, changes: Vec<Change>, outcome: String) -> Commit {
        Commit { command, changes, outcome, at: self.now() }
    }
}

/// The pack's calendar as the clocks of applications read it.
fn calendar(pack: &Pack) -> Calendar {
    let weekday = |day: &u8| Weekday::try_from(day.wrapping_sub(1)).ok();
    Calendar {
        weekend: pack.calendar().weekend.iter().filter_map(weekday).collect(),
        holidays: pack.calendar().holidays.iter().map(|holiday| holiday.on).collect(),
    }
}

/// A fresh command id for a form.
pub fn fresh_command() -> CommandId {
    CommandId(uuid::Uuid::now_v7())
}
