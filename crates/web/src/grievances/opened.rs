//! What this phone has opened: a complaint by its own code, or through the receipt it was made with.

use crate::{
    App,
    portal::track::proven,
    request::{PageError, all_cookies},
};
use axum::http::HeaderMap;
use domain::applications::ReceiptCode;
use store::Scope;

/// Receipts a phone is asked about; more are open on no phone.
const MOST: usize = 8;

/// The scope through which this phone may see a complaint: its own, else that of a receipt it was made with.
pub(super) async fn of_complaint(
    app: &App,
    headers: &HeaderMap,
    code: &ReceiptCode,
) -> Result<Option<Scope>, PageError> {
    if let Some(scope) = proven(app, headers, code).await?.filter(|scope| scope.grievance().is_some()) {
        return Ok(Some(scope));
    }
    let receipts = all_cookies(headers).filter_map(|(name, _)| name.strip_prefix("receipt-")).take(MOST);
    let receipts: Vec<ReceiptCode> = receipts.filter_map(|code| code.parse().ok()).collect();
    for receipt in receipts {
        let Some(scope) = proven(app, headers, &receipt).await? else { continue };
        if app.store.grievances(&scope).by_code(code).await?.is_some() {
            return Ok(Some(scope));
        }
    }
    Ok(None)
}
