// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

/// What is written once stays so: a second copy of a rule of HTTP or OAuth is found here.
class TestVocabulary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsASecondCopy_data();
    void findsASecondCopy();
    void holdsForTheSourceTree();

private:
    /// Empty where the file has none.
    static QString finding(const QString &path, const QString &text)
    {
        struct Rule
        {
            QRegularExpression sign; ///< That only this rule has.
            QString home;
            QString what;
        };
        static const QList<Rule> rules{
            {QRegularExpression(u"!#\\$%&"_s), u"base/characters.h"_s, u"the characters of a token"_s},
            {QRegularExpression(u"x5D-|'\\\\\\\\'.*0x7[fF]"_s), u"base/characters.h"_s,
             u"the characters of a scope"_s},
            {QRegularExpression(u"'~'[^;]*'\\+'[^;]*'/'|\"[^\"]*~\\+/"_s), u"base/characters.h"_s,
             u"the characters behind Bearer"_s},
            {QRegularExpression(u"\\?\\s*443\\s*:\\s*80"_s), u"web/origin.cpp"_s,
             u"the port that is a scheme's own"_s},
            {QRegularExpression(u"fromPercentEncoding"_s), u"base/percent.h"_s, u"how an escape is read"_s},
            {QRegularExpression(u"split\\('&'\\)"_s), u"web/form.cpp"_s, u"how a query is read"_s},
            {QRegularExpression(u"Content-Type\"\\)\\.value_or"_s), u"web/mediatype.cpp"_s,
             u"how a media type is read"_s},
            {QRegularExpression(u"\"http\"_L1 &&\\s[^;]*isLoopbackHost"_s), u"web/origin.cpp"_s,
             u"https, or http to this machine"_s},
            {QRegularExpression(u">= 43\\b[^;]*\\b128\\b"_s), u"web/pkce.cpp"_s, u"a PKCE verifier"_s},
            {QRegularExpression(u"scopes?(\"_L1\\))?(\\.toString\\(\\))?\\.split\\("_s), u"web/scopes.h"_s,
             u"how a list of scopes is read"_s},
        };
        for (const Rule &rule : rules) {
            if (path != rule.home && rule.sign.match(text).hasMatch())
                return u"%1 writes %2 anew: %3 has it."_s.arg(path, rule.what, rule.home);
        }
        return {};
    }
};

void TestVocabulary::findsASecondCopy_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("found");
    QTest::newRow("nothing") << u"auth/a.cpp"_s << u"int a = 1;"_s << QString();
    QTest::newRow("a token") << u"auth/a.cpp"_s << u"marks = \"!#$%&'*+-.^_`|~\";"_s
                             << u"the characters of a token"_s;
    QTest::newRow("a token at home") << u"base/characters.h"_s << u"tableOf(\"!#$%&'*+-.^_`|~\")"_s
                                     << QString();
    QTest::newRow("a scope") << u"app/a.cpp"_s << u"\"[\\\\x21\\\\x23-\\\\x5B\\\\x5D-\\\\x7E]+\""_s
                             << u"the characters of a scope"_s;
    QTest::newRow("behind Bearer") << u"base/a.cpp"_s << u"|| c == '~' || c == '+' || c == '/'"_s
                                   << u"the characters behind Bearer"_s;
    QTest::newRow("behind Bearer, as a text")
        << u"base/a.cpp"_s << u"marks = \"-._~+/=\";"_s << u"the characters behind Bearer"_s;
    QTest::newRow("a query") << u"auth/a.cpp"_s << u"query.toByteArray().split('&')"_s << u"how a query is"_s;
    QTest::newRow("a media type") << u"http/a.cpp"_s
                                  << u"onlyValueOf(headers, \"Content-Type\").value_or(QByteArray())"_s
                                  << u"how a media type"_s;
    QTest::newRow("https or loopback")
        << u"fetch/a.cpp"_s
        << u"url.scheme() == \"https\"_L1 || (url.scheme() == \"http\"_L1 &&\n web::isLoopbackHost(host))"_s
        << u"https, or http"_s;
    QTest::newRow("a verifier") << u"oauth/a.cpp"_s << u"text.size() >= 43 && text.size() <= 128"_s
                                << u"a PKCE verifier"_s;
    QTest::newRow("scopes") << u"oauth/a.cpp"_s << u"tokens.scope.split(u' ', Qt::SkipEmptyParts)"_s
                            << u"a list of scopes"_s;
    QTest::newRow("scopes of a claim")
        << u"oauth/a.cpp"_s << u"claims.value(\"scope\"_L1).toString().split(u' ')"_s
        << u"a list of scopes"_s;
    QTest::newRow("a port") << u"oauth/a.cpp"_s << u"isTls ? 443 : 80"_s << u"the port that is"_s;
}

void TestVocabulary::findsASecondCopy()
{
    QFETCH(QString, path);
    QFETCH(QString, text);
    QFETCH(QString, found);
    const QString said = finding(path, text);
    QVERIFY2(found.isEmpty() ? said.isEmpty() : said.contains(found), qPrintable(said));
}

void TestVocabulary::holdsForTheSourceTree()
{
    const QString root = QStringLiteral(GATEHOUSE_SOURCE_DIR "/src/");
    int read = 0;
    QDirIterator files(root, {u"*.cpp"_s, u"*.h"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString said = finding(file.fileName().sliced(root.size()), QString::fromUtf8(file.readAll()));
        QVERIFY2(said.isEmpty(), qPrintable(said));
        ++read;
    }
    QVERIFY(read > 200);
}

GATEHOUSE_TEST(TestVocabulary)
#include "tst_vocabulary.moc"
