// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/originrule.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::http;
using namespace Qt::StringLiterals;
using Answer = OriginRule::Answer;

class TestOriginRule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesHostAndOrigin_data();
    void judgesHostAndOrigin();
};

void TestOriginRule::judgesHostAndOrigin_data()
{
    QTest::addColumn<QList<QByteArray>>("hosts");
    QTest::addColumn<QList<QByteArray>>("origins");
    QTest::addColumn<OriginRule::Answer>("answer");
    using List = QList<QByteArray>;
    const auto host = [](const char *name, const QByteArray &value, Answer answer) {
        QTest::newRow(name) << List{value} << List{} << answer;
    };
    host("localhost with a port", "localhost:3000", Answer::Allowed);
    host("localhost in capitals", "LOCALHOST:3000", Answer::Allowed);
    host("localhost alone", "localhost", Answer::Allowed);
    host("IPv4", "127.0.0.1:1", Answer::Allowed);
    host("IPv6", "[::1]:65535", Answer::Allowed);
    host("a configured name", "gate.example:8443", Answer::Allowed);
    host("a configured name in capitals", "Gate.Example:8443", Answer::Allowed);
    host("a configured name with another port", "gate.example:8444", Answer::ForeignHost);
    host("a configured name without its port", "gate.example", Answer::ForeignHost);
    host("a foreign name", "evil.example", Answer::ForeignHost);
    host("a suffix", "localhost.evil.example", Answer::ForeignHost);
    host("a prefix", "evil-localhost", Answer::ForeignHost);
    host("user information", "127.0.0.1:3000@evil.example", Answer::ForeignHost);
    host("six digits", "localhost:123456", Answer::ForeignHost);
    host("no digits", "localhost:", Answer::ForeignHost);
    host("letters for a port", "localhost:http", Answer::ForeignHost);
    host("a path behind it", "localhost:3000/x", Answer::ForeignHost);
    host("another loopback address", "127.0.0.2:3000", Answer::ForeignHost);
    host("a short spelling", "127.1:3000", Answer::ForeignHost);
    host("empty", "", Answer::ForeignHost);
    QTest::newRow("no Host") << List{} << List{} << Answer::NoHost;
    QTest::newRow("two Hosts") << List{"localhost", "localhost"} << List{} << Answer::ForeignHost;
    const auto origin = [](const char *name, const QByteArray &value, Answer answer) {
        QTest::newRow(name) << List{"localhost"} << List{value} << answer;
    };
    origin("a page of this machine", "http://localhost:6274", Answer::Allowed);
    origin("a page over https", "https://127.0.0.1:5173", Answer::Allowed);
    origin("a listed page", "https://inspector.example", Answer::Allowed);
    origin("a listed page with a port", "https://inspector.example:8443", Answer::ForeignOrigin);
    origin("a foreign page", "https://evil.example", Answer::ForeignOrigin);
    origin("a page with our name in it", "http://localhost.evil.example", Answer::ForeignOrigin);
    origin("a page with our name as user", "http://localhost@evil.example", Answer::ForeignOrigin);
    origin("another scheme", "file://localhost", Answer::ForeignOrigin);
    origin("null", "null", Answer::ForeignOrigin);
    origin("an empty one", "", Answer::ForeignOrigin);
    QTest::newRow("two Origins") << List{"localhost"} << List{"http://localhost", "http://localhost"}
                                 << Answer::ForeignOrigin;
}

void TestOriginRule::judgesHostAndOrigin()
{
    QFETCH(QList<QByteArray>, hosts);
    QFETCH(QList<QByteArray>, origins);
    base::Headers headers;
    for (const QByteArray &value : hosts)
        headers.append({"host"_ba, value});
    for (const QByteArray &value : origins)
        headers.append({"Origin"_ba, value});
    const OriginRule rule{{"gate.example:8443"_ba}, {"https://inspector.example"_ba}};
    QTEST(rule.judge(headers), "answer");
}

GATEHOUSE_TEST(TestOriginRule)
#include "tst_originrule.moc"
