// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/fault.h"

using namespace Qt::StringLiterals;

namespace gatehouse::http {

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
    switch (fault) {
    case Fault::None:
        return {};
    case Fault::BadLine:
        return "The request line is malformed."_ba;
    case Fault::LineTooLong:
        return "The request line is too long."_ba;
    case Fault::UnknownMethod:
        return "This method is not known here."_ba;
    case Fault::BadTarget:
        return "The request target must be a path."_ba;
    case Fault::BadVersion:
        return "Only HTTP/1.1 and HTTP/1.0 are spoken here."_ba;
    case Fault::BadField:
        return "A header field is malformed."_ba;
    case Fault::FieldsTooLarge:
        return "The header fields are too large."_ba;
    case Fault::TooManyFields:
        return "There are too many header fields."_ba;
    case Fault::NoHost:
        return "The Host header is missing."_ba;
    case Fault::RepeatedHost:
        return "The Host header came twice."_ba;
    case Fault::BadLength:
        return "Content-Length must be one number."_ba;
    case Fault::LengthAndCoding:
        return "Transfer-Encoding must not come with Content-Length or in HTTP/1.0."_ba;
    case Fault::UnknownCoding:
        return "The only transfer coding known here is chunked."_ba;
    case Fault::BadChunk:
        return "The chunked body is malformed."_ba;
    case Fault::BadExpectation:
        return "This expectation cannot be met."_ba;
    case Fault::BodyTooLarge:
        return "The request body is too large."_ba;
    case Fault::HeadTooSlow:
        return "The header fields took too long to come."_ba;
    case Fault::BodyTooSlow:
        return "The body took too long to come."_ba;
    case Fault::AnswerTooSlow:
        return "The answer took too long."_ba;
    case Fault::TooManyConnections:
        return "There are too many connections."_ba;
    case Fault::TooMuchUnfinished:
        return "Too much is on its way here already."_ba;
    }
    return {};
}

} // namespace gatehouse::http
