//! A resolver that is asked over UDP, and over TCP where an answer does not fit (RFC 1035 §4.2). It is believed: whoever
//! wants DNSSEC has one that checks it.

use anyhow::{Context as _, Result, bail};
use mekiki_dns::{LARGEST_UDP, Reply, id_of, question, reply};
use mekiki_proof::{Answer, Query};
use std::{
    collections::HashMap,
    fs,
    io::{Read, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, UdpSocket},
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

/// How long one round of questions is waited for, each time.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often a question is asked.
const TRIES: usize = 2;
/// Rounds without any answer after which nothing is asked any more: a dead resolver shall not hold up a mailbox.
const MOST_SILENT: usize = 2;
/// Servers of the system's that are used.
const MOST_SERVERS: usize = 3;
/// Questions sent at once.
const MOST_AT_ONCE: usize = 32;
const PORT: u16 = 53;
const SYSTEM: &str = "/etc/resolv.conf";

pub struct Resolver {
    servers: Vec<SocketAddr>,
    silent: AtomicUsize,
    unanswered: AtomicUsize,
}

impl Resolver {
    /// The resolver at an address, `IP` or `IP:PORT`, or where that is empty the system's.
    pub fn of(text: &str) -> Result<Self> {
        let servers = if text.is_empty() { system()? } else { vec![server(text)?] };
        Ok(Self { servers, silent: AtomicUsize::new(0), unanswered: AtomicUsize::new(0) })
    }

    /// What there is to complain about, once everything was asked.
    pub fn complaint(&self) -> Option<String> {
        let unanswered = self.unanswered.load(Ordering::Relaxed);
        let servers: Vec<_> = self.servers.iter().map(ToString::to_string).collect();
        let is_dead = self.silent.load(Ordering::Relaxed) >= MOST_SILENT;
        let dead = if is_dead { "; it was not asked any further" } else { "" };
        (unanswered > 0).then(|| {
            format!("{}: {unanswered} questions had no answer that can be used{dead}. What hangs on them could not be checked", servers.join(", "))
        })
    }

    /// Answers questions, each in its place.
    pub fn answers(&self, queries: &[Query]) -> Vec<Answer> {
        let answers: Vec<Answer> = queries.chunks(MOST_AT_ONCE).flat_map(|queries| self.some(queries)).collect();
        let failed = answers.iter().filter(|answer| **answer == Answer::Failed).count();
        self.unanswered.fetch_add(failed, Ordering::Relaxed);
        answers
    }

    fn some(&self, queries: &[Query]) -> Vec<Answer> {
        let mut found: Vec<Option<Answer>> = vec![None; queries.len()];
        if self.silent.load(Ordering::Relaxed) < MOST_SILENT {
            let mut has_answered = false;
            for at in 0..TRIES.max(self.servers.len()) {
                let Some(server) = self.servers.get(at % self.servers.len()) else { break };
                has_answered |= round(*server, queries, &mut found).unwrap_or(false);
                if found.iter().all(|answer| matches!(answer, Some(answer) if *answer != Answer::Failed)) {
                    break;
                }
            }
            if has_answered {
                self.silent.store(0, Ordering::Relaxed);
            } else {
                self.silent.fetch_add(1, Ordering::Relaxed);
            }
        }
        found.into_iter().map(|answer| answer.unwrap_or(Answer::Failed)).collect()
    }
}

fn server(text: &str) -> Result<SocketAddr> {
    let address = text.parse().or_else(|_| text.parse::<IpAddr>().map(|address| SocketAddr::new(address, PORT)));
    address.with_context(|| format!("{text}: not the address of a resolver, such as 192.0.2.53 or [2001:db8::53]:5353"))
}

/// The resolvers that the system uses.
fn system() -> Result<Vec<SocketAddr>> {
    let text = fs::read_to_string(SYSTEM)
        .with_context(|| format!("{SYSTEM}: the system's resolver is not known; name one: --resolve=IP"))?;
    let servers: Vec<SocketAddr> = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("nameserver")?.trim().split('%').next()?.parse().ok())
        .map(|address| SocketAddr::new(address, PORT))
        .take(MOST_SERVERS)
        .collect();
    if servers.is_empty() {
        bail!("{SYSTEM}: names no resolver; name one: --resolve=IP");
    }
    Ok(servers)
}

/// Asks one server what has no answer yet. Whether anything came back.
fn round(server: SocketAddr, queries: &[Query], found: &mut [Option<Answer>]) -> Result<bool> {
    let local =
        if server.is_ipv4() { IpAddr::from(Ipv4Addr::UNSPECIFIED) } else { IpAddr::from(Ipv6Addr::UNSPECIFIED) };
    let socket = UdpSocket::bind((local, 0))?;
    socket.connect(server)?;
    let mut open: HashMap<u16, (usize, &Query)> = HashMap::new();
    for (at, query) in queries.iter().enumerate() {
        if matches!(found.get(at), Some(Some(answer)) if *answer != Answer::Failed) {
            continue;
        }
        let id = some_id()?;
        // One that shares its number with another is asked the next time.
        if open.contains_key(&id) {
            continue;
        }
        let Some(bytes) = question(query, id) else { continue };
        if socket.send(&bytes).is_ok() {
            open.insert(id, (at, query));
        }
    }
    let end = Instant::now() + PATIENCE;
    let mut buffer = [0_u8; LARGEST_UDP as usize];
    let mut has_answered = false;
    while !open.is_empty() {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break;
        }
        socket.set_read_timeout(Some(left))?;
        // Nobody there, or the time is over.
        let Ok(length) = socket.recv(&mut buffer) else { break };
        let Some(bytes) = buffer.get(..length) else { continue };
        let Some(id) = id_of(bytes) else { continue };
        let Some(&(at, query)) = open.get(&id) else { continue };
        let Some(told) = reply(bytes, query, id) else { continue };
        open.remove(&id);
        has_answered = true;
        let told = if told.is_truncated { whole(server, query).ok() } else { Some(told) };
        if let Some(place) = found.get_mut(at) {
            *place = Some(told.map_or(Answer::Failed, |told| told.answer));
        }
    }
    Ok(has_answered)
}

/// A number for a question that nobody can guess (RFC 5452 §4.3).
fn some_id() -> Result<u16> {
    let mut bytes = [0; 2];
    getrandom::fill(&mut bytes).context("random numbers")?;
    Ok(u16::from_be_bytes(bytes))
}

/// The same question over TCP.
fn whole(server: SocketAddr, query: &Query) -> Result<Reply> {
    let mut stream = TcpStream::connect_timeout(&server, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let id = some_id()?;
    let bytes = question(query, id).context("no name")?;
    let length = u16::try_from(bytes.len())?.to_be_bytes();
    stream.write_all(&[&length[..], &bytes].concat())?;
    let mut length = [0; 2];
    stream.read_exact(&mut length)?;
    let mut bytes = vec![0; usize::from(u16::from_be_bytes(length))];
    stream.read_exact(&mut bytes)?;
    reply(&bytes, query, id).context("not the answer to the question")
}
