//! A name server on loopback whose records a test sets while it runs.

use std::collections::HashMap;
use std::net::{SocketAddr, UdpSocket};
use std::str::FromStr;
use std::sync::{Arc, Mutex};

use hickory_resolver::proto::op::{Message, MessageType, OpCode, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, MX, TXT};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};

type Records = Arc<Mutex<HashMap<(String, RecordType), Vec<RData>>>>;

/// Ends with the test's process.
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

    pub fn txt(&self, name: &str, value: &str) {
        self.set(name, RData::TXT(TXT::from_bytes(value.as_bytes().chunks(250).collect())));
    }

    pub fn a(&self, name: &str, value: &str) {
        self.set(name, RData::A(A(value.parse().expect("an address"))));
    }

    pub fn mx(&self, name: &str, value: &str) {
        let target = Name::from_str(&format!("{value}.")).expect("a name");
        self.set(name, RData::MX(MX::new(10, target)));
    }

    /// Takes the place of what stood there.
    fn set(&self, name: &str, data: RData) {
        let key = (format!("{name}."), data.record_type());
        self.records.lock().expect("whole").insert(key, vec![data]);
    }
}

fn answer(socket: &UdpSocket, records: &Records) {
    let mut buffer = vec![0; 4_096];
    loop {
        let Ok((length, from)) = socket.recv_from(&mut buffer) else { return };
        let Ok(asked) = Message::from_vec(&buffer[..length]) else { continue };
        let Some(query) = asked.queries.first().cloned() else { continue };
        let name = query.name().to_lowercase().to_ascii();
        let mut reply = Message::new(asked.metadata.id, MessageType::Response, OpCode::Query);
        reply.metadata.recursion_available = true;
        let found =
            records.lock().expect("whole").get(&(name, query.query_type())).cloned().unwrap_or_default();
        if found.is_empty() {
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
