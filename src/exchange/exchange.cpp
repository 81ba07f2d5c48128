// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/exchange.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gatehouse::exchange {

namespace {

struct Words
{
    const char *name;
    const char *sentence;
};

// English on the wire, translated for people.
#define T(text) QT_TRANSLATE_NOOP("gatehouse::exchange::Refusal", text)

Words wordsOf(Refusal refusal)
{
    switch (refusal) {
    case Refusal::None:
        return {"", ""};
    case Refusal::NoHost:
        return {"no_host", T("The request has no Host header.")};
    case Refusal::ForeignHost:
        return {"foreign_host", T("The Host header does not name this server.")};
    case Refusal::ForeignOrigin:
        return {"foreign_origin", T("Pages of this Origin may not call this server.")};
    case Refusal::UnknownPath:
        return {"unknown_path", T("Nothing is served at this address.")};
    case Refusal::WrongMethod:
        return {"wrong_method", T("This address does not take this method: Allow names those it does.")};
    case Refusal::TooLarge:
        return {"too_large", T("The request body is too large.")};
    case Refusal::RepeatedHeader:
        return {"repeated_header", T("A header of the protocol came twice.")};
    case Refusal::WrongContentType:
        return {"wrong_content_type", T("Content-Type must be application/json.")};
    case Refusal::NotAcceptable:
        return {"not_acceptable", T("Accept must allow application/json.")};
    case Refusal::NotJson:
        return {"not_json", T("The request body is not JSON.")};
    }
    return {"", ""};
}

#undef T

} // namespace

QString describe(Refusal refusal)
{
    return QString::fromLatin1(wordsOf(refusal).sentence);
}

QString refusalName(Refusal refusal)
{
    return QString::fromLatin1(wordsOf(refusal).name);
}

} // namespace gatehouse::exchange
