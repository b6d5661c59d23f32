//! What an examination finds: one line each, with the way out.

use base::words;
use serde::{Deserialize, Serialize};

words! {
    pub enum Verdict {
        Ok = "ok",
        /// It works, but not for long or not for all.
        Warn = "warn",
        Fail = "fail",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub check: String,
    /// Absent where it is about the whole installation.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub workspace: Option<String>,
    pub state: Verdict,
    pub said: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub remedy: Option<String>,
}

impl Finding {
    pub fn ok(check: &str, said: impl Into<String>) -> Finding {
        Finding {
            check: check.to_owned(),
            workspace: None,
            state: Verdict::Ok,
            said: said.into(),
            remedy: None,
        }
    }

    pub fn warn(check: &str, said: impl Into<String>, remedy: impl Into<String>) -> Finding {
        Finding { state: Verdict::Warn, remedy: Some(remedy.into()), ..Finding::ok(check, said) }
    }

    pub fn fail(check: &str, said: impl Into<String>, remedy: impl Into<String>) -> Finding {
        Finding { state: Verdict::Fail, remedy: Some(remedy.into()), ..Finding::ok(check, said) }
    }

    pub fn within(self, workspace: &str) -> Finding {
        Finding { workspace: Some(workspace.to_owned()), ..self }
    }

    /// For a terminal.
    pub fn line(&self) -> String {
        let place = self.workspace.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
        let line = format!("{:4}  {}{place}: {}", self.state.as_str(), self.check, self.said);
        match &self.remedy {
            Some(remedy) => format!("{line}\n      {remedy}"),
            None => line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_is_wrong_and_what_to_do() {
        let finding = Finding::fail("disk", "It is full.", "Make room.").within("main");
        assert_eq!(finding.line(), "fail  disk (main): It is full.\n      Make room.");
        assert_eq!(Finding::ok("disk", "Fine.").line(), "ok    disk: Fine.");
    }
}
