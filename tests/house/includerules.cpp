// SPDX-License-Identifier: GPL-3.0-or-later
#include "house/includerules.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QLibraryInfo>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace gatehouse::house {

namespace {

struct Room
{
    QString name;
    QStringList rooms;
    QStringList modules; // of Qt, besides QtCore
};

// The rooms' table of CONTRIBUTING.md.
const QList<Room> &table()
{
    // clang-format off
    static const QList<Room> rooms{
        {u"base"_s, {}, {}},
        {u"web"_s, {u"base"_s}, {}},
        {u"clientfiles"_s, {u"base"_s}, {}},
        {u"fetch"_s, {u"base"_s, u"web"_s}, {u"QtNetwork"_s}},
        {u"keys"_s, {u"base"_s}, {}},
        {u"store"_s, {u"base"_s}, {u"QtSql"_s}},
        {u"auth"_s, {u"base"_s, u"web"_s, u"keys"_s}, {}},
        {u"schema"_s, {u"base"_s}, {}},
        {u"protocol"_s, {u"base"_s}, {}},
        {u"mcp"_s, {u"base"_s, u"schema"_s, u"protocol"_s}, {}},
        {u"http"_s, {u"base"_s, u"web"_s}, {u"QtNetwork"_s, u"QtHttpServer"_s}},
        {u"exchange"_s, {u"base"_s, u"web"_s, u"auth"_s}, {}},
        {u"records"_s, {u"base"_s, u"web"_s, u"store"_s, u"auth"_s, u"exchange"_s}, {}},
        {u"endpoint"_s, {u"base"_s, u"web"_s, u"auth"_s, u"protocol"_s, u"mcp"_s, u"http"_s, u"exchange"_s}, {}},
        {u"inspector"_s, {u"base"_s, u"auth"_s, u"protocol"_s, u"exchange"_s}, {}},
        {u"client"_s, {u"base"_s, u"web"_s, u"protocol"_s}, {u"QtNetwork"_s}},
        {u"tools"_s, {u"base"_s, u"web"_s, u"store"_s, u"protocol"_s, u"mcp"_s}, {}},
        {u"sandbox"_s, {u"base"_s, u"web"_s, u"keys"_s, u"auth"_s, u"http"_s, u"exchange"_s}, {}},
        {u"oauth"_s, {u"base"_s, u"web"_s, u"keys"_s, u"auth"_s, u"protocol"_s, u"http"_s, u"client"_s}, {u"QtNetwork"_s, u"QtNetworkAuth"_s}},
        {u"server"_s, {u"base"_s, u"web"_s, u"fetch"_s, u"auth"_s, u"mcp"_s, u"http"_s, u"exchange"_s, u"endpoint"_s}, {u"QtNetwork"_s}},
        {u"face"_s, {u"base"_s, u"fetch"_s, u"store"_s, u"auth"_s, u"mcp"_s, u"exchange"_s, u"tools"_s, u"server"_s}, {u"QtNetwork"_s}},
        {u"host"_s, {u"base"_s, u"web"_s, u"store"_s, u"schema"_s, u"protocol"_s, u"fetch"_s, u"keys"_s, u"auth"_s, u"mcp"_s, u"http"_s, u"exchange"_s, u"records"_s, u"endpoint"_s, u"inspector"_s, u"client"_s, u"tools"_s, u"sandbox"_s, u"oauth"_s, u"server"_s}, {u"QtNetwork"_s}},
        {u"cli"_s, {u"base"_s, u"web"_s, u"store"_s, u"schema"_s, u"protocol"_s, u"fetch"_s, u"keys"_s, u"auth"_s, u"mcp"_s, u"http"_s, u"exchange"_s, u"records"_s, u"endpoint"_s, u"inspector"_s, u"client"_s, u"tools"_s, u"sandbox"_s, u"oauth"_s, u"server"_s, u"host"_s}, {u"QtNetwork"_s}},
        {u"app"_s, {u"base"_s, u"web"_s, u"clientfiles"_s, u"store"_s, u"schema"_s, u"protocol"_s, u"fetch"_s, u"keys"_s, u"auth"_s, u"mcp"_s, u"http"_s, u"exchange"_s, u"records"_s, u"endpoint"_s, u"inspector"_s, u"client"_s, u"tools"_s, u"sandbox"_s, u"oauth"_s, u"server"_s, u"host"_s, u"cli"_s}, {u"QtGui"_s, u"QtWidgets"_s, u"QtSvg"_s}},
        {u"inspect"_s, {u"face"_s, u"host"_s, u"app"_s}, {u"QtGui"_s, u"QtWidgets"_s}},
    };
    // clang-format on
    return rooms;
}

const Room *roomCalled(const QString &name)
{
    for (const auto &room : table()) {
        if (room.name == name)
            return &room;
    }
    return nullptr;
}

// Modules that one file, or a few, may use where the rest of their room may not: the files, by the start of
// their path.
bool isOpenTo(const QString &path, const QString &module)
{
    if (module == "QtHttpServer"_L1)
        return path == "http/httpserver.cpp"_L1;
    return true;
}

// <QTcpSocket>, <qtcpsocket.h> and <QtNetwork/QTcpSocket> are all in QtNetwork: found as the compiler finds
// them.
QString moduleOf(const QString &header)
{
    static QHash<QString, QString> known;
    if (known.contains(header))
        return known.value(header);
    QString module;
    if (header.startsWith("Qt"_L1) && header.contains(u'/')) {
        module = header.section(u'/', 0, 0);
    } else {
        const QDir root(QLibraryInfo::path(QLibraryInfo::HeadersPath));
        for (const auto &folder : root.entryList({u"Qt*"_s}, QDir::Dirs)) {
            if (QFile::exists(root.filePath(folder + u'/' + header)))
                module = folder;
        }
    }
    known.insert(header, module);
    return module;
}

QString foreignFinding(const QString &path, const Room &room, const QString &header)
{
    if (header.startsWith("openssl/"_L1) && room.name != "keys"_L1)
        return u"%1 includes <%2>: only keys uses OpenSSL."_s.arg(path, header);
    if (header.startsWith("qt6keychain/"_L1) && room.name != "host"_L1)
        return u"%1 includes <%2>: only host uses QtKeychain."_s.arg(path, header);
    if (header.startsWith("toml++/"_L1) && room.name != "clientfiles"_L1)
        return u"%1 includes <%2>: only clientfiles uses toml++."_s.arg(path, header);
    const auto module = moduleOf(header);
    if (module.isEmpty() || module == "QtCore"_L1)
        return {};
    if (room.modules.contains(module) && isOpenTo(path, module))
        return {};
    return u"%1 includes <%2> of %3, which is closed to it."_s.arg(path, header, module);
}

QString ownFinding(const QString &path, const Room &room, const QString &header)
{
    if (header.startsWith("ui_"_L1) && room.name == "app"_L1)
        return {};
    if (header.endsWith(".moc"_L1))
        return {};
    const auto other = header.section(u'/', 0, 0);
    if (!header.contains(u'/') || !roomCalled(other))
        return u"%1 includes \"%2\": write it as \"room/file.h\"."_s.arg(path, header);
    if (other != room.name && !room.rooms.contains(other))
        return u"%1 includes \"%2\": %3 may not include %4."_s.arg(path, header, room.name, other);
    return {};
}

} // namespace

