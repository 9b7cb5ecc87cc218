//! From an event to the record tables. Nothing is computed here: the event carries every value.

use super::append::Envelope;
use crate::{
    access, applications,
    db::{Conn, args},
    error::Result,
    grievances, papers,
    people::{self, lists, lists::Batches},
    programmes, services, visits,
};
use domain::{
    Version,
    event::{Event, Record, RecordKind},
};

/// Stores the version of a household, which its events leave alone: one statement for a commit of fifty events. The
/// other records store theirs with each event.
pub(super) async fn settle_version(conn: &mut Conn<'_>, record: Record, version: Version) -> Result<()> {
    if record.kind != RecordKind::Household {
        return Ok(());
    }
    conn.execute("update household set version = $2 where household_id = $1", args![record.id, version]).await.map(drop)
}

/// Stores the version of a record whose event was erased, so that its next event follows the journal.
pub(super) async fn erased_version(conn: &mut Conn<'_>, record: Record, version: Version) -> Result<()> {
    let sql = match record.kind {
        RecordKind::Household => "update household set version = $2 where household_id = $1",
        RecordKind::Link => "update person_link set version = $2 where link_id = $1",
        RecordKind::Visit => "update visit set version = $2 where visit_id = $1",
        RecordKind::Application => "update application set version = $2 where application_id = $1",
        RecordKind::Receipt => "update receipt set version = $2 where receipt_id = $1",
        RecordKind::Grievance => "update grievance set version = $2 where grievance_id = $1",
        RecordKind::Correction => "update correction set version = $2 where correction_id = $1",
        RecordKind::Officer => "update officer set version = $2 where officer_id = $1",
        RecordKind::Import => "update import set version = $2 where import_id = $1",
        RecordKind::Listing => "update listing set version = $2 where listing_id = $1",
        RecordKind::Opening => "update opening set version = $2 where opening_id = $1",
        RecordKind::Site => "update service_site set version = $2 where site_id = $1",
        RecordKind::PageText => "update page_text set version = $2 where text_id = $1",
        RecordKind::Dispatch => "update dispatch set version = $2 where dispatch_id = $1",
        RecordKind::Deputy => "update deputy set version = $2 where deputizing_id = $1",
        RecordKind::Pack | RecordKind::Journal | RecordKind::Closing => return Ok(()),
    };
    conn.execute(sql, args![record.id, version]).await.map(drop)
}

