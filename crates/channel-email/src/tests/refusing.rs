//! Mail servers that let nobody in: because of the password, or only for the moment.

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::fetching::{manner, place};
use super::house::{House, capabilities};
use crate::fetch::source::{Place, Protocol};

/// Greets, and answers every login with these words. `None` when the other side is gone.
async fn refuse(stream: TcpStream, protocol: Protocol, words: &str) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let greeting = if protocol == Protocol::Imap { "* OK here\r\n" } else { "+OK here\r\n" };
    stream.write_all(greeting.as_bytes()).await.ok()?;
    let mut line = String::new();
    while stream.read_line(&mut line).await.ok()? > 0 {
        let said = std::mem::take(&mut line);
        let answer = match protocol {
            Protocol::Imap => format!("{} NO {words}\r\n", said.split(' ').next()?),
            Protocol::Pop3 if said.starts_with("USER") => "+OK\r\n".to_owned(),
            Protocol::Pop3 => format!("-ERR {words}\r\n"),
        };
        stream.write_all(answer.as_bytes()).await.ok()?;
    }
    Some(())
}

async fn server(protocol: Protocol, words: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("binds");
    let port = listener.local_addr().expect("bound").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(refuse(stream, protocol, words));
        }
    });
    port
}

testkit::both! { with capabilities();
    async fn only_a_password_that_is_wrong_is_called_so(w: World) {
        let house = House::open(w).await;
        let table = [
            (Protocol::Imap, "[AUTHENTICATIONFAILED] Invalid credentials", "source_login"),
            (Protocol::Imap, "Login failed.", "source_login"),
            (Protocol::Imap, "[UNAVAILABLE] Temporary authentication failure.", "source_unwilling"),
            (Protocol::Imap, "[inuse] Somebody else is here.", "source_unwilling"),
            (Protocol::Imap, "[LIMIT] Too many connections.", "source_unwilling"),
            (Protocol::Pop3, "[AUTH] Invalid credentials", "source_login"),
            (Protocol::Pop3, "Login failed.", "source_login"),
            (Protocol::Pop3, "[IN-USE] Do you have another POP session running?", "source_unwilling"),
            (Protocol::Pop3, "[LOGIN-DELAY] Wait a little.", "source_unwilling"),
            (Protocol::Pop3, "[SYS/TEMP] The store is down.", "source_unwilling"),
        ];
        for (protocol, words, code) in table {
            let place = Place { protocol, ..place(server(protocol, words).await) };
            let refused = house.connect(place, manner()).await.expect_err("refused");
            assert_eq!((refused.code, refused.message.contains(words)), (code, true), "{words}: {}", refused.message);
        }
    }
}
