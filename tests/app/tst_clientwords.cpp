// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clientwords.h"
#include "support/unit.h"

#include <QFile>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;
using oauth::Failure;
using oauth::FailureCode;

/// Each failure of the client, and of what an authorization server's error makes of one, with all that is
/// said.
class TestClientWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysAllOfEachFailure();
    void readsNoPlaceholderInWhatAPeerSaid();
    void leavesNobodyWithoutAWayOn();
    void standsInTheDocumentation();

private:
    static QList<FailureCode> allCodes()
    {
        QList<FailureCode> codes;
        for (int i = 0; i <= int(FailureCode::Cancelled); ++i)
            codes.append(FailureCode(i));
        return codes;
    }
    /// What stands for the words of a sentence.
    static QStringList wordsFor(FailureCode code)
    {
        using Code = FailureCode;
        switch (code) {
        case Code::ServerError:
        case Code::ToolError:
            return {u"‹code›"_s, u"‹its message›"_s};
        case Code::CallRefused:
        case Code::HeaderRefused:
            return {u"‹what the client saw›"_s, u"‹the challenge's error›"_s,
                    u"‹what the token itself says›"_s};
        case Code::ServerAway:
        case Code::CertificateUnknown:
        case Code::CallLost:
        case Code::AnswerUnusable:
        case Code::ServerForbids:
            return {u"‹what the client saw›"_s};
        case Code::ToolReported:
            return {u"‹its text›"_s};
        case Code::NoResourceMetadata:
        case Code::NoServerMetadata:
            return {u"‹addresses, and what each answered›"_s};
        case Code::RegistrationAway:
        case Code::TokenEndpointSilent:
            return {u"‹what the network said›"_s};
        case Code::MetadataAway:
        case Code::PageAway:
            return {u"‹address›"_s, u"‹what the network said›"_s};
        case Code::RegistrationUnusable:
        case Code::DeviceUnusable:
        case Code::TokensUnusable:
            return {u"‹what is wrong with it›"_s};
        case Code::MetadataUnusable:
            return {u"‹address›"_s, u"‹what is wrong with it›"_s};
        case Code::NoListener:
            return {u"‹why›"_s};
        case Code::NoAuthKit:
        case Code::AuthKitAway:
            return {u"‹host›"_s, u"‹what was found there›"_s};
        case Code::OtherIssuer:
            return {u"‹issuers›"_s, u"‹the given one›"_s, u"‹where they differ›"_s};
        case Code::ClientElsewhere:
            return {u"‹client id›"_s, u"‹the known issuer›"_s, u"‹another issuer›"_s};
        case Code::ResourceWider:
            return {u"‹address›"_s, u"‹its resource›"_s, u"‹the server›"_s};
        case Code::IssuerSlash:
            return {u"‹address›"_s, u"‹its issuer›"_s, u"‹the named one›"_s};
        case Code::SecretElsewhere:
            return {u"‹issuer›"_s};
        case Code::EndpointsElsewhere:
            return {u"‹issuer›"_s, u"‹origins›"_s};
        case Code::RegistrationAbsent:
        case Code::RegistrationRefused:
        case Code::RegistrationBlocked:
        case Code::TokenEndpointAway:
        case Code::TokenRefused:
            return {u"‹status›"_s, u"‹error›"_s, u"‹error_description›"_s};
        case Code::PageSaysError:
            return {u"‹address›"_s, u"‹error›"_s};
        case Code::PageRefused:
        case Code::PageAnswered:
            return {u"‹address›"_s, u"‹status›"_s};
        case Code::PageWantsPerson:
        case Code::RedirectNotFollowed:
            return {u"‹address›"_s};
        case Code::RedirectedElsewhere:
            return {u"‹address›"_s, u"‹the registered one›"_s};
        case Code::RedirectBorrowed:
            return {u"‹address›"_s, u"‹origin›"_s};
        case Code::IssuerDiffers:
            return {u"‹issuer›"_s, u"‹where they differ›"_s};
        case Code::SignInRefused:
            return {u"‹error›"_s, u"‹error_description›"_s};
        case Code::NoLock:
            return {u"‹folder›"_s};
        case Code::NoPkce:
        case Code::RegistrationMissing:
        case Code::RegistrationDisabled:
        case Code::AddressNotOpened:
        case Code::BrowserTimedOut:
        case Code::TooManyRedirects:
        case Code::ForeignState:
        case Code::IssuerNotStated:
        case Code::NoCode:
        case Code::NoDeviceFlow:
        case Code::DeviceTimedOut:
        case Code::LockTaken:
        case Code::NotBound:
        case Code::Cancelled:
            break;
        }
        return {};
    }
    static QString offersAt(const Failure &failure, oauth::StepId step)
    {
        QStringList words;
        for (const Offer offer : offersFor(failure, step, false))
            words.append(wordOf(offer));
        return words.join(u", "_s);
    }
    /// At the step where it happens; where that may be one with a token already, there as well.
    static QString offersOf(const Failure &failure)
    {
        using Code = FailureCode;
        const QList<Code> ofCall{Code::CallRefused, Code::HeaderRefused, Code::CallLost, Code::ToolError,
                                 Code::ToolReported};
        const QString first
            = offersAt(failure, ofCall.contains(failure.code) ? oauth::StepId::Call : oauth::StepId::Ask);
        const QString later = offersAt(failure, oauth::StepId::Refresh);
        const bool isOfTokens = failure.code >= Code::NoLock && failure.code <= Code::NotBound;
        return isOfTokens && later != first ? u"%1; when refreshing: %2"_s.arg(first, later) : first;
    }
};

