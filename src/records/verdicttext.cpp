// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/verdicttext.h"

#include "auth/explanation.h"
#include "base/json.h"

#include <QJsonArray>

#include <optional>

using namespace Qt::StringLiterals;

namespace gatehouse::records {

namespace {

constexpr const char *checkStates[] = {"passed", "failed", "not_checked"}; ///< By auth::CheckState.

std::optional<auth::Reason> reasonFrom(const QString &name)
{
    for (int i = 0; i <= int(auth::lastReason); ++i) {
        if (auth::reasonName(auth::Reason(i)) == name)
            return auth::Reason(i);
    }
    return std::nullopt;
}

QString fromBytes(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes);
}

QJsonObject objectOf(const auth::Check &check)
{
    return {{u"what"_s, check.what},
            {u"state"_s, QLatin1StringView(checkStates[int(check.state)])},
            {u"reason"_s, auth::reasonName(check.reason)},
            {u"expected"_s, check.expected},
            {u"actual"_s, check.actual},
            {u"note"_s, check.note},
            {u"offBySeconds"_s, check.offBySeconds}};
}

std::optional<auth::Check> checkFrom(const QJsonObject &object)
{
    const auto reason = reasonFrom(object.value("reason"_L1).toString());
    const QString name = object.value("state"_L1).toString();
    for (const auth::CheckState state :
         {auth::CheckState::Passed, auth::CheckState::Failed, auth::CheckState::NotChecked}) {
        if (reason && name == QLatin1StringView(checkStates[int(state)]))
            return auth::Check{object.value("what"_L1).toString(),
                               state,
                               *reason,
                               object.value("expected"_L1).toString(),
                               object.value("actual"_L1).toString(),
                               object.value("note"_L1).toString(),
                               object.value("offBySeconds"_L1).toInteger()};
    }
    return std::nullopt;
}

} // namespace

QByteArray textOf(const auth::Verdict &verdict)
{
    QJsonArray checks;
    for (const auth::Check &check : verdict.checks)
        checks.append(objectOf(check));
    return base::writeJson(
        QJsonObject{{u"reason"_s, auth::reasonName(verdict.reason)},
                    {u"fingerprint"_s, fromBytes(verdict.fingerprint)},
                    {u"header"_s, verdict.header},
                    {u"claims"_s, verdict.claims},
                    {u"claimsText"_s, fromBytes(verdict.claimsText)},
                    {u"checks"_s, checks},
                    {u"keysFetchedAt"_s, verdict.keysFetchedAt},
                    {u"issuerAheadSeconds"_s, verdict.issuerAheadSeconds},
                    {u"neededScopes"_s, QJsonArray::fromStringList(verdict.neededScopes)}});
}

base::Expected<auth::Verdict, QString> verdictFrom(const QByteArray &text)
{
    const auto read = base::readJsonObject(text, {.depth = 256});
    if (!read)
        return base::failure(read.error().text);
    const auto reason = reasonFrom(read->value("reason"_L1).toString());
    if (!reason)
        return base::failure(u"The verdict has a reason that is not known."_s);
    auth::Verdict verdict;
    verdict.reason = *reason;
    verdict.fingerprint = read->value("fingerprint"_L1).toString().toLatin1();
    verdict.header = read->value("header"_L1).toObject();
    verdict.claims = read->value("claims"_L1).toObject();
    verdict.claimsText = read->value("claimsText"_L1).toString().toLatin1();
    const QJsonArray checks = read->value("checks"_L1).toArray();
    for (const QJsonValue one : checks) {
        const auto check = checkFrom(one.toObject());
        if (!check)
            return base::failure(u"The verdict has a check that is not known."_s);
        verdict.checks.append(*check);
    }
    verdict.keysFetchedAt = read->value("keysFetchedAt"_L1).toInteger();
    verdict.issuerAheadSeconds = int(read->value("issuerAheadSeconds"_L1).toInteger());
    verdict.neededScopes = read->value("neededScopes"_L1).toVariant().toStringList();
    verdict.jsonBytes
        = base::memoryOf(verdict.header) + base::memoryOf(verdict.claims) + verdict.claimsText.size();
    return verdict;
}

QByteArray textOf(const base::Headers &headers)
{
    QJsonArray all;
    for (const auto &[name, value] : headers)
        all.append(QJsonArray{fromBytes(name), fromBytes(value)});
    return base::writeJson(all);
}

base::Expected<base::Headers, QString> headersFrom(const QByteArray &text)
{
    const auto read = base::readJson(text);
    if (!read)
        return base::failure(read.error().text);
    base::Headers headers;
    const QJsonArray all = read->toArray();
    for (const QJsonValue one : all) {
        const QJsonArray pair = one.toArray();
        if (pair.size() != 2 || !pair.at(0).isString() || !pair.at(1).isString())
            return base::failure(u"A header is not two texts."_s);
        headers.append({pair.at(0).toString().toLatin1(), pair.at(1).toString().toLatin1()});
    }
    return headers;
}

} // namespace gatehouse::records
