// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/requeststate.h"

#include "base/base64url.h"
#include "base/json.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

constexpr qint64 lifetimeMs = 60 * 60 * 1000;
constexpr qsizetype maximumBytes = 256 * 1024;

/// In a time that says nothing of where they differ.
bool equal(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    uchar difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= uchar(a[i] ^ b[i]);
    return difference == 0;
}

QByteArray signatureOf(const QByteArray &key, const QByteArray &payload, const QByteArray &purpose)
{
    // The purpose's length comes first: no two pairs give the same text.
    return QMessageAuthenticationCode::hash(QByteArray::number(purpose.size()) + ' ' + purpose + payload, key,
                                            QCryptographicHash::Sha256);
}

} // namespace

RequestState::RequestState(base::Clock clock, const base::Random &random)
    : m_clock(std::move(clock))
    , m_keys{random(32)}
{ }

void RequestState::setSecrets(const QList<QByteArray> &secrets, const QString &server)
{
    QList<QByteArray> keys;
    for (const QByteArray &secret : secrets) // What else the secret may be used for has other keys.
        keys.append(QMessageAuthenticationCode::hash("requestState of " + server.toUtf8(), secret,
                                                     QCryptographicHash::Sha256));
    m_keys = keys << m_keys.last();
}

QString RequestState::seal(const QJsonObject &value, const QByteArray &purpose) const
{
    const QByteArray payload
        = base::writeJson(QJsonObject{{u"until"_s, m_clock() + lifetimeMs}, {u"value"_s, value}});
    return QString::fromLatin1(base::toBase64Url(payload) + '.'
                               + base::toBase64Url(signatureOf(m_keys.first(), payload, purpose)));
}

std::optional<QJsonObject> RequestState::open(const QString &sealed, const QByteArray &purpose) const
{
    const QByteArray text = sealed.toUtf8();
    const qsizetype dot = text.indexOf('.');
    if (dot < 0 || text.size() > maximumBytes)
        return std::nullopt;
    const auto payload = base::fromBase64Url(text.first(dot));
    const auto signature = base::fromBase64Url(text.sliced(dot + 1));
    if (!payload || !signature)
        return std::nullopt;
    const bool isOurs = std::any_of(m_keys.begin(), m_keys.end(), [&](const QByteArray &key) {
        return equal(*signature, signatureOf(key, *payload, purpose));
    });
    if (!isOurs)
        return std::nullopt;
    const auto json = base::readJsonObject(*payload);
    if (!json || m_clock() > json->value("until"_L1).toInteger())
        return std::nullopt;
    return json->value("value"_L1).toObject();
}

} // namespace gatehouse::mcp
