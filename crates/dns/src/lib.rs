//! Questions to the domain name system and their answers in wire format (RFC 1035 §4), whatever carries them: UDP, TCP or
//! HTTPS. Nothing here asks anybody.

use hickory_proto::{
    op::{Edns, Message, MessageType, OpCode, Query as Question, ResponseCode},
    rr::{DNSClass, Name, RData, Record, RecordType as Kind},
};
use mekiki_proof::{Answer, Query, RecordType};

/// Largest answer that is taken over UDP, in bytes (the DNS Flag Day 2020's figure: no fragments).
pub const LARGEST_UDP: u16 = 1_232;

/// What a resolver answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The answer itself.
    pub answer: Answer,
    /// Whether the resolver says that it checked it by DNSSEC (the AD bit, RFC 4035 §3.2.3).
    pub is_authentic: bool,
    /// Whether there is more of it, which did not fit.
    pub is_truncated: bool,
    /// How long it may be kept, in seconds.
    pub ttl: u32,
}

/// A question in wire format, under that number; nothing where the name cannot be put so.
pub fn question(query: &Query, id: u16) -> Option<Vec<u8>> {
    let mut message = Message::new(id, MessageType::Query, OpCode::Query);
    message.metadata.recursion_desired = true;
    // Without it many resolvers do not tell what they checked (RFC 6840 §5.7).
    message.metadata.authentic_data = true;
    message.add_query(asked(query)?);
    let mut edns = Edns::new();
    edns.set_max_payload(LARGEST_UDP);
    message.set_edns(edns);
    message.to_vec().ok()
}

/// The number under which an answer comes; nothing where it is none.
pub fn id_of(bytes: &[u8]) -> Option<u16> {
    bytes.first_chunk().copied().map(u16::from_be_bytes)
}

/// Reads what came as the answer to a question under that number; nothing where it is not one.
pub fn reply(bytes: &[u8], query: &Query, id: u16) -> Option<Reply> {
    let message = Message::from_vec(bytes).ok()?;
    let is_reply = message.metadata.message_type == MessageType::Response
        && message.metadata.id == id
        && message.queries.first() == asked(query).as_ref();
    is_reply.then(|| {
        let of_kind =
            |record: &&Record| record.dns_class == DNSClass::IN && record.data.record_type() == kind(query.kind);
        // Aliases on the way stand there too; the records at their end are what was asked for.
        let records: Vec<String> =
            message.answers.iter().filter(of_kind).filter_map(|record| text(&record.data)).collect();
        let told = message.answers.iter().map(|record| record.ttl);
        // Of what is not there the zone says how long that holds (RFC 2308 §5).
        let absent = message.authorities.iter().filter_map(|record| match &record.data {
            RData::SOA(soa) => Some(record.ttl.min(soa.minimum)),
            _ => None,
        });
        Reply {
            answer: match message.metadata.response_code {
                ResponseCode::NoError if records.is_empty() => Answer::NoData,
                ResponseCode::NoError => Answer::Records(records),
                ResponseCode::NXDomain => Answer::NoSuchName,
                _ => Answer::Failed,
            },
            is_authentic: message.metadata.authentic_data,
            is_truncated: message.metadata.truncation,
            ttl: told.chain(absent).min().unwrap_or(0),
        }
    })
}

fn asked(query: &Query) -> Option<Question> {
    let mut name = Name::from_ascii(&query.name).ok()?;
    name.set_fqdn(true);
    Some(Question::query(name, kind(query.kind)))
}

fn kind(kind: RecordType) -> Kind {
    match kind {
        RecordType::A => Kind::A,
        RecordType::Aaaa => Kind::AAAA,
        RecordType::Mx => Kind::MX,
        RecordType::Ptr => Kind::PTR,
        RecordType::Txt => Kind::TXT,
    }
}

