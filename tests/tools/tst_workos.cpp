// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "support/scriptedfetcher.h"
#include "support/unit.h"
#include "tools/documentrig.h"
#include "tools/workos.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using test::DocumentRig;

namespace {

const QByteArray key = "sk_test_planted0123456789"_ba;
const QString base_ = u"https://api.workos.com"_s;

QByteArray page(const QJsonArray &data, const QString &after = {})
{
    return base::writeJson(QJsonObject{
        {u"object"_s, u"list"_s},
        {u"data"_s, data},
        {u"list_metadata"_s,
         QJsonObject{{u"before"_s, QJsonValue::Null},
                     {u"after"_s, after.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(after)}}}});
}

QJsonObject membership(const QString &user)
{
    return {{u"id"_s, u"om_"_s + user},
            {u"user_id"_s, user},
            {u"organization_id"_s, u"org_acme"_s},
            {u"status"_s, u"active"_s},
            {u"role"_s, QJsonObject{{u"slug"_s, u"member"_s}}},
            {u"roles"_s, QJsonArray{QJsonObject{{u"slug"_s, u"member"_s}}}},
            {u"user"_s,
             QJsonObject{{u"email"_s, user + u"@example.com"_s}, {u"first_name"_s, QJsonValue::Null}}}};
}

} // namespace

class TestWorkOs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void asksOfTheCallerHimself_data();
    void asksOfTheCallerHimself();
    void tellsNobodyWhoIsNotVerified();
    void tellsOfOthersOnlyWhoeverMayManageThem();
    void readsAllPagesOfAList();
    void endsAListThatHasNoEnd();
    void saysWhatWentWrong_data();
    void saysWhatWentWrong();
    void leadsNowhereElseByAnId();
    void stopsAskingWhenNobodyWaits();
    void goesWithWhatItOffered();

private:
    QJsonObject call(const mcp::Caller &caller, const QString &tool, const QJsonObject &arguments = {})
    {
        return m_rig->call(caller, tool, arguments);
    }
    static QString textOf(const QJsonObject &result) { return result["content"_L1][0]["text"_L1].toString(); }
    void answer(const QString &path, const QByteArray &body, int status = 200)
    {
        m_fetcher->answers.insert(base_ + path, {status, body});
    }

    std::unique_ptr<test::ScriptedFetcher> m_fetcher;
    std::unique_ptr<DocumentRig> m_rig;
    std::unique_ptr<tools::WorkOs> m_workOs;
    const mcp::Caller m_ada
        = DocumentRig::caller(u"user_ada"_s, u"org_acme"_s, QStringList{u"members:manage"_s});
    const mcp::Caller m_grace = DocumentRig::caller(u"user_grace"_s, u"org_acme"_s, QStringList());
};

void TestWorkOs::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_workOs.reset();
    m_fetcher = std::make_unique<test::ScriptedFetcher>();
    m_rig = std::make_unique<DocumentRig>(u"/proc/none/x.sqlite"_s);
    m_workOs
        = std::make_unique<tools::WorkOs>(m_rig->features, m_fetcher.get(), tools::ApiAccess{base_, key});
}

void TestWorkOs::asksOfTheCallerHimself_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QString>("path");
    QTest::newRow("user") << u"get-workos-user"_s << u"/user_management/users/user_grace"_s;
    QTest::newRow("organization") << u"get-organization"_s << u"/organizations/org_acme"_s;
    QTest::newRow("applications") << u"list-authorized-applications"_s
                                  << u"/user_management/users/user_grace/authorized_applications?limit=100"_s;
}

void TestWorkOs::asksOfTheCallerHimself()
{
    QFETCH(const QString, tool);
    QFETCH(const QString, path);
    answer(path,
           page({QJsonObject{{u"id"_s, u"x"_s},
                             {u"oauth_resource"_s, u"https://a/mcp"_s},
                             {u"granted_scopes"_s, QJsonArray{u"openid"_s}},
                             {u"application"_s, QJsonObject{{u"name"_s, u"App"_s}}}}}));
    const QJsonObject result = call(m_grace, tool);
    QVERIFY2(!result["isError"_L1].toBool(), qPrintable(textOf(result)));
    QCOMPARE(m_fetcher->last.url.toString(), base_ + path);
    QCOMPARE(base::onlyValueOf(m_fetcher->last.headers, "Authorization"), "Bearer " + key);
    QVERIFY(!base::writeJson(result).contains(key));
    if (tool.startsWith(u"list"_s)) {
        const QJsonObject one = result["structuredContent"_L1]["applications"_L1][0].toObject();
        QCOMPARE(one["name"_L1].toString(), u"App"_s);
        QCOMPARE(one["resource"_L1].toString(), u"https://a/mcp"_s);
    }
}