/// Stores what an event says. The same code runs at commit and at rebuild. `batches` holds the rows that it names.
pub(super) async fn apply(conn: &mut Conn<'_>, on: &Envelope, event: &Event, batches: &Batches) -> Result<()> {
    match event {
        Event::HouseholdRegistered(e) => people::apply::registered(conn, on, e).await,
        Event::HouseholdCorrected(e) => people::apply::corrected(conn, on, e).await,
        Event::MemberAdded(e) => people::apply::member_added(conn, on, e).await,
        Event::PersonCorrected(e) => people::apply::person_corrected(conn, on, e).await,
        Event::MemberLeft(e) => people::apply::member_left(conn, on, e).await,
        Event::MemberListStated(e) => people::apply::list_stated(conn, on, e).await,
        Event::ConsentStated(e) => people::apply::consent(conn, on, e).await,
        Event::HelperNamed(e) => people::helper_rows::named(conn, on, e).await,
        Event::HelperEnded(e) => people::helper_rows::ended(conn, on, e).await,
        Event::CorrectionAsked(e) => people::correction_rows::asked(conn, on, e).await,
        Event::CorrectionAnswered(e) => people::correction_rows::answered(conn, on, e).await,
        Event::ErasureProposed(e) => people::apply::erasure_proposed(conn, on, e).await,
        Event::ErasureWithdrawn(e) => people::apply::erasure_withdrawn(conn, on, e).await,
        Event::AnswerGiven(e) => people::apply::answer_given(conn, on, e).await,
        Event::AnswerWithdrawn(e) => people::apply::answer_withdrawn(conn, on, e).await,
        Event::PaperRecorded(e) => papers::apply::recorded(conn, on, e).await,
        Event::PaperTaskOpened(e) => papers::apply::task_opened(conn, on, e).await,
        Event::PaperTaskMoved(e) => papers::apply::task_moved(conn, on, e).await,
        Event::ImportOpened(e) => lists::apply::opened(conn, on, e).await,
        Event::RowsAccepted(e) => lists::apply::accepted(conn, on, e, batches).await,
        Event::ImportFinished(e) => lists::apply::finished(conn, on, e).await,
        Event::ImportCancelled(e) => lists::apply::cancelled(conn, on, e).await,
        Event::ListedMatched(e) => lists::apply::matched(conn, on, e).await,
        Event::ListedDecided(e) => lists::decided::decided(conn, on, e).await,
        Event::ListedConfirmed(e) => lists::decided::confirmed(conn, on, e).await,
        Event::ListedTakenBack(e) => lists::decided::taken_back(conn, on, e).await,
        Event::LinkDecided(e) => people::link_rows::decided(conn, on, e).await,
        Event::PersonsMerged(e) => people::link_rows::merged(conn, on, e).await,
        Event::MergeUndone(e) => people::link_rows::undone(conn, on, e).await,
        Event::RecordsJoined(e) => people::link_rows::joined(conn, on, e).await,
        Event::RecordsParted(e) => people::link_rows::parted(conn, on, e).await,
        Event::TokenIssued(e) => visits::apply::issued(conn, on, e).await,
        Event::VisitCalled(e) => visits::apply::called(conn, on, e).await,
        Event::TokenCalled(e) => visits::apply::token_called(conn, on, e).await,
        Event::VisitHanded(e) => visits::apply::handed(conn, on, e).await,
        Event::VisitStated(e) => visits::apply::stated(conn, on, e).await,
        Event::VisitorSaid(e) => visits::apply::visitor_said(conn, on, e).await,
        Event::DayClosed(e) => visits::apply::day_closed(conn, on, e).await,
        Event::HouseholdFound(e) => visits::apply::found(conn, on, e).await,
        Event::QuestionLeft(e) => visits::apply::question_left(conn, on, e).await,
        Event::HelpAsked(e) => visits::apply::help_asked(conn, on, e).await,
        Event::Screened(e) => visits::apply::screened(conn, on, e).await,
        Event::PackageChosen(e) => visits::apply::chosen(conn, on, e).await,
        Event::VisitEnded(e) => visits::apply::ended(conn, on, e).await,
        Event::ApplicationSubmitted(e) => applications::apply::submitted(conn, on, e).await,
        Event::ApplicationMoved(e) => applications::apply::moved(conn, on, e).await,
        Event::ApplicationFlagged(e) => applications::apply::flagged(conn, on, e).await,
        Event::ApplicationFlagLifted(e) => applications::apply::flag_lifted(conn, on, e).await,
        Event::DeliveryRecorded(e) => applications::apply::delivered(conn, on, e).await,
        Event::DispatchListed(e) => applications::dispatch::listed(conn, on, e).await,
        Event::DispatchAnswered(e) => applications::dispatch::answered(conn, on, e).await,
        Event::ReceiptIssued(e) => applications::apply::receipt_issued(conn, on, e).await,
        Event::ReceiptReissued(e) => applications::apply::receipt_reissued(conn, on, e).await,
        Event::GrievanceFiled(e) => grievances::apply::filed(conn, on, e).await,
        Event::GrievanceMoved(e) => grievances::apply::moved(conn, on, e).await,
        Event::GrievanceRecused(e) => grievances::apply::recused(conn, on, e).await,
        Event::GrievanceSecretRenewed(e) => grievances::apply::secret_renewed(conn, on, e).await,
        Event::OfficerAppointed(e) => access::apply::appointed(conn, on, e).await,
        Event::OfficerChanged(e) => access::apply::changed(conn, on, e).await,
        Event::SecondStepReset(e) => access::apply::second_step_reset(conn, on, e).await,
        Event::DeputyNamed(e) => access::apply::deputy_named(conn, on, e).await,
        Event::DeputyEnded(_) => access::apply::deputy_ended(conn, on).await,
        Event::ProtectedOpened(e) => access::openings::opened(conn, on, e).await,
        Event::ProtectedOpeningSeen(_) => access::openings::seen(conn, on).await,
        Event::SiteAdded(e) => services::apply::added(conn, on, e).await,
        Event::SiteCorrected(e) => services::apply::corrected(conn, on, e).await,
        Event::SiteClosed(e) => services::apply::closed(conn, on, e).await,
        Event::SiteReopened(e) => services::apply::reopened(conn, on, e).await,
        Event::PageTextCorrected(e) => services::apply::text_corrected(conn, on, e).await,
        Event::PageTextWithdrawn(e) => services::apply::text_withdrawn(conn, on, e).await,
        Event::PackPublished(e) => programmes::published(conn, on, e).await,
        Event::Redacted(_) => Ok(()),
    }
}
