//! What is kept about a company is written anew.

use base::Result;
use journal::{Action, Cx, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::create_company::put_domains;
use crate::events::{self, COMPANY_CHANGED};
use crate::model::{Company, CompanyDetails, CompanyId, must_be};
use crate::{reading, store as rows};

pub struct ChangeCompany;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CompanyChangeInput)]
pub struct Input {
    pub company: CompanyId,
    /// Refuses when the company has another version by now.
    #[serde(default)]
    pub version: Option<i64>,
    pub details: CompanyDetails,
}

impl Action for ChangeCompany {
    const NAME: &'static str = "company.change";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Company;

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Company> {
        let details = input.details.checked()?;
        let before = reading::whole_company(cx, input.company, true)?;
        must_be(input.version, before.version, &before)?;
        let mut note = events::about_company(COMPANY_CHANGED, before.id);
        let differs = [
            ("name", before.name != details.name),
            ("note", before.note != details.note),
            ("domains", before.domains != details.domains),
        ];
        if !differs.iter().any(|(_, differs)| *differs) {
            return Ok(before);
        }
        for (field, _) in differs.into_iter().filter(|(_, differs)| *differs) {
            note = note.change(field, (), ());
        }
        rows::set_company(cx, before.id, &details.name, &details.note)?;
        rows::delete_domains(cx, before.id)?;
        put_domains(cx, before.id, &details.domains)?;
        cx.record(note)?;
        let after = reading::whole_company(cx, before.id, false)?;
        let Company { name, domains, note, .. } = before;
        let details = CompanyDetails { name, domains, note };
        let back = Input { company: after.id, version: Some(after.version), details };
        cx.undoable::<ChangeCompany>(&back)?;
        Ok(after)
    }
}
