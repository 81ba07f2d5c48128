// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verify.h"

#include "auth/explanation.h"
#include "auth/gate.h"
#include "auth/issuer.h"
#include "auth/jws.h"
#include "auth/keysource.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/quoting.h"
#include "cli/commands.h"
#include "cli/harness.h"
#include "cli/options.h"
#include "fetch/networkfetcher.h"
#include "host/settings.h"
#include "host/settingsfile.h"
#include "inspector/tokenwords.h"
#include "inspector/words.h"
#include "keys/algorithm.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

constexpr qint64 maximumFile = 256 * 1024;

/// A key set from a file, behind the interface by which keys come from the network.
class FileFetcher : public base::Fetcher
{
public:
    explicit FileFetcher(QByteArray body)
        : m_body(std::move(body))
    { }
    base::CancelFetch fetch(const base::FetchRequest &, std::function<void(base::FetchResult)> done) override
    {
        QTimer::singleShot(0, QCoreApplication::instance(), [body = m_body, done = std::move(done)] {
            done(base::FetchReply{200, {}, body});
        });
        return [] {};
    }

private:
    QByteArray m_body;
};

/// What the token is held against, and what of it nobody named.
struct Question
{
    QByteArray token = {};
    auth::Policy policy = {};
    bool hasIssuer = false;
    bool hasAudience = false;
    QUrl keysAddress = {};
    std::optional<QByteArray> keysFile = {};
};

base::Expected<QByteArray, QString> tokenFrom(const QString &word)
{
    const auto given = secretFrom(word);
    if (!given)
        return base::failure(given.error());
    QByteArray text = given->trimmed();
    if (text.startsWith("Bearer "))
        text = text.sliced(7).trimmed();
    if (text.isEmpty())
        return base::failure(u"A token is missing: give it, or - to read it from standard input."_s);
    return text;
}

/// Issuers whose keys may be fetched although no option names one: that of the user's settings, which is the
/// sandbox where they name none.
bool isConfigured(const QString &issuer)
{
    // A file that cannot be read names nobody.
    const auto settings = host::readSettingsFileIfThere(host::usualSettingsFile());
    if (!settings)
        return false;
    const QString own = settings->usesSandbox()
        ? u"http://127.0.0.1:%1"_s.arg(settings->sandboxPort)
        : auth::issuerFromSubdomain(settings->subdomain).value_or(QString());
    return !own.isEmpty() && issuer == own;
}

/// The issuer given, else the one that the environment configures, else the token's own, which is then not
/// checked.
base::Expected<void, QString> chooseIssuer(const QCommandLineParser &parser, const QJsonObject &claims,
                                           Question &question)
{
    QString text = parser.value(u"issuer"_s);
    if (text.isEmpty())
        text = host::processEnvironment().value(auth::subdomainVariable).trimmed();
    question.hasIssuer = !text.isEmpty();
    if (!question.hasIssuer) {
        question.policy.issuer = claims.value("iss"_L1).toString();
        return {};
    }
    const auto issuer = issuerFrom(text);
    if (!issuer)
        return base::failure(u"--issuer: "_s + issuer.error());
    question.policy.issuer = *issuer;
    return {};
}

base::Expected<void, QString> chooseKeys(const QCommandLineParser &parser, Question &question)
{
    const QString keys = parser.value(u"jwks"_s);
    const bool isAddress = keys.startsWith("https://"_L1) || keys.startsWith("http://"_L1);
    if (isAddress) {
        question.keysAddress = QUrl(keys, QUrl::StrictMode);
        if (!question.keysAddress.isValid())
            return base::failure(u"--jwks: \"%1\" is not an address."_s.arg(keys));
    } else if (!keys.isEmpty()) {
        const auto bytes = base::readFile(keys, maximumFile);
        if (!bytes)
            return base::failure(u"--jwks: %1 cannot be read: %2"_s.arg(keys, bytes.error()));
        question.keysFile = *bytes;
        question.keysAddress = QUrl::fromLocalFile(keys);
    } else {
        // Whoever made the token chose its "iss": to fetch from there would let a stranger point this program
        // at any port of this machine.
        const QString issuer = question.policy.issuer;
        const bool mayFetch = question.hasIssuer || isConfigured(issuer)
            || (!issuer.isEmpty()
                && confirm(u"Nobody named the issuer of this token, %1. Fetch its keys?"_s.arg(issuer)));
        if (!issuer.isEmpty() && !mayFetch) {
            // What stands there is anybody's: as a word of a shell, and only where it could be meant.
            constexpr qsizetype longestHint = 200;
            const QString named = issuerFrom(issuer) && issuer.size() <= longestHint
                ? u"If that is right: --issuer "_s + base::shellWord(issuer.toUtf8()) + u" . Or give"_s
                : u"Give"_s;
            return base::failure(u"the token says that it comes from \"%1\", which nobody named. %2 its keys "
                                 "with --jwks."_s.arg(issuer, named));
        }
        question.keysAddress = auth::jwksUrl(
            auth::issuerFromSubdomain(question.policy.issuer).value_or(question.policy.issuer));
    }
    return {};
}

