//! A name server on loopback: its records are set in lines or one by one, also while it runs.

use std::collections::HashMap;
use std::net::{SocketAddr, UdpSocket};
use std::str::FromStr;
use std::sync::{Arc, Mutex};

use hickory_resolver::proto::op::{Message, MessageType, OpCode, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, MX, PTR, TXT};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};

type Records = Arc<Mutex<HashMap<(String, RecordType), Vec<RData>>>>;

/// Ends with the test's process. Names with `silent` in them get no answer, those with `broken` only an excuse.
#[derive(Clone)]
pub struct NameServer {
    pub at: SocketAddr,
    records: Records,
}

impl NameServer {
    pub fn open() -> NameServer {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
        let (at, records) = (socket.local_addr().expect("bound"), Records::default());
        let answered = records.clone();
        std::thread::spawn(move || answer(&socket, &answered));
        NameServer { at, records }
    }

    /// Each line is `name TYPE value`; names may have several.
    pub fn of(lines: &str) -> NameServer {
        let server = NameServer::open();
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let mut words = line.splitn(3, ' ');
            let mut word = || words.next().expect("name, type and value");
            server.add(word(), data(word(), word()));
        }
        server
    }

    pub fn txt(&self, name: &str, value: &str) {
        self.set(name, data("TXT", value));
    }

    pub fn a(&self, name: &str, value: &str) {
        self.set(name, data("A", value));
    }

    pub fn mx(&self, name: &str, value: &str) {
        self.set(name, data("MX", value));
    }

    /// Takes the place of what stood there.
    fn set(&self, name: &str, data: RData) {
        let key = (format!("{name}."), data.record_type());
        self.records.lock().expect("whole").insert(key, vec![data]);
    }

    fn add(&self, name: &str, data: RData) {
        let key = (format!("{name}."), data.record_type());
        self.records.lock().expect("whole").entry(key).or_default().push(data);
    }
}

/// An MX may begin with its preference.
fn data(kind: &str, value: &str) -> RData {
    let name = |value: &str| Name::from_str(&format!("{}.", value.trim_end_matches('.'))).expect("a name");
    match kind {
        "A" => RData::A(A(value.parse().expect("an address"))),
        "TXT" => RData::TXT(TXT::from_bytes(value.as_bytes().chunks(250).collect())),
        "MX" => match value.split_once(' ') {
            Some((preference, host)) => RData::MX(MX::new(preference.parse().expect("a number"), name(host))),
            None => RData::MX(MX::new(10, name(value))),
        },
        "PTR" => RData::PTR(PTR(name(value))),
        _ => panic!("{kind} is no type that is known here"),
    }
}

fn answer(socket: &UdpSocket, records: &Records) {
    let mut buffer = vec![0; 4_096];
    loop {
        let Ok((length, from)) = socket.recv_from(&mut buffer) else { return };
        let Ok(asked) = Message::from_vec(&buffer[..length]) else { continue };
        let Some(query) = asked.queries.first().cloned() else { continue };
        let name = query.name().to_lowercase().to_ascii();
        if name.contains("silent") {
            continue;
        }
        let mut reply = Message::new(asked.metadata.id, MessageType::Response, OpCode::Query);
        reply.metadata.recursion_available = true;
        let found = records.lock().expect("whole").get(&(name.clone(), query.query_type())).cloned();
        let found = found.unwrap_or_default();
        if name.contains("broken") {
            reply.metadata.response_code = ResponseCode::ServFail;
        } else if found.is_empty() {
            reply.metadata.response_code = ResponseCode::NXDomain;
        }
        reply.add_query(query.clone());
        for data in found {
            reply.add_answer(Record::from_rdata(query.name().clone(), 60, data));
        }
        if let Ok(bytes) = reply.to_vec() {
            let _ = socket.send_to(&bytes, from);
        }
    }
}
