// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/negativechecks.h"

#include "auth/challengereader.h"
#include "base/base64url.h"
#include "base/json.h"
#include "base/mask.h"
#include "base/quoting.h"
#include "oauth/question.h"
#include "oauth/words.h"

#include <QPointer>
#include <QUrl>
#include <QUrlQuery>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

QString titleOf(CheckId id)
{
    switch (id) {
    case CheckId::NoToken:
        return Words::tr("No token");
    case CheckId::Garbage:
        return Words::tr("Something that is no token");
    case CheckId::Expired:
        return Words::tr("Expired token");
    case CheckId::WrongAudience:
        return Words::tr("Token for another server");
    case CheckId::WrongIssuer:
        return Words::tr("Token of another issuer");
    case CheckId::AlgorithmNone:
        return Words::tr("Unsigned token (alg: none)");
    case CheckId::BadSignature:
        return Words::tr("Forged signature");
    case CheckId::UnknownKey:
        return Words::tr("Unknown key");
    case CheckId::NotYetValid:
        return Words::tr("Token that is not yet valid");
    case CheckId::MissingScope:
        return Words::tr("Token without a needed scope");
    case CheckId::TokenInQuery:
        return Words::tr("Token in the address");
    }
    return {};
}

QString expectedOf(CheckId id)
{
    switch (id) {
    case CheckId::NoToken:
        return u"401"_s;
    case CheckId::Garbage:
        return Words::tr("401 invalid_token or 400");
    case CheckId::TokenInQuery:
        return Words::tr("400 or 401");
    case CheckId::MissingScope:
        return u"403 insufficient_scope"_s;
    default:
        return u"401 invalid_token"_s;
    }
}

} // namespace

NegativeChecks::NegativeChecks(QString server, Parts parts, QObject *parent)
    : QObject(parent)
    , m_server(std::move(server))
    , m_parts(std::move(parts))
    , m_fetcher(m_parts.fetcher, m_server, m_parts.clock, m_parts.random, [this](const Leg &leg) {
        if (m_current >= 0)
            m_checks[m_current].leg = leg;
    })
{
    for (int i = 0; i < checkCount; ++i) {
        NegativeCheck check;
        check.id = CheckId(i);
        check.title = titleOf(check.id);
        check.expected = expectedOf(check.id);
        m_checks.append(check);
    }
}

NegativeChecks::~NegativeChecks() = default;

void NegativeChecks::run()
{
    if (isRunning())
        return;
    for (NegativeCheck &check : m_checks) {
        check.state = CheckState::NotRun;
        check.got.clear();
        check.note.clear();
        check.leg = {};
    }
    m_needsScopes = true;
    m_current = 0;
    begin();
}

void NegativeChecks::cancel()
{
    if (!isRunning())
        return;
    ++m_run;
    m_fetcher.cancel();
    m_checks[m_current].state = CheckState::NotRun;
    for (int i = m_current; i < checkCount; ++i)
        m_checks[i].note = Words::tr("Cancelled.");
    Q_EMIT checkChanged(std::exchange(m_current, -1));
    Q_EMIT finished();
}

QString NegativeChecks::whyNot(CheckId id) const
{
    if (id == CheckId::MissingScope && !m_needsScopes)
        return Words::tr("The server's challenge names no scope, so it needs none.");
    if (id == CheckId::NoToken || id == CheckId::Garbage || m_parts.mint)
        return {};
    switch (id) {
    case CheckId::AlgorithmNone:
    case CheckId::BadSignature:
    case CheckId::UnknownKey:
        return m_parts.token.count('.') == 2
            ? QString()
            : Words::tr("It is made of your own token: sign in first. Tokens that are no JWS do not do.");
    case CheckId::TokenInQuery:
        return Words::tr("It would write a good token of yours into the server's log.");
    default:
        return Words::tr("Only an issuer can make such a token: the sandbox does, another does not.");
    }
}

QByteArray NegativeChecks::madeOf(CheckId id) const
{
    const QList<QByteArray> parts = m_parts.token.split('.');
    const QByteArray anotherSignature = base::toBase64Url(m_parts.random(parts.at(2).size() * 3 / 4));
    switch (id) {
    case CheckId::AlgorithmNone:
        return base::toBase64Url(R"({"alg":"none"})") + '.' + parts.at(1) + '.';
    case CheckId::UnknownKey:
        return base::toBase64Url(R"({"alg":"RS256","kid":"unknown-key"})") + '.' + parts.at(1) + '.'
            + anotherSignature;
    default:
        return parts.at(0) + '.' + parts.at(1) + '.' + anotherSignature;
    }
}

