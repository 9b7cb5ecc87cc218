//! Pages asked over HTTP, against a store in memory and the real pack. One binary: linking is what costs.

mod access;
mod apply;
mod cases;
mod check;
mod common;
mod counter;
mod deliveries;
mod department;
mod eligibility;
mod flood;
mod grievances;
mod guard;
mod imports;
mod later;
mod monitor;
mod overlap;
mod packed;
mod pairs;
mod papers;
mod people;
mod pictured;
mod portal;
mod routes;
mod services;
mod tracking;
mod visits;
