// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QHash>
#include <QJsonValue>
#include <QList>
#include <QString>

#include <memory>

namespace gatehouse::schema {

/// A JSON Schema of draft 2020-12, compiled once (https://json-schema.org/draft/2020-12). `format` and the
/// content keywords are notes, as the draft has it. Fetches nothing: a $ref leads into the schema itself, to
/// the draft's own meta-schemas or to documents that were given. Bounded in depth, size and work.
class Schema
{
public:
    using Documents = QHash<QString, QJsonValue>; ///< By absolute URI.

    /// Or a sentence that says what cannot be used: a $ref that leads nowhere, a pattern that is none,
    /// another dialect.
    [[nodiscard]] static base::Expected<Schema, QString> compile(const QJsonValue &schema,
                                                                 const Documents &documents = {});

    enum class Verdict {
        Valid,
        Invalid,
        Undecided, ///< It would take too much work: a schema that refers to itself without end, a pattern.
    };
    struct Fault
    {
        QString where = {}; ///< JSON pointer to the value; empty for the whole.
        QString text = {}; ///< What was wanted and what came.

        bool operator==(const Fault &) const = default;
    };
    struct Judgement
    {
        Verdict verdict = Verdict::Valid;
        QList<Fault> faults = {}; ///< The first few; one that says why it is undecided.

        /// All of them as sentences for the caller, which call the value `name`.
        [[nodiscard]] QString text(const QString &name) const;
    };
    [[nodiscard]] Judgement judge(const QJsonValue &value) const;

    struct Compiled;

private:
    std::shared_ptr<const Compiled> d;
};

/// Equality as JSON Schema has it: 1 and 1.0 are the same, members have no order.
[[nodiscard]] bool isSameJson(const QJsonValue &a, const QJsonValue &b);

} // namespace gatehouse::schema
