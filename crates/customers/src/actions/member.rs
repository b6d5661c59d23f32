//! A customer joins a company, or leaves one.

use base::Result;
use journal::{Action, Cx, Risk};

use crate::events::{self, MEMBER_ADDED, MEMBER_REMOVED};
use crate::model::Membership;
use crate::store as rows;

pub struct AddMember;

impl Action for AddMember {
    const NAME: &'static str = "customer.add_member";
    const GRANT: &'static str = "customer.change";
    const RISK: Risk = Risk::Reversible;
    type Input = Membership;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &Membership) -> Result<()> {
        let Membership { company, customer } = *input;
        rows::lock_customer(cx, customer)?;
        rows::get_company(cx, company, false)?;
        if rows::insert_member(cx, company, customer)? {
            rows::set_touched(cx, customer)?;
            cx.record(events::about_member(MEMBER_ADDED, customer, company))?;
            cx.undoable::<RemoveMember>(input)?;
        }
        Ok(())
    }
}

pub struct RemoveMember;

impl Action for RemoveMember {
    const NAME: &'static str = "customer.remove_member";
    const GRANT: &'static str = "customer.change";
    const RISK: Risk = Risk::Reversible;
    type Input = Membership;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &Membership) -> Result<()> {
        let Membership { company, customer } = *input;
        rows::lock_customer(cx, customer)?;
        rows::get_company(cx, company, false)?;
        if rows::delete_member(cx, company, customer)? {
            rows::set_touched(cx, customer)?;
            cx.record(events::about_member(MEMBER_REMOVED, customer, company))?;
            cx.undoable::<AddMember>(input)?;
        }
        Ok(())
    }
}
