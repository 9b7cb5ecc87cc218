//! Complaints: who sees one that is about them, what its code opens, what a protected appeal tells.

use super::receipt;
use crate::common::{Base, on_both, story};
use domain::grievances::{GrievanceKind, Subject};
use store::grievances::Concerned;

on_both!(whoever_a_complaint_is_about_sees_no_line_no_count_and_no_page_of_it, async |base: &Base| {
    let story = story::full(base).await;
    let officer = story.scope("grievance.nsr").await;
    let g = base.store.grievances(&officer);
    assert_eq!(g.get(story.about_office).await.expect("an answer"), None);
    let listed: Vec<_> = g.inbox(0, 50).await.expect("a list").into_iter().map(|row| row.id).collect();
    assert!(listed.contains(&story.complaint) && !listed.contains(&story.about_office));
    let counted: i64 = g.counts().await.expect("counts").iter().map(|(_, count)| count).sum();
    let figures: i64 = g.monthly(story.teller.today()).await.expect("counts").iter().map(|month| month.count).sum();
    // The answered complaint and the protected appeal stand in the list; figures leave the protected one out.
    assert_eq!((counted, figures), (2, 1));
    assert_eq!(g.history(story.about_office).await.expect("an answer"), []);
    assert_eq!(g.candidates(story.about_office).await.expect("an answer"), []);
    let unit = story.scope("unit").await;
    let above = base.store.grievances(&unit);
    let listed: Vec<_> = above.inbox(0, 50).await.expect("a list").into_iter().map(|row| row.id).collect();
    assert_eq!(listed, [story.about_office], "the province reads what nobody in the district may");
    assert_eq!(above.candidates(story.about_office).await.expect("officers").len(), 1);
});

on_both!(a_complaint_opens_by_its_own_code_and_shows_its_officer_to_nobody_outside, async |base: &Base| {
    let story = story::full(base).await;
    let scope = receipt(base, &story::complaint_code(), story::COMPLAINT_SECRET, story.teller.at).await;
    assert_eq!((scope.receipt(), scope.grievance()), (None, Some(story.complaint)));
    let proof = base.store.proof_of(&scope, &story::complaint_code()).await.expect("an answer").expect("a proof");
    let again = base.store.receipt_again(&story::complaint_code(), &proof).await.expect("an answer");
    assert_eq!(again.and_then(|scope| scope.grievance()), Some(story.complaint));
    let g = base.store.grievances(&scope);
    assert_eq!(g.mine().await.expect("a list").len(), 1);
    let history = g.history(story.complaint).await.expect("steps");
    assert_eq!(history.iter().filter(|step| step.officer.is_some()).count(), 0);
    assert_eq!(history.last().and_then(|step| step.words.as_deref()), Some("The committee meets on Monday."));
    assert!(base.store.applications(&scope).inbox(0, 9).await.expect("a list").is_empty(), "and nothing else");
});

on_both!(a_protected_appeal_tells_the_complaints_officer_that_it_is_one_and_nothing_more, async |base: &Base| {
    let story = story::full(base).await;
    let officer = story.scope("grievance.nsr").await;
    let g = base.store.grievances(&officer);
    let found = g.get(story.protected_appeal).await.expect("an answer").expect("the appeal");
    assert_eq!((found.filed.programme, found.filed.operator, found.filed.household), (None, None, None));
    let row = g.inbox(0, 50).await.expect("a list").into_iter().find(|row| row.id == story.protected_appeal);
    assert_eq!(row.map(|row| (row.programme, row.operator)), Some((None, None)));
    let application = g.application(story.protected_appeal).await.expect("an answer").expect("its standing");
    assert_eq!((application.id, application.submitted.programme.0.as_str()), (story.shelter, ""));
    let welfare = story.scope("welfare.nsr").await;
    let handed = base.store.grievances(&welfare).get(story.protected_appeal).await.expect("an answer");
    assert_eq!(handed.expect("handed over").filed.programme, Some("kp-shelter".into()));
    let other = story.scope("zakat.nsr").await;
    assert_eq!(base.store.grievances(&other).get(story.protected_appeal).await.expect("an answer"), None);
});

on_both!(whom_a_complaint_is_about_is_found_rather_once_too_often, async |base: &Base| {
    let story = story::full(base).await;
    let of = |login: &str| story.officers[login];
    let concerned = async |of: Concerned| base.store.concerned(&of).await.expect("officers");
    let nowshera = || Concerned { district: Some("nowshera".into()), ..Default::default() };
    let department = Concerned { kind: Some(GrievanceKind::Delay), operator: Some("bisp".into()), ..nowshera() };
    assert_eq!(concerned(department).await, [of("bisp.nsr")], "the department of this district, not of the next");
    let centre = Concerned {
        kind: Some(GrievanceKind::Conduct),
        subject: Some(Subject::Centre),
        centre: Some("nowshera".into()),
        ..nowshera()
    };
    let mut all = concerned(centre).await;
    all.sort();
    let mut wanted = vec![of("worker.nsr"), of("clerk.nsr"), of("token.nsr")];
    wanted.sort();
    assert_eq!(all, wanted);
    let office = Concerned { subject: Some(Subject::GrievanceOffice), ..nowshera() };
    assert_eq!(concerned(office).await, [of("grievance.nsr")]);
    let named = Concerned { named: Some("the one called Grievance".to_owned()), ..nowshera() };
    assert_eq!(concerned(named).await, [of("grievance.nsr")]);
    assert_eq!(concerned(nowshera()).await, []);
});
