// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/clientdocuments.h"

#include "base/json.h"
#include "web/clientidurl.h"
#include "web/mediatype.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

namespace {

constexpr qsizetype maximumReadings = 16;
constexpr qsizetype maximumBytes = 64 * 1024;
constexpr int maximumDepth = 16;

OAuthError invalidClient(const QString &description)
{
    return {401, u"invalid_client"_s, description};
}

} // namespace

base::Expected<QJsonObject, OAuthError> readClientDocument(const QString &id,
                                                           const base::FetchResult &fetched)
{
    const auto wrong = [&id](const QString &why) {
        return base::failure(
            invalidClient(u"The client's document at %1 cannot be used: %2"_s.arg(id.left(500), why)));
    };
    if (!fetched)
        return wrong(fetched.error().text);
    if (fetched->status != 200)
        return wrong(u"HTTP %1 came instead of 200; redirects are not followed."_s.arg(fetched->status));
    if (!web::hasMediaType(fetched->headers, "application/json"))
        return wrong(u"Its Content-Type is not application/json."_s);
    auto document = base::readJsonObject(fetched->body, {maximumDepth, maximumBytes});
    if (!document)
        return wrong(u"It is no JSON object. "_s + document.error().text);
    if (document->value("client_id"_L1).toString() != id)
        return wrong(u"Its client_id is not that address, byte for byte."_s);
    if (document->contains("client_secret"_L1) || document->contains("client_secret_expires_at"_L1))
        return wrong(u"It has a client_secret, and everybody can read it."_s);
    return *document;
}

ClientDocuments::~ClientDocuments()
{
    end();
}

void ClientDocuments::read(const QString &id, bool isForStrangers, const Done &done)
{
    if (const QString fault = web::clientIdUrlFault(id); !fault.isEmpty())
        return done(base::failure(invalidClient(u"The client_id names no document: "_s + fault)));
    if (!m_fetcher || m_readings.size() >= maximumReadings)
        return done(base::failure(
            OAuthError{503, u"temporarily_unavailable"_s,
                       u"Too many documents of clients are being read: try again in a second."_s}));
    base::FetchRequest request;
    request.url = QUrl(id, QUrl::StrictMode);
    request.headers = {{"Accept"_ba, "application/json"_ba}};
    request.maximumBytes = maximumBytes;
    request.isForStrangers = isForStrangers;
    const quint64 number = ++m_last;
    m_readings.insert(number, {done, {}});
    const auto take = [this, number, id, isForStrangers](const base::FetchResult &fetched) {
        const Reading reading = m_readings.take(number);
        auto document = readClientDocument(id, fetched);
        // Else whoever asks could find out by it what answers where.
        if (!document && isForStrangers)
            document = base::failure(invalidClient(
                u"The client's document at %1 cannot be had, or cannot be used."_s.arg(id.left(500))));
        reading.done(document);
    };
    m_readings[number].cancel = m_fetcher->fetch(request, take);
}

void ClientDocuments::end()
{
    const auto all = std::exchange(m_readings, {});
    for (const Reading &reading : all) {
        reading.cancel();
        reading.done(base::failure(
            OAuthError{503, u"temporarily_unavailable"_s, u"The sandbox is ending: start it again."_s}));
    }
}

} // namespace gatehouse::sandbox
