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

Handler wholeRequests(Handler handler)
{
    return [handler = std::move(handler)](const Request &head, const Respond &respond) {
        respond.takeBody(Standing::Admitted, [handler, request = head, respond](QByteArray body) mutable {
            request.body = std::move(body);
            handler(request, std::move(respond));
        });
    };
}

} // namespace gatehouse::http
