// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "base/fetch.h"
#include "sandbox/oautherror.h"

#include <QHash>
#include <QJsonObject>
#include <QString>

#include <functional>

namespace gatehouse::sandbox {

/// What an answer says of the client whose id is that address (draft-ietf-oauth-client-id-metadata-document
/// §4): one JSON object, of that client_id to the byte, without a secret. The error is invalid_client.
[[nodiscard]] base::Expected<QJsonObject, OAuthError> readClientDocument(const QString &id,
                                                                         const base::FetchResult &fetched);

/// Reads the documents of clients whose id is an address. At most 16 at a time, five seconds and 64 KiB for
/// each; no redirect is followed. One thread.
class ClientDocuments
{
public:
    using Done = std::function<void(const base::Expected<QJsonObject, OAuthError> &)>;

    ClientDocuments() = default;
    ~ClientDocuments();
    Q_DISABLE_COPY_MOVE(ClientDocuments)

    /// Outlives this; null: none is read.
    void setFetcher(base::Fetcher *fetcher) { m_fetcher = fetcher; }
    [[nodiscard]] bool canRead() const { return m_fetcher != nullptr; }
    /// `isForStrangers`: whoever asks may sit elsewhere, so nothing but what is public is asked, and no error
    /// says more than that there is one.
    /// `done` comes once, at the latest from end(); not from within read() unless it fails at once.
    void read(const QString &id, bool isForStrangers, const Done &done);
    /// All that is under way fails.
    void end();

private:
    struct Reading
    {
        Done done;
        base::CancelFetch cancel;
    };

    base::Fetcher *m_fetcher = nullptr;
    QHash<quint64, Reading> m_readings;
    quint64 m_last = 0;
};

} // namespace gatehouse::sandbox
