//! The sitemap: every route with who may use it. What is not here is not there.

use crate::{
    App, access, applications, assets, eligibility, grievances, insights, letters, messages, papers, people, portal,
    request::{Access, Row, Surface},
    services, visits,
};
use axum::routing::{MethodRouter, get, post};
use domain::access::Doing;

/// One route: its row of the access table, and its handler.
pub(crate) type Route = (Row, fn() -> MethodRouter<App>);

macro_rules! routes {
    ($($surface:ident $method:ident $path:literal $access:expr => $handler:path;)+) => {
        /// The access table.
        pub const TABLE: &[Row] = &[$(
            Row { surface: Surface::$surface, method: stringify!($method), path: $path, access: $access },
        )+];

        /// The same with their handlers.
        pub(crate) fn table_routes() -> Vec<Route> {
            vec![$((
                Row { surface: Surface::$surface, method: stringify!($method), path: $path, access: $access },
                || method!($method, $handler),
            ),)+]
        }
    };
}

macro_rules! method {
    (GET, $handler:path) => {
        get($handler)
    };
    (POST, $handler:path) => {
        post($handler)
    };
}

use Access::{Anybody, May, SignedIn};

routes! {
    // Both surfaces: assets, health.
    Office GET "/assets/{name}" Anybody => assets::show;
    Office GET "/assets/fonts/{name}" Anybody => assets::font;
    Office GET "/health" Anybody => portal::health::show;
    // For a monitor inside the office's network: numbers of nobody. A reverse proxy leaves it out.
    Office GET "/metrics" Anybody => insights::metrics::show;
    Public GET "/assets/{name}" Anybody => assets::show;
    Public GET "/assets/fonts/{name}" Anybody => assets::font;
    Public GET "/health" Anybody => portal::health::show;

    // access: signing in, officers, reads.
    Office GET "/" Anybody => access::home::show;
    Office GET "/sign-in" Anybody => access::sign_in::show;
    Office POST "/sign-in" Anybody => access::sign_in::create;
    Office POST "/sign-out" SignedIn => access::sign_in::end;
    Office GET "/sign-in/second" Anybody => access::second_step::show;
    Office POST "/sign-in/second" Anybody => access::second_step::confirm;
    Office GET "/sign-in/code" Anybody => access::second_step::ask;
    Office POST "/sign-in/code" Anybody => access::second_step::take;
    Office GET "/lock" Anybody => access::lock::show;
    Office POST "/lock" Anybody => access::lock::lock;
    Office GET "/unlock" Anybody => access::lock::show;
    Office POST "/unlock" Anybody => access::lock::unlock;
    Office GET "/kept" SignedIn => access::kept::show;
    Office GET "/kept/{kept}/send" SignedIn => access::kept::back;
    Office POST "/kept/{kept}/send" SignedIn => access::kept::send;
    Office GET "/kept/{kept}/drop" SignedIn => access::kept::back;
    Office POST "/kept/{kept}/drop" SignedIn => access::kept::forget;
    Office GET "/first/{token}" Anybody => access::first::show;
    Office POST "/first/{token}" Anybody => access::first::create;
    Office GET "/password" SignedIn => access::password::show;
    Office GET "/password/others" SignedIn => access::password::back;
    Office POST "/password/others" SignedIn => access::password::end_others;
    Office POST "/password" SignedIn => access::password::update;
    Office GET "/password/known" SignedIn => access::password::back;
    Office POST "/password/known" SignedIn => access::password::known;
    Office GET "/password/strength" SignedIn => access::password::back;
    Office POST "/password/strength" SignedIn => access::password::say_strength;
    Office GET "/officers" May(Doing::Administer) => access::officers::list;
    Office POST "/officers" May(Doing::Administer) => access::officers::create;
    Office GET "/officers/{officer}" May(Doing::Administer) => access::officer::show;
    Office POST "/officers/{officer}" May(Doing::Administer) => access::officer::update;
    Office GET "/officers/{officer}/deputy" May(Doing::Administer) => access::officer_deputy::show;
    Office POST "/officers/{officer}/deputy" May(Doing::Administer) => access::officer_deputy::create;
    Office GET "/officers/{officer}/deputy/{deputy}/end" May(Doing::Administer) => access::officer_deputy::back;
    Office POST "/officers/{officer}/deputy/{deputy}/end" May(Doing::Administer) => access::officer_deputy::end;
    Office GET "/deputies" May(Doing::Deputies) => access::deputies::list;
    Office GET "/deputies/{officer}" May(Doing::Deputies) => access::deputies::show;
    Office POST "/deputies/{officer}" May(Doing::Deputies) => access::deputies::create;
    Office GET "/deputies/{officer}/{deputy}/end" May(Doing::Deputies) => access::deputies::back;
    Office POST "/deputies/{officer}/{deputy}/end" May(Doing::Deputies) => access::deputies::end;
    Office POST "/officers/{officer}/password" May(Doing::Administer) => access::officers::renew;
    Office GET "/officers/{officer}/second" May(Doing::Administer) => access::officer::back;
    Office POST "/officers/{officer}/second" May(Doing::Administer) => access::officer::reset;
    Office GET "/access/reads" May(Doing::Audit) => access::reads::show;
    Office GET "/access/reads/export" May(Doing::Audit) => access::reads::export;
    Office GET "/access/openings" May(Doing::Openings) => access::openings::show;
    Office GET "/access/openings/{opening}/seen" May(Doing::Openings) => access::openings::back;
    Office POST "/access/openings/{opening}/seen" May(Doing::Openings) => access::openings::seen;
    Office GET "/people/{household}/protected" May(Doing::OpenProtected) => people::protected::show;
    Office POST "/people/{household}/protected" May(Doing::OpenProtected) => people::protected::open;
    Office GET "/access/journal" May(Doing::Audit) => access::journal::show;
    Office GET "/access/journal/extract" May(Doing::Audit) => access::extract::download;

    // messages to families: how they stand, without numbers of phones and words.
    Office GET "/messages" May(Doing::Administer) => messages::office::show;
    Office GET "/messages/again" May(Doing::Administer) => messages::office::back;
    Office POST "/messages/again" May(Doing::Administer) => messages::office::again;

    // insights: figures.
    Office GET "/insights" May(Doing::Figures) => insights::figures::show;
    Office GET "/insights/overlap" May(Doing::Figures) => insights::overlap::show;
    Office GET "/insights/overlap/families" May(Doing::Figures) => insights::overlap::families;
    Office GET "/insights/overlap/export" May(Doing::Figures) => insights::overlap::export;
    Office GET "/insights/demand" May(Doing::Figures) => insights::demand::show;

    // applications: the department's inbox and its decisions. A form's own address, opened, leads to its page.
    Office GET "/applications" May(Doing::Decide) => applications::inbox::show;
    Office GET "/applications/acknowledge" May(Doing::Decide) => applications::inbox::again;
    Office POST "/applications/acknowledge" May(Doing::Decide) => applications::inbox::acknowledge;
    // several at once: who waits for money, what was delivered; a deputy for a time of leave.
    // the own inbox as a sheet: a workbook, or CSV.
    Office GET "/applications/inbox.xlsx" May(Doing::Decide) => applications::inbox_sheet::workbook;
    Office GET "/applications/inbox.csv" May(Doing::Decide) => applications::inbox_sheet::table;
    Office GET "/applications/waiting" May(Doing::Decide) => applications::waiting::show;
    Office POST "/applications/waiting" May(Doing::Decide) => applications::waiting::money_came;
    Office GET "/applications/deliveries" May(Doing::Decide) => applications::deliveries::show;
    Office POST "/applications/deliveries" May(Doing::Decide) => applications::deliveries::create;
    Office GET "/applications/deputy" May(Doing::Decide) => applications::deputy::show;
    Office POST "/applications/deputy" May(Doing::Decide) => applications::deputy::create;
    Office GET "/applications/deputy/{deputy}/end" May(Doing::Decide) => applications::deputy::back;
    Office POST "/applications/deputy/{deputy}/end" May(Doing::Decide) => applications::deputy::end;
    Office GET "/applications/{application}" May(Doing::Decide) => applications::decide::show;
    Office GET "/applications/{application}/letter" May(Doing::Decide) => letters::pages::office;
    Office GET "/applications/{application}/letter/pdf" May(Doing::Decide) => letters::pages::office_pdf;
    Office GET "/applications/{application}/move" May(Doing::Decide) => applications::decide::back;
    Office POST "/applications/{application}/move" May(Doing::Decide) => applications::decide::create;
    Office GET "/applications/{application}/deliver" May(Doing::Decide) => applications::decide::back;
    Office POST "/applications/{application}/deliver" May(Doing::Decide) => applications::deliver::create;
    Office GET "/applications/{application}/papers/{paper}" May(Doing::Decide) => applications::decide::paper;

    // portal: everybody's pages, and tracking by code and secret.
    Public GET "/" Anybody => portal::home::show;
    Public GET "/bring" Anybody => portal::home::bring;
    Public GET "/help/{situation}" Anybody => portal::situation::show;
    Public GET "/programmes" Anybody => portal::catalogue::show;
    Public GET "/programmes/{programme}" Anybody => portal::programme::show;
    Public GET "/programmes/{programme}/sheet" Anybody => portal::leaflet::of_programme;
    Public GET "/help/{situation}/sheet" Anybody => portal::leaflet::of_situation;
    Public GET "/compare" Anybody => portal::compare::show;
    Public GET "/find" Anybody => portal::find::show;
    Public GET "/days" Anybody => portal::days::show;
    Public GET "/track" Anybody => portal::track::show;
    Public POST "/track" Anybody => portal::track::open;
    Public GET "/track/{code}" Anybody => portal::timeline::show;
    Public GET "/track/{code}/looked" Anybody => people::looked::by_receipt;
    Public GET "/track/{code}/correct" Anybody => people::corrections::asked::show;
    Public POST "/track/{code}/correct" Anybody => people::corrections::asked::create;
    Public GET "/track/{code}/helper" Anybody => people::helpers::own::back;
    Public POST "/track/{code}/helper" Anybody => people::helpers::own::end;
    Public GET "/track/{code}/letter/{application}" Anybody => letters::pages::family;
    Public GET "/track/{code}/letter/{application}/pdf" Anybody => letters::pages::family_pdf;
    Public POST "/track/{code}/forget" Anybody => portal::track::forget;

    // services: where help is, and the provincial unit's forms for sites and for the words of public pages.
    Public GET "/sites" Anybody => services::sites::show;
    Public GET "/sites/outline.svg" Anybody => services::outline::show;
    Public GET "/sites/{site}" Anybody => services::site::show;
    Public GET "/centres" Anybody => services::sites::centres;
    Public GET "/centres/{centre}" Anybody => portal::centre::show;
    Office GET "/services" May(Doing::Publish) => services::edit::list;
    Office GET "/services/new" May(Doing::Publish) => services::edit::blank;
    Office POST "/services/new" May(Doing::Publish) => services::edit::create;
    Office GET "/services/{site}" May(Doing::Publish) => services::edit::show;
    Office POST "/services/{site}" May(Doing::Publish) => services::edit::update;
    Office GET "/texts" May(Doing::Publish) => services::texts::list;
    Office GET "/texts/{topic}/{subject}" May(Doing::Publish) => services::texts::show;
    Office POST "/texts/{topic}/{subject}" May(Doing::Publish) => services::texts::update;

    // check: oneself, without a name; a form to one address, of which nothing is kept.
    Public GET "/check" Anybody => portal::check::show;
    Public POST "/check" Anybody => portal::check::step;
    Public POST "/check/keep" Anybody => portal::check::keep;
    Public GET "/check/keep" Anybody => portal::check::show;

    // the app in the hand, and the free computer of a centre.
    Public GET "/manifest.webmanifest" Anybody => portal::offline::manifest;
    Public GET "/sw.js" Anybody => portal::offline::worker;
    Public GET "/offline" Anybody => portal::offline::show;
    Public GET "/offline/list" Anybody => portal::offline::list;
    Public GET "/offline/check.wasm" Anybody => portal::offline::wasm;
    Public GET "/offline/pack.json" Anybody => portal::offline::pack;
    Public GET "/saved" Anybody => portal::offline::saved;
    Public GET "/kiosk" Anybody => portal::kiosk::show;
    Public GET "/kiosk/end" Anybody => portal::kiosk::end;

    // grievances: complaints and appeals, the citizen's pages. A form's own address, opened, leads to its page.
    Public GET "/complain" Anybody => grievances::complain::show;
    Public GET "/complain/new" Anybody => grievances::form::blank;
    Public POST "/complain/new" Anybody => grievances::form::create;
    Public GET "/complain/about/{code}" Anybody => grievances::form::about;
    Public POST "/complain/about/{code}" Anybody => grievances::form::create_about;
    Public GET "/complain/{code}" Anybody => grievances::mine::show;
    Public GET "/complain/{code}/receipt" Anybody => grievances::paper::show;
    Public GET "/complain/{code}/accept" Anybody => grievances::mine::back;
    Public POST "/complain/{code}/accept" Anybody => grievances::mine::accept;
    Public GET "/complain/{code}/pass" Anybody => grievances::mine::back;
    Public POST "/complain/{code}/pass" Anybody => grievances::mine::pass;

    // grievances: the office that answers.
    Office GET "/grievances" May(Doing::Grievances) => grievances::inbox::show;
    Office GET "/grievances/{grievance}" May(Doing::Grievances) => grievances::case::show;
    Office GET "/grievances/{grievance}/assign" May(Doing::Answer) => grievances::case::back;
    Office POST "/grievances/{grievance}/assign" May(Doing::Answer) => grievances::steps::assign;
    Office GET "/grievances/{grievance}/answer" May(Doing::Answer) => grievances::case::back;
    Office POST "/grievances/{grievance}/answer" May(Doing::Answer) => grievances::steps::answer;
    Office GET "/grievances/{grievance}/pass" May(Doing::Answer) => grievances::case::back;
    Office POST "/grievances/{grievance}/pass" May(Doing::Answer) => grievances::steps::pass;
    Office GET "/grievances/{grievance}/close" May(Doing::Answer) => grievances::case::back;
    Office POST "/grievances/{grievance}/close" May(Doing::Answer) => grievances::steps::close;
    Office GET "/grievances/{grievance}/recuse" May(Doing::Answer) => grievances::case::back;
    Office POST "/grievances/{grievance}/recuse" May(Doing::Answer) => grievances::steps::recuse;

    // a complaint whose secret is lost, at a desk, after a check of identity.
    Office GET "/visits/{visit}/complaint" May(Doing::Apply) => grievances::renew::show;
    Office POST "/visits/{visit}/complaint" May(Doing::Apply) => grievances::renew::create;

    // visits: tokens and the visit itself.
    Office GET "/desk" May(Doing::Tokens) => visits::list::show;
    Office POST "/desk" May(Doing::Tokens) => visits::list::create;
    Office GET "/visits/{visit}" May(Doing::Tokens) => visits::visit::show;
    Office POST "/visits/{visit}/call" May(Doing::Tokens) => visits::visit::call;
    Office POST "/visits/{visit}/end" May(Doing::Tokens) => visits::visit::end;
    Office GET "/desk/next" May(Doing::People) => visits::calling::back;
    Office POST "/desk/next" May(Doing::People) => visits::calling::next;
    Office GET "/visits/{visit}/hand" May(Doing::People) => visits::calling::ask_hand;
    Office POST "/visits/{visit}/hand" May(Doing::People) => visits::calling::hand;
    Office GET "/desk/day" May(Doing::People) => visits::day::show;
    Office POST "/desk/day" May(Doing::People) => visits::day::close;
    Office GET "/desk/forms" May(Doing::Tokens) => visits::forms::show;
    Office GET "/desk/later" May(Doing::People) => visits::later::show;
    Office POST "/desk/later" May(Doing::People) => visits::later::create;
    // The screen of a waiting room: its link is its key, and it shows numbers only.
    Office GET "/display/{link}" Anybody => visits::display::show;
    Office GET "/desk/display" May(Doing::Supervise) => visits::display::ask;
    Office POST "/desk/display" May(Doing::Supervise) => visits::display::renew;

    // eligibility: questions, answers, verdicts, the package. A form's own address, opened, leads to its page.
    Office GET "/visits/{visit}/questions" May(Doing::Assess) => eligibility::questions::show;
    Office POST "/visits/{visit}/questions" May(Doing::Assess) => eligibility::questions::create;
    Office GET "/visits/{visit}/answers" May(Doing::Assess) => eligibility::answers::show;
    Office GET "/visits/{visit}/answers/{answer}/withdraw" May(Doing::Assess) => eligibility::answers::back;
    Office POST "/visits/{visit}/answers/{answer}/withdraw" May(Doing::Assess) => eligibility::answers::withdraw;
    Office GET "/visits/{visit}/help" May(Doing::Assess) => eligibility::help::back;
    Office POST "/visits/{visit}/help" May(Doing::Assess) => eligibility::help::create;
    Office GET "/visits/{visit}/programmes" May(Doing::Assess) => eligibility::programmes::show;
    Office POST "/visits/{visit}/programmes" May(Doing::Assess) => eligibility::programmes::create;
    Office GET "/visits/{visit}/programmes/{programme}" May(Doing::Assess) => eligibility::programme::show;
    Office GET "/visits/{visit}/package" May(Doing::Assess) => eligibility::package::show;

    // papers: what the picks ask for, and the copies.
    Office GET "/visits/{visit}/papers" May(Doing::Apply) => papers::list::show;
    Office POST "/visits/{visit}/papers" May(Doing::Apply) => papers::list::create;
    Office GET "/visits/{visit}/papers/record" May(Doing::Apply) => papers::record::show;
    Office POST "/visits/{visit}/papers/record" May(Doing::Apply) => papers::record::update;
    Office GET "/visits/{visit}/papers/missing" May(Doing::Apply) => papers::missing::show;
    Office GET "/papers/{paper}" SignedIn => papers::copy::show;

    // applications at the desk: applying, the receipt, families who come back.
    Office GET "/visits/{visit}/apply" May(Doing::Apply) => applications::apply::show;
    Office POST "/visits/{visit}/apply" May(Doing::Apply) => applications::apply::create;
    Office GET "/visits/{visit}/receipt" May(Doing::Apply) => applications::receipt::show;
    Office GET "/visits/{visit}/receipt/{receipt}/again" May(Doing::Apply) => applications::receipt::ask_again;
    Office POST "/visits/{visit}/receipt/{receipt}/again" May(Doing::Apply) => applications::receipt::again;
    Office GET "/visits/{visit}/applications/{application}" May(Doing::Apply) => applications::desk::show;
    Office POST "/visits/{visit}/applications/{application}" May(Doing::Apply) => applications::desk::update;
    Office GET "/visits/{visit}/applications/{application}/letter" May(Doing::Apply) => letters::pages::desk;
    Office GET "/visits/{visit}/applications/{application}/letter/pdf" May(Doing::Apply) => letters::pages::desk_pdf;

    // lists on paper for departments without a line, and the entry of their answers by whoever answers for the centre.
    Office GET "/dispatch" May(Doing::Apply) => applications::dispatch::list;
    Office POST "/dispatch" May(Doing::Apply) => applications::dispatch::create;
    Office GET "/dispatch/{dispatch}" May(Doing::Apply) => applications::dispatch::show;
    Office GET "/dispatch/{dispatch}/answers" May(Doing::Supervise) => applications::dispatch_answers::ask;
    Office POST "/dispatch/{dispatch}/answers" May(Doing::Supervise) => applications::dispatch_answers::create;
    // a caller says the code of the receipt, and the desk reads aloud where things stand.
    Office GET "/status" May(Doing::People) => applications::status::show;
    Office POST "/status" May(Doing::People) => applications::status::tell;

    // people: finding, registering, members, place, consent; files outside a visit.
    Office GET "/visits/{visit}/search" May(Doing::People) => people::find::back;
    Office GET "/visits/{visit}/attach" May(Doing::People) => people::find::back;
    Office GET "/visits/{visit}/members-complete" May(Doing::People) => people::find::back;
    Office GET "/people/{household}/open" May(Doing::People) => people::file::back;
    Office GET "/visits/{visit}/household" May(Doing::People) => people::household::show;
    Office POST "/visits/{visit}/search" May(Doing::People) => people::find::search;
    Office POST "/visits/{visit}/attach" May(Doing::People) => people::find::attach;
    Office GET "/visits/{visit}/carry" May(Doing::People) => people::carried::show;
    Office POST "/visits/{visit}/carry" May(Doing::People) => people::carried::read;
    Office GET "/visits/{visit}/carry/picture" May(Doing::People) => people::pictured::back;
    Office POST "/visits/{visit}/carry/picture" May(Doing::People) => people::pictured::seen;
    Office GET "/visits/{visit}/carried" May(Doing::People) => people::carried::show;
    Office POST "/visits/{visit}/carried" May(Doing::Assess) => people::carried::create;
    Office GET "/visits/{visit}/register" May(Doing::People) => people::register::show;
    Office POST "/visits/{visit}/register" May(Doing::People) => people::register::create;
    Office GET "/visits/{visit}/members/new" May(Doing::People) => people::member::blank;
    Office POST "/visits/{visit}/members/new" May(Doing::People) => people::member::create;
    Office GET "/visits/{visit}/members/{person}" May(Doing::People) => people::member::show;
    Office POST "/visits/{visit}/members/{person}" May(Doing::People) => people::member::update;
    Office GET "/visits/{visit}/members/{person}/leave" May(Doing::People) => people::leave::show;
    Office POST "/visits/{visit}/members/{person}/leave" May(Doing::People) => people::leave::update;
    Office POST "/visits/{visit}/members-complete" May(Doing::People) => people::household::list_stated;
    Office GET "/visits/{visit}/consent" May(Doing::People) => people::consent::show;
    Office POST "/visits/{visit}/consent" May(Doing::People) => people::consent::update;
    Office GET "/visits/{visit}/consent/sheet" May(Doing::People) => people::sheet::show;
    Office GET "/visits/{visit}/consent/withdraw" May(Doing::People) => people::withdraw::show;
    Office POST "/visits/{visit}/consent/withdraw" May(Doing::People) => people::withdraw::update;
    Office GET "/visits/{visit}/correct" May(Doing::People) => people::corrections::desk::show;
    Office POST "/visits/{visit}/correct" May(Doing::People) => people::corrections::desk::create;
    Office GET "/visits/{visit}/helper" May(Doing::People) => people::helpers::desk::show;
    Office POST "/visits/{visit}/helper" May(Doing::People) => people::helpers::desk::create;
    Office GET "/visits/{visit}/helper/sheet" May(Doing::People) => people::helpers::sheet::show;
    Office GET "/visits/{visit}/helper/end" May(Doing::People) => people::helpers::desk::back;
    Office POST "/visits/{visit}/helper/end" May(Doing::People) => people::helpers::desk::end;
    Office GET "/visits/{visit}/here" May(Doing::People) => people::find::back;
    Office POST "/visits/{visit}/here" May(Doing::People) => people::helpers::here::said;
    Office GET "/visits/{visit}/looked" May(Doing::People) => people::looked::show;
    Office GET "/visits/{visit}/looked/sheet" May(Doing::People) => people::looked::sheet;
    Office GET "/visits/{visit}/place" May(Doing::People) => people::place::show;
    Office POST "/visits/{visit}/place" May(Doing::People) => people::place::update;
    Office GET "/people" May(Doing::People) => people::file::find;
    Office POST "/people" May(Doing::People) => people::file::found;
    // requests of families to correct what is on file, answered by their centre.
    Office GET "/people/corrections" May(Doing::People) => people::corrections::list::show;
    Office GET "/people/corrections/{correction}" May(Doing::People) => people::corrections::case::show;
    Office GET "/people/corrections/{correction}/accept" May(Doing::People) => people::corrections::case::back;
    Office POST "/people/corrections/{correction}/accept" May(Doing::People) => people::corrections::answer::accept;
    Office GET "/people/corrections/{correction}/refuse" May(Doing::People) => people::corrections::case::back;
    Office POST "/people/corrections/{correction}/refuse" May(Doing::People) => people::corrections::answer::refuse;
    Office GET "/people/forgetting" May(Doing::Supervise) => people::forgetting::show;
    // lists of departments and organisations: looked at, tried, imported.
    Office GET "/people/imports" May(Doing::Import) => people::imports::list;
    Office GET "/people/imports/new" May(Doing::Import) => people::imports::new::show;
    Office POST "/people/imports/new" May(Doing::Import) => people::imports::new::create;
    Office GET "/people/imports/{import}" May(Doing::Import) => people::imports::show::show;
    Office GET "/people/imports/{import}/columns" May(Doing::Import) => people::imports::show::back;
    Office POST "/people/imports/{import}/columns" May(Doing::Import) => people::imports::show::columns;
    Office GET "/people/imports/{import}/start" May(Doing::Import) => people::imports::show::back;
    Office POST "/people/imports/{import}/start" May(Doing::Import) => people::imports::show::start;
    Office GET "/people/imports/{import}/cancel" May(Doing::Import) => people::imports::show::back;
    Office POST "/people/imports/{import}/cancel" May(Doing::Import) => people::imports::show::cancel;
    Office GET "/people/imports/{import}/rows/{state}" May(Doing::Import) => people::imports::download::show;
    Office GET "/visits/{visit}/similar" May(Doing::People) => people::similar::back;
    Office POST "/visits/{visit}/similar" May(Doing::People) => people::similar::show;
    Office GET "/people/review" May(Doing::Review) => people::review::show;
    Office GET "/people/review/{pair}" May(Doing::Review) => people::pair::show;
    Office POST "/people/review/{pair}" May(Doing::Review) => people::pair::decide;
    Office GET "/people/review/{pair}/open" May(Doing::Review) => people::pair::back;
    Office POST "/people/review/{pair}/open" May(Doing::Review) => people::pair::open;
    Office GET "/people/review/{pair}/approve" May(Doing::Review) => people::pair::back;
    Office POST "/people/review/{pair}/approve" May(Doing::Review) => people::pair::approve;
    Office GET "/people/review/{pair}/undo" May(Doing::Review) => people::pair::back;
    Office POST "/people/review/{pair}/undo" May(Doing::Review) => people::pair::undo;
    // rows of lists: looked at one by one, decided, taken back.
    Office GET "/people/rows" May(Doing::Review) => people::rows::show;
    Office GET "/people/rows/{listing}" May(Doing::Review) => people::row::show;
    Office POST "/people/rows/{listing}" May(Doing::Review) => people::row::decide;
    Office GET "/people/rows/{listing}/open" May(Doing::Review) => people::row::back;
    Office POST "/people/rows/{listing}/open" May(Doing::Review) => people::row::open;
    Office GET "/people/rows/{listing}/confirm" May(Doing::Review) => people::row::back;
    Office POST "/people/rows/{listing}/confirm" May(Doing::Review) => people::row::confirm;
    Office GET "/people/rows/{listing}/take-back" May(Doing::Review) => people::row::back;
    Office POST "/people/rows/{listing}/take-back" May(Doing::Review) => people::row::take_back;
    Office GET "/people/forgotten" May(Doing::People) => people::erasure::done;
    Office GET "/people/{household}" May(Doing::People) => people::file::ask;
    Office GET "/people/{household}/persons/{person}/merges" May(Doing::Review) => people::merges::show;
    Office GET "/people/{household}/erasure" May(Doing::People) => people::erasure::show;
    Office POST "/people/{household}/erasure" May(Doing::Supervise) => people::erasure::propose;
    Office POST "/people/{household}/erasure/confirm" May(Doing::People) => people::erasure::confirm;
    Office POST "/people/{household}/erasure/withdraw" May(Doing::Supervise) => people::erasure::withdraw;
    Office POST "/people/{household}/open" May(Doing::People) => people::file::open;
}
