// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/requeststate.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestRequestState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        m_now = 1000;
    }

    void comesBackUnchangedOrNotAtAll()
    {
        const mcp::RequestState states = make('k');
        const QJsonObject value{{u"step"_s, 2}, {u"text"_s, u"ä \U0001F600"_s}};
        const QString sealed = states.seal(value, "purpose");
        QCOMPARE(states.open(sealed, "purpose"), std::optional(value));
        QVERIFY2(!states.open(sealed, "another"), "made for another call");
        QVERIFY2(!make('x').open(sealed, "purpose"), "made by another server");
        for (qsizetype i = 0; i < sealed.size(); ++i) {
            QString changed = sealed;
            changed[i] = changed[i] == u'A' ? u'B' : u'A';
            QVERIFY(!states.open(changed, "purpose"));
            QVERIFY(!states.open(sealed.first(i), "purpose"));
        }
        QVERIFY(!states.open(sealed + u"-TAMPERED"_s, "purpose"));
        QVERIFY(!states.open({}, "purpose"));
        QVERIFY(!states.open(QString(10'000'000, u'a'), "purpose"));
    }

    void countsForAnHour()
    {
        const mcp::RequestState states = make('k');
        const QString sealed = states.seal({}, "purpose");
        m_now += 60 * 60 * 1000;
        QVERIFY(states.open(sealed, "purpose"));
        m_now += 1;
        QVERIFY(!states.open(sealed, "purpose"));
    }

    void keepsPurposeAndValueApart()
    {
        // What ends the purpose here does not begin the value there.
        const mcp::RequestState states = make('k');
        QVERIFY(!states.open(states.seal({}, "ab"), "a"));
        QVERIFY(!states.open(states.seal({}, ""), "{"));
    }

    void isOpenedByWhoeverSharesTheSecret()
    {
        mcp::RequestState one = make('k');
        mcp::RequestState other = make('x');
        const QString before = one.seal({{u"step"_s, 1}}, "purpose");
        one.setSecrets({"new", "old"}, u"files"_s);
        other.setSecrets({"old"}, u"files"_s);
        QVERIFY(one.open(other.seal({}, "purpose"), "purpose"));
        QVERIFY2(!other.open(one.seal({}, "purpose"), "purpose"), "only the first one seals");
        QVERIFY2(one.open(before, "purpose"), "its own from before");
        QVERIFY(!other.open(before, "purpose"));
        QVERIFY2(!one.open(other.seal({}, "purpose"), "another"), "made for another call");
        other.setSecrets({"new"}, u"mail"_s);
        QVERIFY2(!other.open(one.seal({}, "purpose"), "purpose"), "of another server");
        one.setSecrets({}, u"files"_s);
        QVERIFY2(one.open(one.seal({}, "purpose"), "purpose") && one.open(before, "purpose"),
                 "its own again");
        other.setSecrets({}, u"files"_s);
        QVERIFY(!other.open(one.seal({}, "purpose"), "purpose"));
    }

    void usesNoSecretAsItsKey()
    {
        // Whoever gave the same bytes to something else has not given it our states.
        mcp::RequestState one = make('k');
        mcp::RequestState other = make('s');
        one.setSecrets({QByteArray(32, 's')}, {});
        QVERIFY(!other.open(one.seal({}, "purpose"), "purpose"));
    }

private:
    mcp::RequestState make(char key)
    {
        return {[this] { return m_now; }, [key](qsizetype bytes) { return QByteArray(bytes, key); }};
    }
    qint64 m_now = 0;
};

GATEHOUSE_TEST(TestRequestState)
#include "tst_requeststate.moc"
