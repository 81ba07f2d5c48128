// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/httptext.h"

#include "app/theme.h"

#include <QRegularExpression>
#include <QScrollBar>
#include <QSyntaxHighlighter>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

class HttpText::Colours : public QSyntaxHighlighter
{
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

protected:
    void highlightBlock(const QString &text) override
    {
        static const QRegularExpression start(u"^(GET|POST|PUT|DELETE|OPTIONS) \\S+$|^HTTP \\d{3}$"_s);
        static const QRegularExpression header(u"^([A-Za-z0-9_-]+)(:| =) "_s);
        static const QRegularExpression json(
            u"(\"(?:[^\"\\\\]|\\\\.)*\")(\\s*:)?|\\b(true|false|null)\\b|(-?\\b\\d+(?:\\.\\d+)?\\b)"_s);
        const Theme &theme = Look::theme();
        if (start.match(text).hasMatch()) {
            QTextCharFormat bold;
            bold.setFontWeight(QFont::Bold);
            setFormat(0, int(text.size()), bold);
            return;
        }
        if (const auto name = header.match(text); name.hasMatch()) {
            setFormat(0, int(name.capturedEnd()), theme.muted);
            return;
        }
        const bool isJson = text.startsWith(u' ') || text.startsWith(u'{') || text.startsWith(u'}');
        if (!isJson || text.size() > longestColoured)
            return;
        auto matches = json.globalMatch(text);
        while (matches.hasNext()) {
            const auto match = matches.next();
            if (match.capturedLength(2) > 0)
                setFormat(int(match.capturedStart(1)), int(match.capturedLength(1)), theme.accent);
            else if (match.capturedLength(1) > 0)
                setFormat(int(match.capturedStart(1)), int(match.capturedLength(1)), theme.jsonString);
            else if (match.capturedLength(3) > 0)
                setFormat(int(match.capturedStart(3)), int(match.capturedLength(3)), theme.jsonNumber);
            else
                setFormat(int(match.capturedStart(4)), int(match.capturedLength(4)), theme.jsonNumber);
        }
    }

private:
    static constexpr qsizetype longestColoured = 4096;
};

HttpText::HttpText(const QString &objectName, const QString &name, QWidget *parent)
    : SourceText(objectName, name, parent)
    , m_colours(new Colours(document()))
{
    setLineWrapMode(QPlainTextEdit::NoWrap);
    document()->setDocumentMargin(12);
    retheme();
}

void HttpText::setHttp(const QString &given)
{
    if (given == source())
        return;
    const bool grows = given.startsWith(source()) && !source().isEmpty();
    const int place = verticalScrollBar()->value();
    const QTextCursor chosen = textCursor();
    const int anchor = chosen.anchor();
    const int position = chosen.position();
    setSource(given);
    if (grows && anchor != position) { // What is marked to be copied stays so.
        QTextCursor again = textCursor();
        again.setPosition(anchor);
        again.setPosition(position, QTextCursor::KeepAnchor);
        setTextCursor(again);
    }
    verticalScrollBar()->setValue(grows ? place : 0);
}

void HttpText::retheme()
{
    setFont(Look::fixedFont());
    m_colours->rehighlight();
}

} // namespace gatehouse::app
