// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/bearer.h"

#include "auth/jws.h"
#include "base/characters.h"
#include "web/form.h"

#include <algorithm>

namespace gatehouse::auth {

namespace {

bool hasTokenInQuery(QByteArrayView query)
{
    const QList<web::FormField> fields = web::formFields(query);
    return std::any_of(fields.begin(), fields.end(), [](const web::FormField &field) {
        return field.name.compare("access_token", Qt::CaseInsensitive) == 0;
    });
}

} // namespace

base::Expected<QByteArray, Reason> readBearer(const Credentials &credentials)
{
    if (hasTokenInQuery(credentials.query))
        return base::failure(Reason::TokenInQuery);
    if (credentials.authorization.isEmpty())
        return base::failure(Reason::NoToken);
    if (credentials.authorization.size() > 1)
        return base::failure(Reason::MalformedHeader);
    const QByteArray header = credentials.authorization.first().trimmed();
    const qsizetype space = header.indexOf(' ');
    const QByteArray scheme = space < 0 ? header : header.left(space);
    if (scheme.compare("Bearer", Qt::CaseInsensitive) != 0)
        return base::failure(Reason::WrongScheme);
    const QByteArray token = space < 0 ? QByteArray() : header.mid(space).trimmed();
    if (token.size() > maximumTokenBytes)
        return base::failure(Reason::TooLong);
    if (!base::isBearerText(token))
        return base::failure(Reason::MalformedHeader);
    return token;
}

} // namespace gatehouse::auth
