// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace gatehouse::base {
class Fetcher;
}

namespace gatehouse::auth {

/// One of the issuer's documents, byte for byte as it came.
struct PassedThrough
{
    int status = 200; ///< 200, or 502, 503, 504 with a JSON error that says why.
    QByteArray body = {};
    qint64 fetchedAt = 0; ///< When it came, or was found unchanged; milliseconds since 1970, 0: never.
    QString fault
        = {}; ///< Why a newer one could not be had, where this is an old copy; one English sentence.
};

struct MetadataTimes
{
    qint64 freshMs = 5 * 60 * 1000; ///< How long a copy needs no question, unless its Cache-Control …
    qint64 leastFreshMs = 60 * 1000; ///< … says max-age, which counts
    qint64 mostFreshMs = 60 * 60 * 1000; ///< … within these bounds.
    qint64 staleMs = 24LL * 60 * 60 * 1000; ///< After this an old copy is served no more.
    int patienceMs = 1000; ///< For the issuer, where there is an old copy to serve instead.
    qint64 pauseMs = 1000; ///< After a failure, so that clients that ask do not become a flood there.
};

/// Fetches the issuer's discovery documents (RFC 8414, OpenID Connect Discovery) for clients that ask us
/// instead. Keeps them for a while, then asks with their validators (RFC 9110 §13.1) whether they have
/// changed, and serves the old copy while the issuer is away or slow. Lives on one thread.
class IssuerMetadata : public QObject
{
    Q_OBJECT

public:
    IssuerMetadata(QString issuer, base::Fetcher *fetcher, base::Clock clock, MetadataTimes times = {},
                   QObject *parent = nullptr);
    /// Answers whoever still waits with 503.
    ~IssuerMetadata() override;

    enum class Document { AuthorizationServer, OpenIdConfiguration };
    /// Answers exactly once, at once or later.
    void get(Document document, std::function<void(PassedThrough)> done);
    /// The next get() of each asks the issuer whether it has changed, however young the copy is.
    void distrust();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::auth
