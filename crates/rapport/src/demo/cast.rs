//! Who appears in the demo: the agents of Linden & Lark, their customers and the customers' companies.

use base::Result;
use base::error::internal;

/// All agents of the demo sign in with it; the demo listens on this machine alone.
pub const PASSWORD: &str = "linden-and-lark";
pub const COMPANY: &str = "Linden & Lark";

pub struct Actor {
    pub key: &'static str,
    pub name: &'static str,
    pub email: &'static str,
    pub role: &'static str,
    pub locale: Option<&'static str>,
    pub support: bool,
    pub repairs: bool,
}

pub const AGENTS: [Actor; 4] = [
    Actor {
        key: "ann",
        name: "Ann Becker",
        email: "ann@linden-lark.example",
        role: "owner",
        locale: None,
        support: true,
        repairs: false,
    },
    Actor {
        key: "bo",
        name: "Bo Lindqvist",
        email: "bo@linden-lark.example",
        role: "agent",
        locale: None,
        support: true,
        repairs: true,
    },
    Actor {
        key: "carla",
        name: "Carla Reyes",
        email: "carla@linden-lark.example",
        role: "agent",
        locale: None,
        support: true,
        repairs: false,
    },
    Actor {
        key: "deniz",
        name: "Deniz Aydın",
        email: "deniz@linden-lark.example",
        role: "agent",
        locale: None,
        support: false,
        repairs: true,
    },
];

pub struct Mailbox {
    pub key: &'static str,
    pub address: &'static str,
    pub name: &'static str,
}

pub const MAILBOXES: [Mailbox; 2] = [
    Mailbox { key: "support", address: "support@linden-lark.example", name: "Linden & Lark" },
    Mailbox { key: "service", address: "service@linden-lark.example", name: "Linden & Lark Service" },
];

pub fn mailbox(key: &str) -> &'static Mailbox {
    MAILBOXES.iter().find(|m| m.key == key).unwrap_or(&MAILBOXES[0])
}

/// A line of `customers.txt`: `key | name | address | language | company | note | attributes | tags`.
/// Those with neither company, note, attribute nor tag are unknown until they write.
pub struct Customer {
    pub key: &'static str,
    pub name: &'static str,
    pub address: &'static str,
    pub language: &'static str,
    pub company: &'static str,
    pub note: &'static str,
    pub attributes: Vec<(&'static str, &'static str)>,
    pub tags: Vec<&'static str>,
}

impl Customer {
    pub fn is_known_before(&self) -> bool {
        let told = [self.company, self.note].iter().any(|text| !text.is_empty());
        told || !self.attributes.is_empty() || !self.tags.is_empty()
    }
}

/// A line of `companies.txt`: `name | domain | note`.
pub struct Company {
    pub name: &'static str,
    pub domain: &'static str,
    pub note: &'static str,
}

pub struct Cast {
    pub customers: Vec<Customer>,
    pub companies: Vec<Company>,
}

impl Cast {
    pub fn find(&self, key: &str) -> Option<&Customer> {
        self.customers.iter().find(|c| c.key == key)
    }

    pub fn get(&self, key: &str) -> Result<&Customer> {
        self.find(key).ok_or_else(|| internal(format!("nobody in the story is called {key}")))
    }
}

pub fn read() -> Result<Cast> {
    let customers = lines(include_str!("../../demo/customers.txt"));
    let companies = lines(include_str!("../../demo/companies.txt"));
    Ok(Cast {
        customers: customers.map(customer).collect::<Result<_>>()?,
        companies: companies.map(company).collect::<Result<_>>()?,
    })
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn customer(line: &'static str) -> Result<Customer> {
    let parts: Vec<&str> = line.split('|').map(str::trim).collect();
    let &[key, name, address, language, company, note, attributes, tags] = parts.as_slice() else {
        return Err(internal(format!("eight columns are expected in “{line}”")));
    };
    let attributes = attributes.split(';').filter_map(|pair| pair.split_once('='));
    Ok(Customer {
        key,
        name,
        address,
        language,
        company,
        note,
        attributes: attributes.map(|(name, value)| (name.trim(), value.trim())).collect(),
        tags: tags.split_whitespace().collect(),
    })
}

fn company(line: &'static str) -> Result<Company> {
    let parts: Vec<&str> = line.split('|').map(str::trim).collect();
    let &[name, domain, note] = parts.as_slice() else {
        return Err(internal(format!("three columns are expected in “{line}”")));
    };
    Ok(Company { name, domain, note })
}
