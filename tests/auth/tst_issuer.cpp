// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/issuer.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse::auth;
using namespace Qt::StringLiterals;

class TestIssuer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatUsersWrite_data();
    void readsWhatUsersWrite();
};

void TestIssuer::readsWhatUsersWrite_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("issuer"); // Empty: refused.
    const auto row = [](const char *name, const QString &text, const QString &issuer) {
        QTest::newRow(name) << text << issuer;
    };
    row("a subdomain", u"acme"_s, u"https://acme.authkit.app"_s);
    row("a subdomain with spaces around it", u" acme \n"_s, u"https://acme.authkit.app"_s);
    row("a subdomain in capitals", u"Acme"_s, u"https://acme.authkit.app"_s);
    row("a staging subdomain", u"acme-staging"_s, u"https://acme-staging.authkit.app"_s);
    row("a host", u"acme.authkit.app"_s, u"https://acme.authkit.app"_s);
    row("an address", u"https://acme.authkit.app"_s, u"https://acme.authkit.app"_s);
    row("an address with a slash", u"https://acme.authkit.app/"_s, u"https://acme.authkit.app"_s);
    row("a custom domain", u"auth.example.com"_s, u"https://auth.example.com"_s);
    row("a custom domain with a port", u"https://auth.example.com:8443"_s,
        u"https://auth.example.com:8443"_s);
    row("plain http to this machine", u"http://127.0.0.1:4455"_s, u"http://127.0.0.1:4455"_s);
    row("plain http to this machine by name", u"http://localhost:4455"_s, u"http://localhost:4455"_s);
    row("plain http to this machine over IPv6", u"http://[::1]:4455"_s, u"http://[::1]:4455"_s);
    row("nothing", QString(), {});
    row("spaces", u"  "_s, {});
    row("plain http elsewhere", u"http://acme.authkit.app"_s, {});
    row("plain http to a name like this machine", u"http://localhost.evil.example"_s, {});
    row("a path", u"https://acme.authkit.app/oauth2"_s, {});
    row("a query", u"https://acme.authkit.app?x=1"_s, {});
    row("a fragment", u"https://acme.authkit.app#x"_s, {});
    row("a user name", u"https://acme@evil.example"_s, {});
    row("another scheme", u"ftp://acme.authkit.app"_s, {});
    row("two words", u"acme corp"_s, {});
    row("an underscore", u"acme_corp"_s, {});
    row("a hyphen in front", u"-acme"_s, {});
    row("a line break inside", u"acme\r\nx"_s, {});
    row("an empty label", u"acme..app"_s, {});
}

void TestIssuer::readsWhatUsersWrite()
{
    QFETCH(QString, text);
    QFETCH(QString, issuer);
    const auto read = issuerFromSubdomain(text);
    QCOMPARE(read.has_value(), !issuer.isEmpty());
    if (read)
        QCOMPARE(*read, issuer);
    else
        QVERIFY(read.error().endsWith(u'.'));
}

GATEHOUSE_TEST(TestIssuer)
#include "tst_issuer.moc"
