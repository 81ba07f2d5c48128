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
};

/// Fetches the issuer's discovery documents (RFC 8414, OpenID Connect Discovery) for clients that ask us
/// instead, keeps them for a while, and serves the old copy while the issuer is unreachable. Lives on one
/// thread.
class IssuerMetadata : public QObject
{
    Q_OBJECT

public:
    IssuerMetadata(QString issuer, base::Fetcher *fetcher, base::Clock clock, QObject *parent = nullptr);
    ~IssuerMetadata() override;

    enum class Document { AuthorizationServer, OpenIdConfiguration };
    /// Answers exactly once, at once or later.
    void get(Document document, std::function<void(PassedThrough)> done);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::auth
