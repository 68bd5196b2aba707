//! A client of HTTP/1.1 on a connection that it keeps.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
};

use crate::Failed;

/// Where the server is, and the key that it answers to.
#[derive(Clone)]
pub(crate) struct Door {
    pub(crate) address: SocketAddr,
    pub(crate) key: String,
}

/// A connection.
pub(crate) struct Client {
    door: Door,
    stream: BufReader<TcpStream>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).chars().take(500).collect()
    }

    /// The values of totals; unknown ones are left out.
    pub(crate) fn values(&self) -> Result<Vec<i64>, Failed> {
        let json: serde_json::Value = serde_json::from_slice(&self.body)?;
        let values = json["values"].as_array().ok_or("no values")?;
        Ok(values.iter().filter_map(serde_json::Value::as_i64).collect())
    }
}

impl Client {
    pub(crate) fn connect(door: &Door) -> Result<Self, Failed> {
        let stream = TcpStream::connect(door.address)?;
        stream.set_nodelay(true)?;
        Ok(Self { door: door.clone(), stream: BufReader::with_capacity(1 << 16, stream) })
    }

    pub(crate) fn get(&mut self, path: &str) -> Result<Answer, Failed> {
        let Door { address, key } = &self.door;
        let head = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\n\r\n"
        );
        self.stream.get_mut().write_all(head.as_bytes())?;
        self.answer()
    }

    pub(crate) fn post(&mut self, path: &str, once: &str, body: &str) -> Result<Answer, Failed> {
        let Door { address, key } = &self.door;
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\n\
             Content-Type: application/json\r\nIdempotency-Key: {once}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.answer()
    }

    /// One total.
    pub(crate) fn total(&mut self, path: &str) -> Result<i64, Failed> {
        let answer = self.get(path)?;
        let values = answer.values()?;
        values.first().copied().ok_or_else(|| answer.text().into())
    }

    fn answer(&mut self) -> Result<Answer, Failed> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).ok_or("no status")?.parse()?;
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            if line.trim_end().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse()?;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(Answer { status, body })
    }
}
