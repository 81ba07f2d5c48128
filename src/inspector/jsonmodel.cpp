// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/jsonmodel.h"

#include "base/json.h"
#include "inspector/words.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

constexpr int deepest = 64;
constexpr std::size_t mostNodes = 100'000;
constexpr qsizetype longestValue = 500;

QString quoted(const QString &text)
{
    const QByteArray list = base::writeJson(QJsonArray({QJsonValue(text)}));
    return QString::fromUtf8(list.sliced(1, list.size() - 2));
}

QString valueText(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String: {
        const QString text = value.toString();
        return quoted(harmless(text.left(longestValue)))
            + (text.size() > longestValue ? u" … (%1)"_s.arg(text.size()) : QString());
    }
    case QJsonValue::Double:
        if (value.toDouble() == double(value.toInteger()))
            return QString::number(value.toInteger());
        return QString::number(value.toDouble(), 'g', 17);
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Array:
        return u"[%1]"_s.arg(value.toArray().size());
    case QJsonValue::Object:
        return u"{%1}"_s.arg(value.toObject().size());
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    return u"null"_s;
}

QByteArray indented(const QJsonValue &value)
{
    if (value.isObject())
        return QJsonDocument(value.toObject()).toJson().trimmed();
    if (value.isArray())
        return QJsonDocument(value.toArray()).toJson().trimmed();
    return value.isString() ? quoted(value.toString()).toUtf8() : valueText(value).toUtf8();
}

/// What stands in a string that is JSON; undefined where it is none.
QJsonValue embeddedIn(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (!trimmed.startsWith(u'{') && !trimmed.startsWith(u'['))
        return QJsonValue::Undefined;
    const auto json = base::readJson(trimmed.toUtf8());
    return json && (json->isObject() || json->isArray()) ? *json : QJsonValue(QJsonValue::Undefined);
}

} // namespace

JsonModel::JsonModel(QObject *parent)
    : QAbstractItemModel(parent)
{
    m_nodes.emplace_back();
}

bool JsonModel::setText(QByteArrayView text)
{
    const auto json = base::readJson(text);
    const bool isJson = json && (json->isObject() || json->isArray());
    beginResetModel();
    m_nodes.clear();
    m_nodes.emplace_back();
    if (isJson)
        add(&m_nodes.front(), {}, *json, 0);
    endResetModel();
    return isJson;
}

JsonModel::Node *JsonModel::add(Node *parent, const QString &name, const QJsonValue &value, int depth)
{
    if (m_nodes.size() >= mostNodes)
        return nullptr;
    Node &node = m_nodes.emplace_back();
    node.parent = parent;
    node.row = int(parent->children.size());
    node.name = name;
    node.value = value;
    parent->children.push_back(&node);
    QJsonValue inside = value;
    if (value.isObject()) {
        node.kind = Kind::Object;
    } else if (value.isArray()) {
        node.kind = Kind::Array;
    } else if (value.isString()) {
        inside = embeddedIn(value.toString());
        node.kind = inside.isUndefined() ? Kind::String : Kind::EmbeddedJson;
    } else {
        node.kind = value.isDouble() ? Kind::Number : Kind::Word;
    }
    if (depth >= deepest)
        return &node;
    if (inside.isObject()) {
        const QJsonObject object = inside.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            add(&node, member.key(), member.value(), depth + 1);
    } else if (inside.isArray()) {
        const QJsonArray array = inside.toArray();
        for (const QJsonValue item : array)
            add(&node, {}, item, depth + 1);
    }
    return &node;
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
    const QString name = node.name.isNull() ? QString() : quoted(harmless(node.name.left(longestValue)));
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return name.isEmpty() ? valueText(node.value) : name + u": "_s + valueText(node.value);
    case KindRole:
        return QVariant::fromValue(node.kind);
    case NameRole:
        return name;
    case ValueRole:
        return valueText(node.value);
    case JsonRole: {
        const QJsonValue inside
            = node.kind == Kind::EmbeddedJson ? embeddedIn(node.value.toString()) : node.value;
        return QString::fromUtf8(indented(inside));
    }
    default:
        return {};
    }
}

} // namespace gatehouse::inspector
