// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>

#include <optional>
#include <variant>

namespace Gatehouse {

/// Something that only the client can answer (MCP "Elicitation", "Sampling", "Roots").
struct Question
{
    QString method = {};
    QJsonObject params = {};
};
/// A form for the person; `schema` is an object of plain values.
[[nodiscard]] Question form(const QString &message, const QJsonObject &schema);
/// An address that the person should open.
[[nodiscard]] Question visit(const QString &message, const QString &url);
/// `params` as `sampling/createMessage` takes them.
[[nodiscard]] Question sample(const QJsonObject &params);
[[nodiscard]] Question roots();

/// What a tool answers (MCP "Tool Result"). Implicit, so that a handler may return a text, an object or a
/// list.
class Result
{
public:
    Result() = default;
    Result(const QString &text);
    Result(const char *utf8);
    Result(const QJsonObject &structured); ///< And its text, for older clients.
    Result(const QJsonArray &structured);

    /// The content of the other one behind that which is here. It is an error where either is; one structured
    /// value stays, the first, and its text goes before all content.
    Result &operator+=(const Result &other);
    [[nodiscard]] friend Result operator+(Result first, const Result &second) { return first += second; }

    QJsonArray content = {};
    std::optional<QJsonValue> structuredContent = {};
    bool isError = false; ///< The tool ran and says that it could not.

    /// Not empty: no answer yet. The client is asked, and the handler called again with Call::answer().
    QMap<QString, Question> questions = {};
    QJsonObject state = {}; ///< For that next call. Goes through the client, signed but readable: no secrets.
};

[[nodiscard]] Result text(const QString &text);
[[nodiscard]] inline Result structured(const QJsonObject &object)
{
    return object;
}
[[nodiscard]] Result error(const QString &text);
[[nodiscard]] Result image(const QByteArray &data, const QString &mimeType);
[[nodiscard]] Result audio(const QByteArray &data, const QString &mimeType);
/// Points at a resource without holding it.
[[nodiscard]] Result resourceLink(const QString &uri, const QString &name, const QString &mimeType = {});
/// Has the client asked first; each question by a name of the handler's choice.
[[nodiscard]] Result ask(const QMap<QString, Question> &questions, const QJsonObject &state = {});

/// What a resource holds. Implicit: a text, bytes, or an object as application/json.
class Contents
{
public:
    Contents(const QString &text, const QString &mimeType = {});
    Contents(const char *utf8, const QString &mimeType = {});
    Contents(const QByteArray &data, const QString &mimeType);
    Contents(const QJsonObject &json);

    std::optional<std::variant<QString, QByteArray>> data = {}; ///< None: there is no such resource.
    QString mimeType = {}; ///< Empty: that of the resource.

private:
    Contents() = default;
    friend Contents notFound();
};
/// Of an address that fits a template and names nothing.
[[nodiscard]] Contents notFound();

/// What a prompt comes to. Implicit: one text of the user.
class Messages
{
public:
    Messages() = default;
    Messages(const QString &text);
    Messages(const char *utf8);

    /// One message for each piece of its content; a structured value as its text.
    Messages &user(const Result &content);
    Messages &assistant(const Result &content);

    QString description = {};
    QJsonArray messages = {}; ///< {"role":…,"content":…}
};

} // namespace Gatehouse