void TestWorkOs::tellsNobodyWhoIsNotVerified()
{
    mcp::Caller made = m_ada;
    made.verified = false;
    for (const QString &tool : {u"get-workos-user"_s, u"get-organization"_s, u"list-organization-members"_s,
                                u"list-authorized-applications"_s}) {
        QVERIFY(textOf(call(made, tool)).contains(u"verifyJwt is off"_s));
        QVERIFY(textOf(call({}, tool)).contains(u"Nobody is signed in"_s));
    }
    QCOMPARE(textOf(call(DocumentRig::caller(u"user_nora"_s, {}), u"get-organization"_s)),
             u"Organization context required"_s);
    QCOMPARE(m_fetcher->count, 0);
}

void TestWorkOs::tellsOfOthersOnlyWhoeverMayManageThem()
{
    const QJsonObject ofBob{{u"userId"_s, u"user_bob"_s}};
    const QString question
        = u"/user_management/organization_memberships?user_id=user_bob&statuses=active&organization_id=org_acme&limit=100"_s;
    QVERIFY(textOf(call(m_grace, u"get-workos-user"_s, ofBob)).contains(u"members:manage"_s));
    QVERIFY(textOf(call(m_grace, u"list-organization-members"_s)).contains(u"members:manage"_s));
    QCOMPARE(m_fetcher->count, 0);
    answer(question, page({}));
    QVERIFY(textOf(call(m_ada, u"get-workos-user"_s, ofBob)).contains(u"no such member"_s));
    QCOMPARE(m_fetcher->count, 1);
    for (const QString &member : {u"user_id"_s, u"organization_id"_s, u"status"_s}) {
        QJsonObject other = membership(u"user_bob"_s);
        other.insert(member, u"other"_s);
        answer(question, page({other}));
        QVERIFY2(textOf(call(m_ada, u"get-workos-user"_s, ofBob)).contains(u"no such member"_s),
                 qPrintable(member));
    }
    answer(question, page({membership(u"user_bob"_s)}));
    answer(u"/user_management/users/user_bob"_s, R"({"id":"user_bob"})"_ba);
    QCOMPARE(call(m_ada, u"get-workos-user"_s, ofBob)["structuredContent"_L1]["id"_L1].toString(),
             u"user_bob"_s);
}

void TestWorkOs::readsAllPagesOfAList()
{
    const QString start = u"/user_management/organization_memberships?organization_id=org_acme&limit=100"_s;
    answer(start, page({membership(u"a"_s), membership(u"b"_s)}, u"om_b"_s));
    answer(start + u"&after=om_b"_s, page({membership(u"c"_s)}));
    const QJsonObject result = call(m_ada, u"list-organization-members"_s)["structuredContent"_L1].toObject();
    QCOMPARE(result["members"_L1].toArray().size(), 3);
    QCOMPARE(result["hasMore"_L1], QJsonValue(false));
    QCOMPARE(result["members"_L1][2],
             (QJsonValue(QJsonObject{{u"membershipId"_s, u"om_c"_s},
                                     {u"userId"_s, u"c"_s},
                                     {u"status"_s, u"active"_s},
                                     {u"role"_s, u"member"_s},
                                     {u"roles"_s, QJsonArray{u"member"_s}},
                                     {u"email"_s, u"c@example.com"_s}})));
}

