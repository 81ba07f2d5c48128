// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/explanation.h"
#include "inspector/filter.h"
#include "inspector/filterstates.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

QString translated(const char *words)
{
    return QCoreApplication::translate("gatehouse::inspector::Filter", words);
}

} // namespace

const QList<Filter::Named> &Filter::fields()
{
    static const QList<Named> all = {
        {"auth"_L1, Field::Auth,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "the verdict on the token")},
        {"http"_L1, Field::Http,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "the status: 401, 4xx, >399")},
        {"result"_L1, Field::Result,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "what came of the call")},
        {"is"_L1, Field::Is,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "refused, running, oauth and others")},
        {"method"_L1, Field::Method, QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "tools/call, or GET")},
        {"tool"_L1, Field::Tool,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "tool, prompt or resource")},
        {"user"_L1, Field::User, QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "whom the token names")},
        {"org"_L1, Field::Organization,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "the organization that the token is for")},
        {"client"_L1, Field::Client,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "the program that asks")},
        {"path"_L1, Field::Path, QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "part of the address")},
        {"body"_L1, Field::Body,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "text in the request or its answer")},
        {"dur"_L1, Field::Duration,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "how long it took: >500ms, <2s")},
        {"size"_L1, Field::Size,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "bytes of both bodies: >4k")},
        {"time"_L1, Field::Time,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "when it came: 14:28, or 14:28:40-14:29:10")},
        {"session"_L1, Field::Session,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "fingerprint of the session")},
        {"trace"_L1, Field::Trace,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "id of the trace (traceparent)")},
        {"token"_L1, Field::Token,
         QT_TRANSLATE_NOOP("gatehouse::inspector::Filter", "fingerprint of the token")},
    };
    return all;
}

QList<Filter::Completion> Filter::completionsOf(const QString &typed)
{
    const QString sign = typed.startsWith(u'-') ? u"-"_s : QString();
    const QString word = typed.sliced(sign.size());
    const qsizetype colon = word.indexOf(u':');
    QList<Completion> all;
    const auto add = [&](const QString &term, const QString &words) {
        if (term.startsWith(word, Qt::CaseInsensitive) && term != word)
            all.append({sign + term, words});
    };
    if (colon < 0) {
        for (const Named &field : fields())
            add(field.name + u':', translated(field.words));
        return all;
    }
    const QString name = word.first(colon).toLower();
    if (name == "is"_L1) {
        for (const FilterState &state : filterStates())
            add(u"is:"_s + state.name, translated(state.words));
    } else if (name == "auth"_L1) {
        for (int reason = 0; reason <= int(auth::lastReason); ++reason) {
            auth::Verdict verdict;
            verdict.reason = auth::Reason(reason);
            add(u"auth:"_s + auth::reasonName(verdict.reason), auth::explain(verdict).word);
        }
    } else if (name == "result"_L1) {
        for (const QString &result : filterResults())
            add(result.contains(u' ') ? u"result:\""_s + result + u'"' : u"result:"_s + result, {});
    } else if (name == "http"_L1) {
        for (const auto status : {"2xx"_L1, "3xx"_L1, "4xx"_L1, "5xx"_L1, "401"_L1, "403"_L1, ">399"_L1})
            add(u"http:"_s + status, {});
    }
    return all;
}

} // namespace gatehouse::inspector
