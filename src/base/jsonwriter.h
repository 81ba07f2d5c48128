// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <concepts>
#include <memory>

class QCborValue;

namespace gatehouse::base {

/// A text that is UTF-8 already, and known to be well-formed.
struct Utf8
{
    QByteArrayView text;
};

/// Writes JSON text (RFC 8259) piece by piece into one buffer, compact and in the order of the calls: for
/// what is written with every request, where building a QJsonObject first costs several times as much. Every
/// text becomes well-formed: half a surrogate pair is replaced, a number that JSON has not becomes null.
class JsonWriter
{
public:
    JsonWriter();
    ~JsonWriter();
    Q_DISABLE_COPY_MOVE(JsonWriter)

    void beginObject() { open('{'); }
    void endObject() { close('}'); }
    void beginArray() { open('['); }
    void endArray() { close(']'); }
    /// Before each value within an object.
    void name(QStringView name);
    void name(QLatin1StringView name);

    void value(QStringView text);
    void value(QLatin1StringView text);
    void value(Utf8 text);
    void value(bool truth);
    void value(qint64 number);
    void value(double number);
    void value(const QJsonObject &object);
    void value(const QJsonArray &array);
    void value(const QJsonValue &value);
    /// A value that is JSON text already.
    void raw(QByteArrayView json);

    /// All members of an object that are not named, into the object that is open.
    template <std::same_as<QLatin1StringView>... Names>
    void members(const QJsonObject &object, Names... without)
    {
        for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
            const QString key = it.key();
            if (((key == without) || ...))
                continue;
            name(key);
            value(QJsonValue(it.value()));
        }
    }
    void member(QLatin1StringView name, const auto &value)
    {
        this->name(name);
        this->value(value);
    }

    /// What has been written; afterwards nothing has.
    [[nodiscard]] QByteArray take();

private:
    class Transcriber;
    void transcribe(const QCborValue &value);
    void beginText();
    void utf8(QByteArrayView text); ///< A piece of the text that is open; well-formed as a whole.
    void endText(bool isName);
    template <typename View> void quoted(View text, bool isName);
    void append(QByteArrayView json); ///< Behind a comma where one is due.
    /// So much more fits behind it.
    [[nodiscard]] char *room(qsizetype bytes);
    void wrote(const char *end) { m_size = end - m_text.constData(); }
    void open(char bracket);
    void close(char bracket);

    QByteArray m_text;
    qsizetype m_size = 0; ///< Of the text in use.
    bool m_needsComma = false;
    std::unique_ptr<Transcriber> m_transcriber;
};

} // namespace gatehouse::base