base::Expected<Question, QString> questionFrom(const QCommandLineParser &parser)
{
    const QStringList words = parser.positionalArguments();
    const auto token = tokenFrom(words.value(0));
    if (!token)
        return base::failure(token.error());
    Question question;
    question.token = *token;
    const auto jws = auth::readJws(*token);
    const QJsonObject claims = jws ? auth::readClaims(*jws).value_or(QJsonObject()) : QJsonObject();
    if (const auto chosen = chooseIssuer(parser, claims, question); !chosen)
        return base::failure(chosen.error());
    if (const auto chosen = chooseKeys(parser, question); !chosen)
        return base::failure(chosen.error());
    const QJsonValue audience = claims.value("aud"_L1);
    question.hasAudience = parser.isSet(u"audience"_s);
    question.policy.resource = question.hasAudience ? parser.value(u"audience"_s)
        : audience.isArray()                        ? audience.toArray().first().toString()
                                                    : audience.toString();
    question.policy.algorithms = cli::words(parser.value(u"algorithms"_s));
    for (const QString &name : question.policy.algorithms) {
        if (!keys::algorithmNamed(name))
            return base::failure(
                u"--algorithms: \"%1\" is none of %2."_s.arg(name, keys::algorithmNames().join(u", "_s)));
    }
    return question;
}

/// A check that compared the token with itself has checked nothing.
void withdraw(auth::Verdict &verdict, const QString &what, const QString &note)
{
    for (auth::Check &check : verdict.checks) {
        if (check.what == what && check.state == auth::CheckState::Passed) {
            check.state = auth::CheckState::NotChecked;
            check.note = note;
        }
    }
}

QString stateName(auth::CheckState state)
{
    switch (state) {
    case auth::CheckState::Passed:
        return u"passed"_s;
    case auth::CheckState::Failed:
        return u"failed"_s;
    case auth::CheckState::NotChecked:
        return u"not checked"_s;
    }
    return {};
}

/// "valid" would promise what was not compared.
QString sentenceOf(const auth::Verdict &verdict)
{
    const bool isPartly
        = std::any_of(verdict.checks.begin(), verdict.checks.end(),
                      [](const auth::Check &check) { return check.state == auth::CheckState::NotChecked; });
    return verdict.accepted() && isPartly ? u"Nothing is wrong with what was checked."_s
                                          : auth::explain(verdict).sentence;
}

QJsonObject jsonOf(const auth::Verdict &verdict)
{
    const auth::Explanation words = auth::explain(verdict);
    QJsonArray checks;
    for (const auth::Check &check : verdict.checks) {
        QJsonObject json{{u"what"_s, check.what}, {u"state"_s, stateName(check.state)}};
        if (check.state == auth::CheckState::Failed)
            json.insert(u"reason"_s, auth::reasonName(check.reason));
        for (const auto &[name, value] :
             {std::pair{u"expected"_s, check.expected}, std::pair{u"actual"_s, check.actual},
              std::pair{u"note"_s, check.note}}) {
            if (!value.isEmpty())
                json.insert(name, value);
        }
        checks.append(json);
    }
    QJsonObject json{{u"accepted"_s, verdict.accepted()},
                     {u"reason"_s, auth::reasonName(verdict.reason)},
                     {u"status"_s, words.status},
                     {u"sentence"_s, sentenceOf(verdict)},
                     {u"header"_s, verdict.header},
                     {u"claims"_s, verdict.claims},
                     {u"checks"_s, checks}};
    for (const auto &[name, text] :
         {std::pair{u"cause"_s, words.cause}, std::pair{u"remedy"_s, words.remedy},
          std::pair{u"dashboard"_s, words.page}, std::pair{u"copy"_s, words.copy}}) {
        if (!text.isEmpty())
            json.insert(name, text);
    }
    return json;
}

QString lineOf(const auth::Check &check)
{
    QString line = u"%1 %2"_s.arg(check.what, -12).arg(stateName(check.state), -12);
    if (check.state == auth::CheckState::Failed && !check.expected.isEmpty())
        line += u"expected %1, got %2"_s.arg(check.expected,
                                             check.actual.isEmpty() ? u"none"_s : check.actual);
    else
        line += check.actual;
    return check.note.isEmpty() ? line : u"%1 (%2)"_s.arg(line.trimmed(), check.note);
}

