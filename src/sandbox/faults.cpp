// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/faults.h"

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

const QList<FaultInfo> &Faults::all()
{
    static const QList<FaultInfo> table = {
        {"registration-off"_L1, QT_TRANSLATE_NOOP("gatehouse::sandbox::Faults", "Registration is off")},
        {"documents-off"_L1,
         QT_TRANSLATE_NOOP("gatehouse::sandbox::Faults", "Clients' documents are not read")},
        {"token-expired"_L1, QT_TRANSLATE_NOOP("gatehouse::sandbox::Faults", "The next token is expired")},
        {"token-audience"_L1,
         QT_TRANSLATE_NOOP("gatehouse::sandbox::Faults", "The next token is for another server")},
        {"api-unauthorized"_L1, QT_TRANSLATE_NOOP("gatehouse::sandbox::Faults", "The API takes no key")},
        {"api-forbidden"_L1, QT_TRANSLATE_NOOP("gatehouse::sandbox::Faults", "The API key may do nothing")},
        {"api-rate-limited"_L1,
         QT_TRANSLATE_NOOP("gatehouse::sandbox::Faults", "The API has had too many requests")},
        {"api-broken"_L1, QT_TRANSLATE_NOOP("gatehouse::sandbox::Faults", "The API fails")},
        {"api-silent"_L1, QT_TRANSLATE_NOOP("gatehouse::sandbox::Faults", "The API never answers")},
        {"api-without-resources"_L1,
         QT_TRANSLATE_NOOP("gatehouse::sandbox::Faults", "The API has no resource indicators")}};
    return table;
}

const QStringList &Faults::names()
{
    static const QStringList names = [] {
        QStringList list;
        for (const FaultInfo &one : all())
            list.append(one.name);
        return list;
    }();
    return names;
}

QString Faults::unknownIn(const QStringList &wanted)
{
    for (const QString &name : wanted) {
        if (!names().contains(name))
            return u"The sandbox cannot fail in the way \"%1\". It knows: %2."_s.arg(name,
                                                                                     names().join(u", "_s));
    }
    return {};
}

void Faults::set(const QString &name, bool isOn)
{
    const qsizetype place = names().indexOf(name);
    if (place < 0)
        return;
    const unsigned bit = 1U << place;
    m_bits = isOn ? m_bits | bit : m_bits & ~bit;
}

bool Faults::consume(SandboxFault fault)
{
    const bool wasOn = isOn(fault);
    m_bits &= ~(1U << int(fault));
    return wasOn;
}

QJsonObject Faults::json() const
{
    QJsonObject out;
    for (qsizetype i = 0; i < names().size(); ++i)
        out.insert(names().at(i), isOn(SandboxFault(i)));
    return out;
}

} // namespace gatehouse::sandbox
