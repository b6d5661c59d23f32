//! A name server on loopback that answers from a few lines, or not at all.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::str::FromStr;

use hickory_resolver::proto::op::{Message, MessageType, OpCode, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, MX, PTR, TXT};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use tokio::net::UdpSocket;

/// Ends with the test.
pub struct Zone {
    pub at: SocketAddr,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Zone {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Zone {
    /// Each line is `name TYPE value`.
    pub async fn open(lines: &str) -> Zone {
        let mut records: HashMap<(String, RecordType), Vec<RData>> = HashMap::new();
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (name, rest) = line.split_once(' ').expect("a name");
            let (kind, value) = rest.split_once(' ').expect("a type");
            let target = || Name::from_str(&format!("{value}.")).expect("a name");
            let data = match kind {
                "A" => RData::A(A(value.parse().expect("an address"))),
                "TXT" => RData::TXT(TXT::from_bytes(value.as_bytes().chunks(250).collect())),
                "MX" => RData::MX(MX::new(10, target())),
                _ => RData::PTR(PTR(target())),
            };
            records.entry((format!("{name}."), data.record_type())).or_default().push(data);
        }
        let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a port");
        let at = socket.local_addr().expect("bound");
        Zone { at, task: tokio::spawn(answer(socket, records)) }
    }
}

/// Names that begin with `silent` get no answer.
async fn answer(socket: UdpSocket, records: HashMap<(String, RecordType), Vec<RData>>) {
    let mut buffer = vec![0; 4_096];
    loop {
        let Ok((length, from)) = socket.recv_from(&mut buffer).await else { return };
        let Ok(asked) = Message::from_vec(&buffer[..length]) else { continue };
        let Some(query) = asked.queries.first().cloned() else { continue };
        let name = query.name().to_lowercase().to_ascii();
        if name.contains("silent") {
            continue;
        }
        let mut reply = Message::new(asked.metadata.id, MessageType::Response, OpCode::Query);
        reply.metadata.recursion_available = true;
        let found = records.get(&(name, query.query_type())).cloned().unwrap_or_default();
        if found.is_empty() {
            reply.metadata.response_code = ResponseCode::NXDomain;
        }
        reply.add_query(query.clone());
        for data in found {
            reply.add_answer(Record::from_rdata(query.name().clone(), 60, data));
        }
        if let Ok(bytes) = reply.to_vec() {
            let _ = socket.send_to(&bytes, from).await;
        }
    }
}
