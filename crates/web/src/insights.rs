//! Figures: what a centre, a district or an auditor may count. Small and honest; nothing is estimated.

pub mod demand;
pub mod figures;
pub mod metrics;
pub mod overlap;
mod overlap_counts;