void TestWorkOs::endsAListThatHasNoEnd()
{
    QJsonArray many;
    for (int i = 0; i < 100; ++i)
        many.append(membership(u"u"_s));
    const QString start = u"/user_management/organization_memberships?organization_id=org_acme&limit=100"_s;
    answer(start, page(many, u"again"_s));
    answer(start + u"&after=again"_s, page(many, u"again"_s));
    const QJsonObject result = call(m_ada, u"list-organization-members"_s)["structuredContent"_L1].toObject();
    QCOMPARE(result["members"_L1].toArray().size(), 1000);
    QCOMPARE(result["hasMore"_L1], QJsonValue(true));
    // And one that promises more, and gives nothing.
    answer(start, page({}, u"again"_s));
    const int before = m_fetcher->count;
    QCOMPARE(
        call(m_ada, u"list-organization-members"_s)["structuredContent"_L1]["members"_L1].toArray().size(),
        0);
    QCOMPARE(m_fetcher->count, before + 1);
}

void TestWorkOs::saysWhatWentWrong_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("sentence");
    const QByteArray none = "{}"_ba;
    QTest::newRow("nobody") << 0 << none << u"WorkOS does not answer: try again in a moment."_s;
    QTest::newRow("400") << 400 << R"({"message":"limit is wrong"})"_ba
                         << u"WorkOS refused this: limit is wrong"_s;
    QTest::newRow("422 without words") << 422 << "gone"_ba << u"WorkOS refused this."_s;
    QTest::newRow("401")
        << 401 << none
        << u"WorkOS does not take this server's API key: whoever runs it has to set another one."_s;
    QTest::newRow("403") << 403 << none << u"WorkOS does not let this server's API key do that."_s;
    QTest::newRow("404") << 404 << none << u"WorkOS knows no such thing in this environment."_s;
    QTest::newRow("429") << 429 << none
                         << u"WorkOS has had too many requests from here: try again in 7 seconds."_s;
    QTest::newRow("500") << 500 << none << u"WorkOS failed at this: try again in a moment."_s;
    QTest::newRow("a redirect") << 302 << none << u"WorkOS failed at this: try again in a moment."_s;
    QTest::newRow("no JSON") << 200 << "<html>"_ba << u"WorkOS failed at this: try again in a moment."_s;
    QTest::newRow("the key in its words") << 400 << R"({"message":"bad key sk_test_planted0123456789"})"_ba
                                          << u"WorkOS refused this: bad key sk_test_…"_s;
}

void TestWorkOs::saysWhatWentWrong()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    if (status != 0)
        answer(u"/user_management/users/user_grace"_s, body, status);
    m_fetcher->headers = {{"retry-after"_ba, "7"_ba}};
    const QJsonObject result = call(m_grace, u"get-workos-user"_s);
    QVERIFY(result["isError"_L1].toBool());
    QTEST(textOf(result), "sentence");
}

void TestWorkOs::leadsNowhereElseByAnId()
{
    (void)call(DocumentRig::caller(u"../../organizations?x=1#"_s, u"org"_s), u"get-workos-user"_s);
    (void)call(DocumentRig::caller(u".."_s, u"org"_s), u"get-workos-user"_s);
    QCOMPARE(m_fetcher->last.url.toString(), base_ + u"/user_management/users/none"_s);
    (void)call(DocumentRig::caller(u"../../organizations?x=1#"_s, u"org"_s), u"get-workos-user"_s);
    QCOMPARE(m_fetcher->last.url.toEncoded(),
             "https://api.workos.com/user_management/users/..%2F..%2Forganizations%3Fx%3D1%23"_ba);
}

void TestWorkOs::stopsAskingWhenNobodyWaits()
{
    m_fetcher->delayMs = 1'000'000;
    const auto peer = m_rig->send(m_grace, u"tools/call"_s, {{u"name"_s, u"get-workos-user"_s}});
    QCOMPARE(m_fetcher->count, 1);
    QCOMPARE(m_fetcher->findChildren<QTimer *>().size(), 1);
    peer->leave();
    QVERIFY(waitFor([&] { return m_fetcher->findChildren<QTimer *>().isEmpty(); }));
}

void TestWorkOs::goesWithWhatItOffered()
{
    const qsizetype before = qsizetype(m_rig->features.tools().all().size());
    m_workOs.reset();
    QCOMPARE(qsizetype(m_rig->features.tools().all().size()), before - 4);
}

GATEHOUSE_TEST(TestWorkOs)
#include "tst_workos.moc"