void TestClientWords::saysAllOfEachFailure()
{
    QSet<QString> names;
    for (const FailureCode code : allCodes()) {
        const QString name = oauth::nameOf(code);
        QVERIFY2(!names.contains(name), qPrintable(name));
        names.insert(name);
        // Which words it takes shows when each of them is a mark.
        const Failure marked = oauth::failureOf(code, {u"①"_s, u"②"_s, u"③"_s, u"④"_s});
        const QStringList given = wordsFor(code);
        for (qsizetype i = 0; i < 4; ++i) {
            const QChar mark(ushort(u'①' + i));
            QCOMPARE(marked.text.contains(mark) || marked.remedy.contains(mark), i < given.size());
        }
        const Failure failure = oauth::failureOf(code, given);
        QVERIFY2(!failure.text.isEmpty() && !failure.text.contains(u'%') && !failure.remedy.contains(u'%'),
                 qPrintable(name));
        QVERIFY2(!failure.text.contains(u"  "_s) && !oauth::failureOf(code).text.contains(u"  "_s),
                 qPrintable(name));
    }
}

void TestClientWords::readsNoPlaceholderInWhatAPeerSaid()
{
    const Failure failure = oauth::failureOf(FailureCode::TokenRefused, {u"400"_s, u"%3%2"_s, u"100 %1"_s});
    QCOMPARE(failure.text, u"The token endpoint refuses: HTTP 400 %3%2 100 %1"_s);
}

void TestClientWords::leavesNobodyWithoutAWayOn()
{
    for (const FailureCode code : allCodes()) {
        const Failure failure = oauth::failureOf(code, wordsFor(code));
        // What is advised is offered.
        QCOMPARE(failure.remedy.contains(u"its client id"_s) || failure.remedy.contains(u"a client id"_s),
                 offersOf(failure).contains(wordOf(Offer::UseClientId)));
        if (failure.remedy.contains(u"egister again"_s))
            QVERIFY2(offersOf(failure).contains(wordOf(Offer::RegisterAgain)),
                     qPrintable(oauth::nameOf(code)));
        const bool isPlain = code == FailureCode::ToolReported || code == FailureCode::Cancelled;
        QVERIFY2(isPlain || !failure.remedy.isEmpty(), qPrintable(oauth::nameOf(code)));
    }
}

/// docs/failures.md is this table; GATEHOUSE_WRITE_DOCS=1 writes it.
void TestClientWords::standsInTheDocumentation()
{
    QString text
        = u"# What the built-in client says when it comes to an end\n\n"
          "Every failure of a sign-in or a call, as the window and `gatehouse call` say it. What stands "
          "in ‹ › depends on the case. With `--json` a failed step has the name as its `failure`. Written by "
          "`tests/app/tst_clientwords.cpp`.\n"_s;
    const auto line = [&text](const QString &name, const QString &words) {
        if (!words.isEmpty())
            text += u"* "_s + name + u": "_s + words + u'\n';
    };
    for (const FailureCode code : allCodes()) {
        const Failure failure = oauth::failureOf(code, wordsFor(code));
        text += u"\n## `"_s + oauth::nameOf(code) + u"`\n\n**"_s + failure.text + u"**\n"_s;
        line(u"what to do"_s, failure.remedy);
        line(u"the window offers"_s, offersOf(failure));
    }
    text += u"\n## Errors of an authorization server\n\nThey decide what is advised and offered with "
            "`sign_in_refused`, `page_says_error` and `token_refused`.\n"_s;
    const QList<oauth::ErrorMeaning> meanings = oauth::errorMeanings();
    for (const oauth::ErrorMeaning &meaning : meanings) {
        const Failure failure
            = oauth::failureOf(FailureCode::TokenRefused, {}, meaning.error, u"‹the resource›"_s);
        text += u"\n### `"_s + QString::fromLatin1(meaning.error) + u"`\n\n"_s;
        line(u"what to do"_s, failure.remedy);
        line(u"the window offers"_s, offersOf(failure));
    }
    QFile file(QStringLiteral(GATEHOUSE_SOURCE_DIR "/docs/failures.md"));
    if (qEnvironmentVariableIsSet("GATEHOUSE_WRITE_DOCS")) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(text.toUtf8()) > 0);
        return;
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()), text);
}

GATEHOUSE_TEST(TestClientWords)
#include "tst_clientwords.moc"
