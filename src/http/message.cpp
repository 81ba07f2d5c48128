// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/message.h"

#include <utility>

namespace gatehouse::http {

Response jsonResponse(int status, QByteArray body)
{
    Response response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

} // namespace gatehouse::http
