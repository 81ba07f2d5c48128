// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/settingsfile.h"

#include "base/file.h"
#include "base/json.h"
#include "host/bounds.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStandardPaths>

#include <variant>

using namespace Qt::StringLiterals;

namespace gatehouse::host {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::host::SettingsFile)
};

constexpr qint64 maximumBytes = 256 * 1024;

using Member = std::variant<int Settings::*, bool Settings::*, QString Settings::*, QStringList Settings::*>;

const QList<std::pair<QString, Member>> &members()
{
    static const QList<std::pair<QString, Member>> all = [] {
        QList<std::pair<QString, Member>> out = {
            {u"host"_s, &Settings::host},
            {u"port"_s, &Settings::port},
            {u"subdomain"_s, &Settings::subdomain},
            {u"sandboxPort"_s, &Settings::sandboxPort},
            {u"resource"_s, &Settings::resource},
            {u"audiences"_s, &Settings::audiences},
            {u"scopes"_s, &Settings::scopes},
            {u"requiredScopes"_s, &Settings::requiredScopes},
            {u"requiredPermissions"_s, &Settings::requiredPermissions},
            {u"organizations"_s, &Settings::organizations},
            {u"toolRules"_s, &Settings::toolRules},
            {u"scopeHierarchy"_s, &Settings::scopeHierarchy},
            {u"hideForbidden"_s, &Settings::hideForbidden},
            {u"algorithms"_s, &Settings::algorithms},
            {u"verifyJwt"_s, &Settings::verifyJwt},
            {u"authorization"_s, &Settings::authorization},
            {u"toleranceSeconds"_s, &Settings::toleranceSeconds},
            {u"tokenLifetime"_s, &Settings::tokenLifetime},
            {u"autoSignIn"_s, &Settings::autoSignIn},
            {u"sandboxPrivate"_s, &Settings::sandboxPrivate},
            {u"peopleFile"_s, &Settings::peopleFile},
        };
        for (const Bound &bound : bounds())
            out.append({bound.field, bound.member});
        return out;
    }();
    return all;
}

bool take(const QJsonValue &value, int &into)
{
    into = value.toInt();
    return value.isDouble() && value.toDouble() == double(into);
}

bool take(const QJsonValue &value, bool &into)
{
    into = value.toBool();
    return value.isBool();
}

bool take(const QJsonValue &value, QString &into)
{
    into = value.toString();
    return value.isString();
}

bool take(const QJsonValue &value, QStringList &into)
{
    into.clear();
    const QJsonArray array = value.toArray();
    for (const QJsonValue item : array) {
        if (!item.isString())
            return false;
        into.append(item.toString());
    }
    return value.isArray();
}

QJsonValue jsonOf(int value)
{
    return value;
}

QJsonValue jsonOf(bool value)
{
    return value;
}

QJsonValue jsonOf(const QString &value)
{
    return value;
}

QJsonValue jsonOf(const QStringList &value)
{
    return QJsonArray::fromStringList(value);
}

base::Expected<Settings, QString> settingsIn(const QJsonObject &json)
{
    Settings settings;
    for (auto given = json.begin(); given != json.end(); ++given) {
        bool isKnown = false;
        bool isGood = false;
        for (const auto &[name, member] : members()) {
            if (name != given.key())
                continue;
            isKnown = true;
            isGood = std::visit([&](auto place) { return take(given.value(), settings.*place); }, member);
        }
        if (!isKnown)
            return base::failure(Tr::tr("“%1” is no setting.").arg(given.key().left(100)));
        if (!isGood)
            return base::failure(Tr::tr("“%1” has a value of the wrong type.").arg(given.key()));
    }
    if (const QList<SettingsFault> faults = validate(settings); !faults.isEmpty())
        return base::failure(u"“%1”: %2"_s.arg(faults.first().field, faults.first().text));
    return settings;
}

} // namespace

QString usualSettingsFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/gatehouse/settings.json"_s;
}

base::Expected<Settings, QString> readSettingsFile(const QString &path)
{
    const auto bytes = base::readFile(path, maximumBytes);
    if (!bytes)
        return base::failure(Tr::tr("%1 cannot be read: %2").arg(path, bytes.error()));
    const auto json = base::readJsonObject(*bytes);
    const auto settings = json ? settingsIn(*json) : base::failure(json.error().text);
    if (!settings)
        return base::failure(Tr::tr("%1 cannot be used: %2").arg(path, settings.error()));
    return *settings;
}

base::Expected<Settings, QString> readSettingsFileIfThere(const QString &path)
{
    return QFileInfo::exists(path) ? readSettingsFile(path) : Settings();
}

base::Expected<void, QString> writeSettingsFile(const QString &path, const Settings &settings)
{
    QJsonObject json;
    const Settings defaults;
    for (const auto &[name, member] : members()) {
        std::visit(
            [&, key = name](auto place) {
                if (settings.*place != defaults.*place)
                    json.insert(key, jsonOf(settings.*place));
            },
            member);
    }
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(json).toJson()) < 0 || !file.commit())
        return base::failure(Tr::tr("%1 cannot be written: %2").arg(path, file.errorString()));
    return {};
}

} // namespace gatehouse::host
