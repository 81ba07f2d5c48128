// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/openforms.h"

#include "sandbox/identifier.h"

#include <algorithm>

namespace gatehouse::sandbox {

namespace {

constexpr qsizetype maximumForms = 200;

} // namespace

OpenForms::OpenForms(base::Clock clock, base::Random random)
    : m_clock(std::move(clock))
    , m_random(std::move(random))
{ }

QString OpenForms::open(const AuthorizationRequest &request)
{
    if (m_forms.size() >= maximumForms) {
        m_forms.erase(std::min_element(m_forms.begin(), m_forms.end(), [](const Entry &a, const Entry &b) {
            return a.openedAt < b.openedAt;
        }));
    }
    const QString token = newSecret(m_random);
    m_forms.insert(digestOf(token), {request, m_clock()});
    return token;
}

std::optional<AuthorizationRequest> OpenForms::close(const QString &formToken)
{
    const auto it = m_forms.find(digestOf(formToken));
    if (it == m_forms.end())
        return {};
    const Entry entry = *it;
    m_forms.erase(it);
    return m_clock() - entry.openedAt <= lifetimeMs ? std::optional(entry.request) : std::nullopt;
}

} // namespace gatehouse::sandbox
