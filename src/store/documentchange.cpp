// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/documentchange.h"

#include "base/json.h"

#include <QHash>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace gatehouse::store {

namespace {

const QHash<QString, DocumentChange::Kind> &kinds()
{
    static const QHash<QString, DocumentChange::Kind> known{{u"created"_s, DocumentChange::Kind::Created},
                                                            {u"updated"_s, DocumentChange::Kind::Updated},
                                                            {u"deleted"_s, DocumentChange::Kind::Deleted}};
    return known;
}

} // namespace

QString payloadOf(const DocumentChange &change)
{
    return QString::fromUtf8(base::writeJson(QJsonObject{{u"kind"_s, kinds().key(change.kind)},
                                                         {u"organization"_s, change.organization},
                                                         {u"id"_s, change.id}}));
}

std::optional<DocumentChange> documentChangeIn(const QString &payload)
{
    const auto object = base::readJsonObject(payload.toUtf8());
    if (!object)
        return std::nullopt;
    const QString kind = object->value("kind"_L1).toString();
    DocumentChange change{kinds().value(kind), object->value("organization"_L1).toString(),
                          object->value("id"_L1).toString()};
    if (!kinds().contains(kind) || change.organization.isEmpty() || change.id.isEmpty())
        return std::nullopt;
    return change;
}

} // namespace gatehouse::store