/// A record as text.
fn text(data: &RData) -> Option<String> {
    let name = |name: &Name| {
        let text = name.to_ascii();
        text.strip_suffix('.').map_or_else(|| text.clone(), str::to_owned)
    };
    Some(match data {
        RData::A(address) => address.0.to_string(),
        RData::AAAA(address) => address.0.to_string(),
        RData::MX(mx) => format!("{} {}", mx.preference, name(&mx.exchange)),
        RData::PTR(host) => name(&host.0),
        RData::TXT(txt) => {
            let bytes: Vec<u8> = txt.txt_data.iter().flat_map(|part| part.iter().copied()).collect();
            // Bytes that are no UTF-8 keep a place each: no record that means anything has them.
            String::from_utf8(bytes).unwrap_or_else(|error| error.as_bytes().iter().copied().map(char::from).collect())
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        reason = "a failed expectation is a failed test"
    )]

    use super::*;
    use hickory_proto::rr::rdata::{A, SOA, TXT};

    fn query() -> Query {
        Query::new("Selector._domainkey.Example.test", RecordType::Txt)
    }

    /// The message that answers a question, with what `fill` makes of it.
    fn answered(query: &Query, fill: impl FnOnce(&mut Message, Name)) -> Vec<u8> {
        let asked = Message::from_vec(&question(query, 7).expect("a name")).expect("a message");
        let mut message = Message::response(7, OpCode::Query);
        let name = asked.queries[0].name().clone();
        message.add_query(asked.queries[0].clone());
        fill(&mut message, name);
        message.to_vec().expect("a message")
    }

    #[test]
    fn a_question_asks_for_one_name_and_for_dnssec() {
        let asked = Message::from_vec(&question(&query(), 7).expect("a name")).expect("a message");
        assert_eq!(asked.queries[0].name().to_ascii(), "selector._domainkey.example.test.");
        assert!(asked.metadata.recursion_desired && asked.metadata.authentic_data);
        assert_eq!(question(&Query::new(&"x".repeat(64), RecordType::A), 0), None);
    }

    #[test]
    fn strings_of_a_text_are_one_and_the_shortest_life_counts() {
        let bytes = answered(&query(), |message, name| {
            message.metadata.authentic_data = true;
            let long = TXT::new(vec!["v=DKIM1; p=AB".to_owned(), "CD".to_owned()]);
            message.add_answer(Record::from_rdata(name.clone(), 300, RData::TXT(long)));
            message.add_answer(Record::from_rdata(name, 60, RData::TXT(TXT::new(vec!["other".to_owned()]))));
        });
        let answer = Answer::Records(vec!["v=DKIM1; p=ABCD".to_owned(), "other".to_owned()]);
        let expected = Reply { answer, is_authentic: true, is_truncated: false, ttl: 60 };
        assert_eq!(reply(&bytes, &query(), 7), Some(expected));
    }

    #[test]
    fn what_is_not_there_is_told_from_what_could_not_be_had() {
        let soa = |message: &mut Message, name: Name| {
            let soa = SOA::new(name.clone(), name.clone(), 1, 1, 1, 1, 30);
            message.authorities.push(Record::from_rdata(name, 900, RData::SOA(soa)));
        };
        let of = |code| {
            let bytes = answered(&query(), |message, name| {
                message.metadata.response_code = code;
                soa(message, name);
            });
            reply(&bytes, &query(), 7).map(|reply| (reply.answer, reply.ttl))
        };
        assert_eq!(of(ResponseCode::NoError), Some((Answer::NoData, 30)));
        assert_eq!(of(ResponseCode::NXDomain), Some((Answer::NoSuchName, 30)));
        assert_eq!(of(ResponseCode::ServFail), Some((Answer::Failed, 30)));
        assert_eq!(of(ResponseCode::Refused), Some((Answer::Failed, 30)));
    }

    #[test]
    fn records_of_another_kind_are_no_answer() {
        let bytes = answered(&query(), |message, name| {
            message.add_answer(Record::from_rdata(name, 60, RData::A(A::new(192, 0, 2, 1))));
        });
        assert_eq!(reply(&bytes, &query(), 7).map(|reply| reply.answer), Some(Answer::NoData));
    }

    #[test]
    fn what_does_not_answer_the_question_is_no_answer() {
        let bytes = answered(&query(), |_, _| {});
        assert_eq!(reply(&bytes, &query(), 8), None);
        assert_eq!(reply(&bytes, &Query::new("example.test", RecordType::Txt), 7), None);
        assert_eq!(reply(&question(&query(), 7).expect("a name"), &query(), 7), None);
        assert_eq!(reply(b"<html>", &query(), 7), None);
        for end in 0..bytes.len() {
            assert_eq!(reply(&bytes[..end], &query(), 7), None, "{end}");
        }
        assert_eq!(id_of(&bytes), Some(7));
        assert_eq!(id_of(b"x"), None);
    }
}
