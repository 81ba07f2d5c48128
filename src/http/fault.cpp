// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/fault.h"

#include <QCoreApplication>

namespace gatehouse::http {

namespace {

struct Words
{
    const char *name;
    const char *sentence;
};

// English on the wire, translated for people.
Words wordsOf(EdgeFault fault)
{
    switch (fault) {
    case EdgeFault::None:
        return {"", ""};
    case EdgeFault::BadLine:
        return {"bad_line",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "The request line is malformed.")};
    case EdgeFault::LineTooLong:
        return {"line_too_long",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "The request line is too long.")};
    case EdgeFault::UnknownMethod:
        return {"unknown_method",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "This method is not known here.")};
    case EdgeFault::BadTarget:
        return {"bad_target",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "The request target must be a path.")};
    case EdgeFault::BadVersion:
        return {
            "bad_version",
            QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "Only HTTP/1.1 and HTTP/1.0 are spoken here.")};
    case EdgeFault::BadField:
        return {"bad_field", QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "A header field is malformed.")};
    case EdgeFault::FieldsTooLarge:
        return {"fields_too_large",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "The header fields are too large.")};
    case EdgeFault::TooManyFields:
        return {"too_many_fields",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "There are too many header fields.")};
    case EdgeFault::NoHost:
        return {"no_host", QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "The Host header is missing.")};
    case EdgeFault::RepeatedHost:
        return {"repeated_host",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "The Host header came twice.")};
    case EdgeFault::BadLength:
        return {"bad_length",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "Content-Length must be one number.")};
    case EdgeFault::LengthAndCoding:
        return {"length_and_coding",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault",
                                  "Transfer-Encoding must not come with Content-Length or in HTTP/1.0.")};
    case EdgeFault::UnknownCoding:
        return {"unknown_coding",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault",
                                  "The only transfer coding known here is chunked.")};
    case EdgeFault::BadChunk:
        return {"bad_chunk",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "The chunked body is malformed.")};
    case EdgeFault::BadExpectation:
        return {"bad_expectation",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "This expectation cannot be met.")};
    case EdgeFault::BodyTooLarge:
        return {"body_too_large",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "The request body is too large.")};
    case EdgeFault::HeadTooSlow:
        return {"head_too_slow",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "The header fields took too long to come.")};
    case EdgeFault::BodyTooSlow:
        return {"body_too_slow",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "The body took too long to come.")};
    case EdgeFault::AnswerTooSlow:
        return {"answer_too_slow",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "The answer took too long.")};
    case EdgeFault::TooManyConnections:
        return {"too_many_connections",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "There are too many connections.")};
    case EdgeFault::TooMuchUnfinished:
        return {"too_much_unfinished",
                QT_TRANSLATE_NOOP("gatehouse::http::EdgeFault", "Too much is on its way here already.")};
    }
    return {"", ""};
}

} // namespace

int statusOf(EdgeFault fault)
{
    switch (fault) {
    case EdgeFault::None:
        return 0;
    case EdgeFault::BadLine:
    case EdgeFault::BadTarget:
    case EdgeFault::BadField:
    case EdgeFault::NoHost:
    case EdgeFault::RepeatedHost:
    case EdgeFault::BadLength:
    case EdgeFault::LengthAndCoding:
    case EdgeFault::BadChunk:
        return 400;
    case EdgeFault::HeadTooSlow:
    case EdgeFault::BodyTooSlow:
        return 408;
    case EdgeFault::BodyTooLarge:
        return 413;
    case EdgeFault::LineTooLong:
        return 414;
    case EdgeFault::BadExpectation:
        return 417;
    case EdgeFault::FieldsTooLarge:
    case EdgeFault::TooManyFields:
        return 431;
    case EdgeFault::UnknownMethod:
    case EdgeFault::UnknownCoding:
        return 501;
    case EdgeFault::AnswerTooSlow:
    case EdgeFault::TooManyConnections:
    case EdgeFault::TooMuchUnfinished:
        return 503;
    case EdgeFault::BadVersion:
        return 505;
    }
    return 400;
}

QByteArray describe(EdgeFault fault)
{
    return wordsOf(fault).sentence;
}

QByteArray faultName(EdgeFault fault)
{
    return wordsOf(fault).name;
}

} // namespace gatehouse::http