QStringList findings(const QString &path, const QString &text)
{
    // main.cpp alone stands in no room and may read all of them.
    static const Room top{u"main"_s, rooms(), {}};
    const auto *room = path == "main.cpp"_L1 ? &top : roomCalled(path.section(u'/', 0, 0));
    if (!room)
        return {u"%1 is in no room of the table."_s.arg(path)};

    QStringList found;
    if (!text.startsWith("// SPDX-License-Identifier: GPL-3.0-or-later\n"_L1))
        found << u"%1 does not start with the SPDX line."_s.arg(path);

    static const QRegularExpression vague(u"util|helper|manager|common"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    if (const auto match = vague.match(path); match.hasMatch())
        found << u"%1 is called \"%2\", which says nothing about what it holds."_s.arg(path,
                                                                                       match.captured());

    static const QRegularExpression include(uR"(^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">])"_s,
                                            QRegularExpression::MultilineOption);
    for (auto lines = include.globalMatch(text); lines.hasNext();) {
        const auto line = lines.next();
        const auto finding = line.captured(1) == "<"_L1 ? foreignFinding(path, *room, line.captured(2))
                                                        : ownFinding(path, *room, line.captured(2));
        if (!finding.isEmpty())
            found << finding;
    }
    return found;
}

QStringList allowedRooms(const QString &name)
{
    const auto *room = roomCalled(name);
    return room ? room->rooms : QStringList();
}

QStringList rooms()
{
    QStringList names;
    for (const auto &room : table())
        names << room.name;
    return names;
}

} // namespace gatehouse::house
