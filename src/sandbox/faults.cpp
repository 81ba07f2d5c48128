// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/faults.h"

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

const QStringList &Faults::names()
{
    static const QStringList all = {u"registration-off"_s, u"token-expired"_s, u"token-audience"_s};
    return all;
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

bool Faults::take(Fault fault)
{
    const bool wasOn = isOn(fault);
    m_bits &= ~(1U << int(fault));
    return wasOn;
}

QJsonObject Faults::json() const
{
    QJsonObject out;
    for (qsizetype i = 0; i < names().size(); ++i)
        out.insert(names().at(i), isOn(Fault(i)));
    return out;
}

} // namespace gatehouse::sandbox
