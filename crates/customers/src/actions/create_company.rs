//! A company is made by hand.

use base::Result;
use base::error::conflict;
use journal::{Action, Cx, Risk};

use crate::events::{self, COMPANY_CREATED};
use crate::model::{Company, CompanyDetails, CompanyId};
use crate::{reading, store as rows};

pub struct CreateCompany;

impl Action for CreateCompany {
    const NAME: &'static str = "company.create";
    const RISK: Risk = Risk::Reversible;
    type Input = CompanyDetails;
    type Output = Company;

    fn run(cx: &mut Cx<'_, '_>, input: &CompanyDetails) -> Result<Company> {
        let details = input.checked()?;
        let id = rows::insert_company(cx, &details.name, &details.note)?;
        put_domains(cx, id, &details.domains)?;
        cx.record(events::about_company(COMPANY_CREATED, id))?;
        reading::whole_company(cx, id, false)
    }
}

/// A domain belongs to one company: whoever proves an address of it becomes its member.
pub(crate) fn put_domains(cx: &mut Cx<'_, '_>, company: CompanyId, domains: &[String]) -> Result<()> {
    for domain in domains {
        if !rows::insert_domain(cx, company, domain)? {
            let sentence = format!("The domain {domain} belongs to another company.");
            return Err(conflict("domain_taken", sentence).field("domains"));
        }
    }
    Ok(())
}
