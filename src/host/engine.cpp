// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/engine.h"

#include "http/httpserver.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace gatehouse::host {

struct Engine::Parts
{
    std::unique_ptr<http::HttpServer> server;
};

Engine::Engine(QObject *parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>())
{ }

Engine::~Engine() = default;

base::Expected<Running, StartError> Engine::start(const Settings &settings)
{
    m_parts->server
        = std::make_unique<http::HttpServer>([](const http::Request &, const http::Respond &respond) {
              http::Response refusal = http::jsonResponse(401, R"({"error":"unauthorized"})"_ba);
              refusal.headers.append({"WWW-Authenticate"_ba, "Bearer"_ba});
              respond(refusal);
          });
    const auto port = m_parts->server->listen(QHostAddress(settings.host), quint16(settings.port));
    if (!port)
        return base::failure(StartError{port.error().text, u"port"_s, port.error().nextFree});
    Running running;
    running.port = *port;
    running.resource = u"http://localhost:%1/mcp"_s.arg(*port);
    return running;
}

} // namespace gatehouse::host
