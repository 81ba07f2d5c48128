// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/accessrules.h"

#include "base/characters.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace gatehouse::host {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::host::AccessRules)
};

QStringList wordsOf(const QString &line)
{
    return line.simplified().split(u' ', Qt::SkipEmptyParts);
}

/// Where a condition of that name goes, or null.
QStringList *placeFor(const QString &name, base::AccessRequirements &needs)
{
    if (name == "scope"_L1)
        return &needs.scopes;
    if (name == "permission"_L1)
        return &needs.permissions;
    if (name == "organization"_L1)
        return &needs.organizations;
    return nullptr;
}

} // namespace

base::Expected<QHash<QString, base::AccessRequirements>, QString> readToolRules(const QStringList &lines)
{
    QHash<QString, base::AccessRequirements> rules;
    for (const QString &line : lines) {
        const QStringList words = wordsOf(line);
        if (words.size() < 2)
            return base::failure(Tr::tr("“%1” is no rule: write a tool's name and what it needs, as in "
                                        "“get-profile scope=email”.")
                                     .arg(line.left(100)));
        base::AccessRequirements &needs = rules[words.first()];
        for (const QString &word : words.sliced(1)) {
            const qsizetype sign = word.indexOf(u'=');
            QStringList *place = sign > 0 ? placeFor(word.first(sign), needs) : nullptr;
            const QString value = word.mid(sign + 1);
            if (!place || !base::isScope(value))
                return base::failure(
                    Tr::tr("“%1” is no condition: use scope=…, permission=… or organization=….")
                        .arg(word.left(100)));
            if (!place->contains(value))
                place->append(value);
        }
    }
    return rules;
}

base::Expected<QHash<QString, QStringList>, QString> readScopeHierarchy(const QStringList &lines)
{
    QHash<QString, QStringList> includes;
    for (const QString &line : lines) {
        const QStringList words = wordsOf(line);
        if (words.size() < 2)
            return base::failure(Tr::tr("“%1” includes nothing: write a scope and those that it includes.")
                                     .arg(line.left(100)));
        for (const QString &word : words) {
            if (!base::isScope(word))
                return base::failure(Tr::tr("“%1” is not a scope.").arg(word.left(100)));
        }
        includes[words.first()] += words.sliced(1);
    }
    return includes;
}

} // namespace gatehouse::host