void printVerdict(const auth::Verdict &verdict)
{
    using inspector::escapedForDisplay;
    printLine((verdict.accepted() ? u"Accepted: "_s : u"Refused: "_s)
              + escapedForDisplay(sentenceOf(verdict)));
    const auth::Explanation words = auth::explain(verdict);
    if (!verdict.accepted()) {
        for (const auto &[title, text] :
             {std::pair{u"Likely cause: "_s, words.cause}, std::pair{u"What to do: "_s, words.remedy},
              std::pair{u"Dashboard: "_s, words.page}, std::pair{u"To copy: "_s, words.copy}}) {
            if (!text.isEmpty())
                printLine(title + escapedForDisplay(text));
        }
    }
    const QList<auth::Hint> hints = auth::hintsOf(verdict);
    for (const auth::Hint &hint : hints)
        printLine(u"Note: "_s + hint.sentence);
    if (verdict.checks.isEmpty())
        return;
    printLine({});
    for (const auth::Check &check : verdict.checks)
        printLine(u"  "_s + escapedForDisplay(lineOf(check).trimmed()));
    const QString expiry = inspector::expiryOf(verdict, QDateTime::currentMSecsSinceEpoch()).text;
    printLines({{}, u"  "_s + QString::fromUtf8(base::terminalJson(base::writeJson(verdict.claims)))});
    if (!expiry.isEmpty())
        printLines({{}, u"  "_s + expiry + u'.'});
}

int serveHarness()
{
    // std::getline and not QTextStream: each line is answered before the next is read.
    std::string line;
    while (std::getline(std::cin, line)) {
        if (line.empty())
            continue;
        printJson(harnessAnswer(QByteArray::fromStdString(line)));
    }
    return Ok;
}

} // namespace

int runVerify(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Judges an access token as the server would, and explains the verdict. Exit code 3: refused."_s);
    parser.addPositionalArgument(u"TOKEN"_s, u"The token; - reads it from standard input."_s);
    parser.addOptions(
        {{u"jwks"_s, u"Keys to check with (those of the issuer)."_s, u"FILE|URL"_s},
         {u"issuer"_s,
          u"Issuer that the token must be from (MCP_USE_OAUTH_WORKOS_SUBDOMAIN; else not checked, and keys "
          "are fetched only from the one in the settings)."_s,
          u"I"_s},
         {u"audience"_s, u"Server that the token must be for (else not checked)."_s, u"A"_s},
         {u"algorithms"_s, u"Algorithms that are allowed (RS256)."_s, u"\"a b\""_s, u"RS256"_s},
         {u"json"_s, u"The verdict as one JSON object."_s},
         {u"stdin"_s, u"For test harnesses: answers JSON lines (docs/verify.md)."_s}});
    if (const auto exitCode = parse(parser, arguments, 1))
        return *exitCode;
    if (parser.isSet(u"stdin"_s))
        return serveHarness();
    const auto question = questionFrom(parser);
    if (!question) {
        printError(question.error());
        return Usage;
    }
    fetch::NetworkFetcher network;
    FileFetcher file(question->keysFile.value_or(QByteArray()));
    base::Fetcher *fetcher = question->keysFile ? static_cast<base::Fetcher *>(&file) : &network;
    auth::KeySource keys(question->keysAddress, fetcher, base::systemClock());
    auth::AuthGate gate(question->policy, &keys, base::systemClock());
    int exitCode = Refused;
    const auto finish = [&](const auth::Judgement &judgement) {
        auth::Verdict verdict = judgement.verdict;
        if (!question->hasIssuer)
            withdraw(verdict, u"iss"_s, u"no issuer was given to compare with"_s);
        if (!question->hasAudience)
            withdraw(verdict, u"aud"_s, u"no audience was given to compare with"_s);
        if (parser.isSet(u"json"_s))
            printJson(jsonOf(verdict));
        else
            printVerdict(verdict);
        exitCode = verdict.accepted()                         ? Ok
            : verdict.reason == auth::Reason::KeysUnavailable ? Unreachable
                                                              : Refused;
        QCoreApplication::exit(exitCode);
    };
    // The keys first: whoever asks for a verdict wants to know of the signature even where a claim is wrong.
    const auth::Jws jws = auth::readJws(question->token).value_or(auth::Jws());
    keys.find(jws.keyId, jws.algorithm, [&](const auth::KeyAnswer &) {
        gate.judge({{"Bearer " + question->token}, {}}, finish);
    });
    return QCoreApplication::exec();
}

} // namespace gatehouse::cli
