// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/mask.h"

#include "base/characters.h"
#include "base/headers.h"
#include "base/secretshapes.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <algorithm>

namespace gatehouse::base {

QByteArray maskHeader(QByteArrayView name, const QByteArray &value)
{
    if (value.isEmpty())
        return value;
    if (isSameName(name, "Authorization")) {
        const qsizetype space = value.indexOf(' ');
        const QByteArray scheme = space > 0 && space < 20 ? value.first(space + 1) : QByteArray();
        if (value.size() == scheme.size())
            return value;
        // The last four characters tell tokens apart; a short one would be given away by them, and a
        // password's end with it.
        const bool isLong = value.size() - scheme.size() >= 40;
        return scheme + hidden.toByteArray()
            + (isLong && isSameName(scheme.trimmed(), "Bearer") ? value.last(4) : QByteArray());
    }
    return isSecretHeader(name) ? hidden.toByteArray() : maskText(value, Place::OAuthRequest);
}

QByteArray maskText(const QByteArray &text, Place place)
{
    QByteArray out;
    qsizetype copied = 0;
    while (const auto secret = nextSecret(text, copied, place)) {
        out += QByteArrayView(text).sliced(copied, secret->begin - copied);
        out += hidden;
        copied = secret->end;
    }
    // Most texts have none, and are shared.
    return copied == 0 ? text : out + QByteArrayView(text).sliced(copied).toByteArray();
}

QByteArray maskText(QByteArrayView text, Place place)
{
    return maskText(text.toByteArray(), place);
}

QString maskText(const QString &text, Place place)
{
    const QByteArray utf8 = text.toUtf8();
    const QByteArray shown = maskText(utf8, place);
    return shown.constData() == utf8.constData() ? text : QString::fromUtf8(shown);
}

namespace {

/// All of it, at any depth, but for what is empty.
QJsonValue hiddenJson(const QJsonValue &value)
{
    if (value.isArray()) {
        QJsonArray out;
        const QJsonArray in = value.toArray();
        for (const QJsonValue item : in)
            out.append(hiddenJson(item));
        return out;
    }
    if (value.isObject()) {
        QJsonObject out = value.toObject();
        for (auto it = out.begin(); it != out.end(); ++it)
            *it = hiddenJson(*it);
        return out;
    }
    const bool isEmpty
        = value.isNull() || value.isUndefined() || (value.isString() && value.toString().isEmpty());
    return isEmpty ? value : QJsonValue(QString::fromUtf8(hidden));
}

} // namespace

QJsonValue maskJson(const QJsonValue &value, Place place)
{
    if (value.isString())
        return maskText(value.toString(), place);
    if (value.isArray()) {
        QJsonArray out;
        const QJsonArray in = value.toArray();
        for (const QJsonValue item : in)
            out.append(maskJson(item, place));
        return out;
    }
    if (value.isObject()) {
        QJsonObject out;
        const QJsonObject in = value.toObject();
        for (auto it = in.begin(); it != in.end(); ++it)
            out.insert(it.key(),
                       isSecretName(it.key().toUtf8(), place) ? hiddenJson(*it) : maskJson(*it, place));
        return out;
    }
    return value;
}

QByteArray beginningOfMasked(const QByteArray &masked, qsizetype bytes, bool isWhole)
{
    if (isWhole && masked.size() <= bytes)
        return masked;
    qsizetype end = std::min(masked.size(), bytes);
    const bool goesOn = end == masked.size() || isBearerCharacter(masked[end]);
    while (goesOn && end > 0 && isBearerCharacter(masked[end - 1]))
        --end;
    while (end > 0 && end < masked.size() && (uchar(masked[end]) & 0xC0) == 0x80)
        --end; // Within a character of UTF-8.
    return masked.first(end);
}

QByteArray fingerprint(QByteArrayView secret)
{
    return QCryptographicHash::hash(secret.toByteArray(), QCryptographicHash::Sha256).first(4).toHex();
}

} // namespace gatehouse::base
