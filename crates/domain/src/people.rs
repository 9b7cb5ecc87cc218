//! Persons, households, identity numbers, consent, answers.

mod answers;
mod birth;
mod household;
mod person;

pub use answers::{Answer, AnswerGiven, AnswerValue, AnswerWithdrawn, Provenance};
pub use birth::{Birth, BirthRefused};
pub use household::{
    ConsentHow, ConsentPurpose, ConsentStated, Household, HouseholdCorrected, HouseholdRegistered, MAX_NAME,
    MemberAdded, MemberLeft, MemberListStated, PeopleRefused, PersonCorrected, PhoneEntry, Place,
};
pub use person::{Identity, IdentityCheck, LeaveReason, MaritalStatus, Member, PersonDetails, Relationship, Sex};
