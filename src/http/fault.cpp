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
Words wordsOf(Fault fault)
{
    switch (fault) {
    case Fault::None:
        return {"", ""};
    case Fault::BadLine:
        return {"bad_line", QT_TRANSLATE_NOOP("gatehouse::http::Fault", "The request line is malformed.")};
    case Fault::LineTooLong:
        return {"line_too_long",
                QT_TRANSLATE_NOOP("gatehouse::http::Fault", "The request line is too long.")};
    case Fault::UnknownMethod:
        return {"unknown_method",
                QT_TRANSLATE_NOOP("gatehouse::http::Fault", "This method is not known here.")};
    case Fault::BadTarget:
        return {"bad_target",
                QT_TRANSLATE_NOOP("gatehouse::http::Fault", "The request target must be a path.")};
    case Fault::BadVersion:
        return {"bad_version",
                QT_TRANSLATE_NOOP("gatehouse::http::Fault", "Only HTTP/1.1 and HTTP/1.0 are spoken here.")};
    case Fault::BadField:
        return {"bad_field", QT_TRANSLATE_NOOP("gatehouse::http::Fault", "A header field is malformed.")};
    case Fault::FieldsTooLarge:
        return {"fields_too_large",
                QT_TRANSLATE_NOOP("gatehouse::http::Fault", "The header fields are too large.")};
    case Fault::TooManyFields:
        return {"too_many_fields",
                QT_TRANSLATE_NOOP("gatehouse::http::Fault", "There are too many header fields.")};
    case Fault::NoHost:
        return {"no_host", QT_TRANSLATE_NOOP("gatehouse::http::Fault", "The Host header is missing.")};
    case Fault::RepeatedHost:
        return {"repeated_host", QT_TRANSLATE_NOOP("gatehouse::http::Fault", "The Host header came twice.")};
    case Fault::BadLength:
        return {"bad_length",
                QT_TRANSLATE_NOOP("gatehouse::http::Fault", "Content-Length must be one number.")};
    case Fault::LengthAndCoding:
        return {"length_and_coding",
                QT_TRANSLATE_NOOP("gatehouse::http::Fault",
                                  "Transfer-Encoding must not come with Content-Length or in HTTP/1.0.")};
    case Fault::UnknownCoding:
        return {
            "unknown_coding",
            QT_TRANSLATE_NOOP("gatehouse::http::Fault", "The only transfer coding known here is chunked.")};
    case Fault::BadChunk:
        return {"bad_chunk", QT_TRANSLATE_NOOP("gatehouse::http::Fault", "The chunked body is malformed.")};
    case Fault::BadExpectation:
        return {"bad_expectation",
                QT_TRANSLATE_NOOP("gatehouse::http::Fault", "This expectation cannot be met.")};
    case Fault::BodyTooLarge:
        return {"body_too_large",
                QT_TRANSLATE_NOOP("gatehouse::http::Fault", "The request body is too large.")};
    case Fault::HeadTooSlow:
        return {"head_too_slow",
                QT_TRANSLATE_NOOP("gatehouse::http::Fault", "The header fields took too long to come.")};
    case Fault::BodyTooSlow:
        return {"body_too_slow",
                QT_TRANSLATE_NOOP("gatehouse::http::Fault", "The body took too long to come.")};
    case Fault::AnswerTooSlow:
        return {"answer_too_slow", QT_TRANSLATE_NOOP("gatehouse::http::Fault", "The answer took too long.")};
    case Fault::TooManyConnections:
        return {"too_many_connections",
                QT_TRANSLATE_NOOP("gatehouse::http::Fault", "There are too many connections.")};
    case Fault::TooMuchUnfinished:
        return {"too_much_unfinished",
                QT_TRANSLATE_NOOP("gatehouse::http::Fault", "Too much is on its way here already.")};
    }
    return {"", ""};
}

} // namespace

int statusOf(Fault fault)
{
    switch (fault) {
    case Fault::None:
        return 0;
    case Fault::BadLine:
    case Fault::BadTarget:
    case Fault::BadField:
    case Fault::NoHost:
    case Fault::RepeatedHost:
    case Fault::BadLength:
    case Fault::LengthAndCoding:
    case Fault::BadChunk:
        return 400;
    case Fault::HeadTooSlow:
    case Fault::BodyTooSlow:
        return 408;
    case Fault::BodyTooLarge:
        return 413;
    case Fault::LineTooLong:
        return 414;
    case Fault::BadExpectation:
        return 417;
    case Fault::FieldsTooLarge:
    case Fault::TooManyFields:
        return 431;
    case Fault::UnknownMethod:
    case Fault::UnknownCoding:
        return 501;
    case Fault::AnswerTooSlow:
    case Fault::TooManyConnections:
    case Fault::TooMuchUnfinished:
        return 503;
    case Fault::BadVersion:
        return 505;
    }
    return 400;
}

QByteArray describe(Fault fault)
{
    return wordsOf(fault).sentence;
}

QByteArray faultName(Fault fault)
{
    return wordsOf(fault).name;
}

} // namespace gatehouse::http
