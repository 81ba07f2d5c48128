// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModel>
#include <QByteArray>
#include <QJsonValue>
#include <QString>

#include <deque>
#include <vector>

namespace gatehouse::inspector {

/// A JSON text as a tree that folds. A string that holds JSON itself, as MCP's text content does, unfolds
/// into it. Members are sorted by name, as Qt keeps them.
class JsonModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum class Kind { Object, Array, String, Number, Word, EmbeddedJson };
    Q_ENUM(Kind)
    enum Role {
        KindRole = Qt::UserRole,
        NameRole, ///< `"name"`, quoted; empty for what has none.
        ValueRole, ///< As JSON writes it, cut where it is long; `{3}` and `[2]` where it is folded.
        JsonRole, ///< The whole value as indented JSON, for copying.
    };

    explicit JsonModel(QObject *parent = nullptr);

    /// Replaces what is shown. False, and nothing shown, where the text is no JSON object or array.
    bool setText(QByteArrayView text);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    using QAbstractItemModel::parent;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Node
    {
        Node *parent = nullptr;
        int row = 0;
        Kind kind = Kind::Word;
        QString name;
        QJsonValue value;
        std::vector<Node *> children;
    };
    Node *add(Node *parent, const QString &name, const QJsonValue &value, int depth);
    [[nodiscard]] static const Node *nodeOf(const QModelIndex &index);

    std::deque<Node> m_nodes; ///< The first is the root.
};

} // namespace gatehouse::inspector