void NegativeChecks::begin()
{
    ++m_run;
    NegativeCheck &check = m_checks[m_current];
    if (const QString why = whyNot(check.id); !why.isEmpty())
        return skip(why);
    check.state = CheckState::Running;
    const int begun = m_run;
    Q_EMIT checkChanged(m_current);
    if (m_run != begun)
        return; // Cancelled by whoever heard of it.
    if (check.id == CheckId::NoToken)
        return send({});
    if (check.id == CheckId::Garbage)
        return send("not-a-token");
    if (!m_parts.mint)
        return send(madeOf(check.id));
    m_parts.mint(check.id,
                 [guard = QPointer(this), run = m_run](const base::Expected<QByteArray, QString> &made) {
                     if (!guard || guard->m_run != run)
                         return;
                     if (made)
                         guard->send(*made);
                     else
                         guard->skip(made.error());
                 });
}

void NegativeChecks::send(const QByteArray &token)
{
    base::FetchRequest request;
    request.method = "POST";
    request.url = QUrl(m_server, QUrl::StrictMode);
    request.headers = m_parts.headers + firstQuestionHeaders();
    request.body = firstQuestion();
    if (m_checks.at(m_current).id == CheckId::TokenInQuery) {
        QUrlQuery query(request.url);
        query.addQueryItem(u"access_token"_s, QString::fromLatin1(token));
        request.url.setQuery(query);
    } else if (!token.isEmpty()) {
        request.headers.append({"Authorization"_ba, "Bearer " + token});
    }
    m_fetcher.fetch(request, [this, run = m_run](const base::FetchResult &fetched) {
        if (m_run == run)
            judge(fetched);
    });
}

void NegativeChecks::skip(const QString &why)
{
    NegativeCheck &check = m_checks[m_current];
    check.state = CheckState::NotRun;
    check.note = why;
    moveOn();
}

void NegativeChecks::judge(const base::FetchResult &fetched)
{
    NegativeCheck &check = m_checks[m_current];
    check.state = CheckState::Failed;
    if (!fetched) {
        check.got = Words::tr("no answer");
        check.note = fetched.error().text;
        return moveOn();
    }
    const auto read = auth::readChallenge(fetched->header("www-authenticate"));
    const auth::Challenge challenge = read && *read ? **read : auth::Challenge();
    const QString error = base::maskText(challenge.error()).left(80);
    check.got = u"%1 %2"_s.arg(fetched->status).arg(error).trimmed();
    const int wanted = check.id == CheckId::MissingScope ? 403 : 401;
    // RFC 6750 §3.1: what is no token, or not where a token goes, may be called a malformed request.
    const bool mayBeMalformed = check.id == CheckId::Garbage || check.id == CheckId::TokenInQuery;
    const bool isRefused = fetched->status == wanted || (mayBeMalformed && fetched->status == 400);
    check.state = isRefused ? CheckState::Passed : CheckState::Failed;
    const QString wantedError
        = check.id == CheckId::NoToken || mayBeMalformed ? QString() : check.expected.section(u' ', 1);
    if (fetched->status < 300)
        check.note = Words::tr("The server let it in.");
    else if (!isRefused)
        check.note = Words::tr("Refused, but not as the specification has it.");
    else if (!read || !*read)
        check.note = Words::tr("The answer has no challenge that can be read (WWW-Authenticate).");
    else if (!wantedError.isEmpty() && error != wantedError)
        check.note = Words::tr("The challenge should say error=\"%1\" (RFC 6750 §3.1).").arg(wantedError);
    else if (check.id == CheckId::NoToken && !error.isEmpty())
        check.note = Words::tr("Without a token the challenge should name no error (RFC 6750 §3.1).");
    if (check.id == CheckId::NoToken)
        m_needsScopes = !challenge.scopes().isEmpty();
    moveOn();
}

void NegativeChecks::moveOn()
{
    const int ended = m_current;
    m_current = m_current + 1 < checkCount ? m_current + 1 : -1;
    const int run = ++m_run;
    Q_EMIT checkChanged(ended);
    if (m_run != run)
        return; // Cancelled by whoever heard of it.
    if (m_current < 0) {
        Q_EMIT finished();
        return;
    }
    // Queued: a row of checks that are not run would else nest.
    QMetaObject::invokeMethod(
        this,
        [this, run] {
            if (m_run == run && m_current >= 0)
                begin();
        },
        Qt::QueuedConnection);
}

QString textOf(const QList<NegativeCheck> &checks)
{
    QStringList lines{Words::tr("| Check | Expected | Got | Result |"), u"|---|---|---|---|"_s};
    for (const NegativeCheck &check : checks) {
        const QString result = check.state == CheckState::Passed ? Words::tr("Pass")
            : check.state == CheckState::Failed                  ? Words::tr("Fail")
                                                                 : Words::tr("Not run");
        lines.append(u"| %1 | %2 | %3 | %4 |"_s.arg(
            base::markdownText(check.title), base::markdownText(check.expected),
            check.got.isEmpty() ? u"–"_s : base::markdownText(check.got),
            check.note.isEmpty() ? result : result + u": "_s + base::markdownText(check.note)));
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace gatehouse::oauth
