// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/fetch.h"

#include <QObject>

class QNetworkAccessManager;

namespace gatehouse::fetch {

/// base::Fetcher over QNetworkAccessManager with its holes closed: no redirect, a clock for the whole
/// exchange, a bound on the body, no cookies, no cache, no compression, HTTP/1.1, a User-Agent of our own.
/// One per thread.
class NetworkFetcher : public QObject, public base::Fetcher
{
    Q_OBJECT

public:
    explicit NetworkFetcher(QObject *parent = nullptr);
    base::CancelFetch fetch(const base::FetchRequest &request,
                            std::function<void(base::FetchResult)> done) override;

private:
    QNetworkAccessManager *m_network;
};

} // namespace gatehouse::fetch
