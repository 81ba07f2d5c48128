// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/settingsfile.h"

#include "base/file.h"
#include "base/json.h"
#include "host/settingstable.h"

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

bool readInto(const QJsonValue &value, int &into)
{
    into = value.toInt();
    return value.isDouble() && value.toDouble() == double(into);
}

bool readInto(const QJsonValue &value, bool &into)
{
    into = value.toBool();
    return value.isBool();
}

bool readInto(const QJsonValue &value, QString &into)
{
    into = value.toString();
    return value.isString();
}

bool readInto(const QJsonValue &value, QStringList &into)
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
        const Setting *setting = findSetting(given.key());
        if (!setting || !setting->isKept)
            return base::failure(Tr::tr("“%1” is no setting.").arg(given.key().left(100)));
        if (!std::visit([&](auto place) { return readInto(given.value(), settings.*place); },
                        setting->member))
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
    for (const Setting &setting : settingsTable()) {
        if (setting.isKept && !setting.isSame(settings, defaults))
            json.insert(setting.field,
                        std::visit([&](auto place) { return jsonOf(settings.*place); }, setting.member));
    }
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(json).toJson()) < 0 || !file.commit())
        return base::failure(Tr::tr("%1 cannot be written: %2").arg(path, file.errorString()));
    return {};
}

} // namespace gatehouse::host
