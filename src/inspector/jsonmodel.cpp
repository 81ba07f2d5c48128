// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/jsonmodel.h"

#include "base/json.h"
#include "inspector/foreigntext.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

constexpr int deepest = 64;
constexpr std::size_t mostNodes = 100'000;
constexpr qsizetype longestValue = 500;

/// As JSON writes it, cut where it is long, with everything in it to be seen.
QString shownString(const QString &text)
{
    const bool isLong = text.size() > longestValue;
    const bool splitsPair = isLong && text[longestValue - 1].isHighSurrogate();
    const QString head = isLong ? text.first(longestValue - (splitsPair ? 1 : 0)) : text;
    return escapedForDisplay(QString::fromUtf8(base::writeJson(QJsonValue(head))))
        + (isLong ? u" … (%1)"_s.arg(text.size()) : QString());
}

/// What stands in a string that is JSON itself; nullopt where it is none.
std::optional<base::JsonText> embeddedIn(QByteArrayView quoted)
{
    const QString text = base::unquotedJson(quoted).trimmed();
    if (!text.startsWith(u'{') && !text.startsWith(u'['))
        return std::nullopt;
    const auto json = base::JsonText::read(text.toUtf8());
    return json ? std::optional(*json) : std::nullopt;
}

JsonModel::Kind kindOf(base::JsonText::Kind kind)
{
    switch (kind) {
    case base::JsonText::Kind::Object:
        return JsonModel::Kind::Object;
    case base::JsonText::Kind::Array:
        return JsonModel::Kind::Array;
    case base::JsonText::Kind::String:
        return JsonModel::Kind::String;
    case base::JsonText::Kind::Number:
        return JsonModel::Kind::Number;
    case base::JsonText::Kind::Word:
        break;
    }
    return JsonModel::Kind::Word;
}

} // namespace

JsonModel::JsonModel(QObject *parent)
    : QAbstractItemModel(parent)
{
    m_nodes.emplace_back();
}

bool JsonModel::setText(QByteArrayView text)
{
    const auto json = base::JsonText::read(text.toByteArray());
    const auto kind = json ? json->nodes().front().kind : base::JsonText::Kind::Word;
    const bool isJson = kind == base::JsonText::Kind::Object || kind == base::JsonText::Kind::Array;
    beginResetModel();
    m_nodes.clear();
    m_texts.clear();
    m_nodes.emplace_back();
    if (isJson)
        add(&m_nodes.front(), m_texts.emplace_back(*json));
    endResetModel();
    return isJson;
}

void JsonModel::add(Node *parent, const base::JsonText &text)
{
    const bool isInside = parent->text != nullptr; // Then the string stands for the value that it holds.
    std::vector<Node *> made(text.nodes().size(), nullptr);
    for (std::size_t at = 0; at < text.nodes().size(); ++at) {
        const base::JsonText::Node &source = text.nodes()[at];
        if (at == 0 && isInside) {
            made[at] = parent;
            continue;
        }
        Node *above = source.parent < 0 ? parent : made[std::size_t(source.parent)];
        if (!above || above->depth >= deepest || m_nodes.size() >= mostNodes)
            continue;
        Node &node = m_nodes.emplace_back();
        made[at] = &node;
        node.parent = above;
        node.row = int(above->children.size());
        node.depth = above->depth + 1;
        node.kind = kindOf(source.kind);
        node.text = &text;
        node.at = at;
        above->children.push_back(&node);
        if (node.kind != Kind::String)
            continue;
        if (auto inside = embeddedIn(text.textOf(source))) {
            node.kind = Kind::EmbeddedJson;
            node.inside = &m_texts.emplace_back(std::move(*inside));
            add(&node, *node.inside);
        }
    }
}

QString JsonModel::nameText(const Node &node)
{
    const base::JsonText::Node &source = node.text->nodes()[node.at];
    return node.text->hasName(source) ? shownString(base::unquotedJson(node.text->nameOf(source)))
                                      : QString();
}

QString JsonModel::valueText(const Node &node)
{
    const base::JsonText::Node &source = node.text->nodes()[node.at];
    switch (node.kind) {
    case Kind::Object:
        return u"{%1}"_s.arg(source.length);
    case Kind::Array:
        return u"[%1]"_s.arg(source.length);
    case Kind::String:
    case Kind::EmbeddedJson:
        return shownString(base::unquotedJson(node.text->textOf(source)));
    case Kind::Number:
    case Kind::Word:
        break;
    }
    const QByteArrayView written = node.text->textOf(source);
    return QString::fromLatin1(written.first(std::min(written.size(), longestValue)))
        + (written.size() > longestValue ? u" … (%1)"_s.arg(written.size()) : QString());
}

const JsonModel::Node *JsonModel::nodeOf(const QModelIndex &index)
{
    return static_cast<const Node *>(index.constInternalPointer());
}

QModelIndex JsonModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *above = parent.isValid() ? nodeOf(parent) : &m_nodes.front();
    if (row < 0 || column != 0 || row >= int(above->children.size()))
        return {};
    return createIndex(row, column, above->children[std::size_t(row)]);
}

QModelIndex JsonModel::parent(const QModelIndex &child) const
{
    const Node *above = child.isValid() ? nodeOf(child)->parent : nullptr;
    if (!above || above == &m_nodes.front())
        return {};
    return createIndex(above->row, 0, above);
}

int JsonModel::rowCount(const QModelIndex &parent) const
{
    return int((parent.isValid() ? nodeOf(parent) : &m_nodes.front())->children.size());
}

int JsonModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant JsonModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: {
        const QString name = nameText(node);
        return name.isEmpty() ? valueText(node) : name + u": "_s + valueText(node);
    }
    case KindRole:
        return QVariant::fromValue(node.kind);
    case NameRole:
        return nameText(node);
    case ValueRole:
        return valueText(node);
    case JsonRole: {
        const base::JsonText &text = node.inside ? *node.inside : *node.text;
        const std::size_t at = node.inside ? 0 : node.at;
        return QString::fromUtf8(base::indentedJson(text.textOf(text.nodes()[at])));
    }
    default:
        return {};
    }
}

} // namespace gatehouse::inspector
