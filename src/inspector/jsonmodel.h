// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jsontext.h"

#include <QAbstractItemModel>
#include <QByteArray>
#include <QString>

#include <deque>
#include <vector>

namespace gatehouse::inspector {

/// A JSON text as a tree that folds. A string that holds JSON itself, as MCP's text content does, unfolds
/// into it. Members stand in the order in which they came, numbers as they are written.
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
        int depth = 0;
        Kind kind = Kind::Word;
        const base::JsonText *text = nullptr; ///< In which it stands …
        const base::JsonText *inside = nullptr; ///< … and that which it holds, where it is a string of JSON.
        std::size_t at = 0; ///< In `text`.
        std::vector<Node *> children;
    };
    /// Adds what stands in `text` below `parent`.
    void add(Node *parent, const base::JsonText &text);
    [[nodiscard]] static const Node *nodeOf(const QModelIndex &index);
    [[nodiscard]] static QString nameText(const Node &node);
    [[nodiscard]] static QString valueText(const Node &node);

    std::deque<base::JsonText> m_texts;
    std::deque<Node> m_nodes; ///< The first is the root.
};

} // namespace gatehouse::inspector
