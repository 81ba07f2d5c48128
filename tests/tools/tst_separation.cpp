// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "support/postgresserver.h"
#include "support/unit.h"
#include "tools/documentrig.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using test::DocumentRig;
using Peer = DocumentRig::Peer;

namespace {

/// What one caller asks, and all that comes back.
struct Member
{
    mcp::Caller caller;
    QString mark; ///< Stands in everything that its organization writes, and nowhere else.
    QByteArray session = {};
    QList<Peer> streams = {}; ///< Of the newest revision.
    Peer legacyStream = {};
};

/// All bytes that a peer was given.
QByteArray givenTo(const Peer &peer)
{
    QByteArray all = peer->outgoing().body;
    for (const protocol::Event &event : std::as_const(peer->events))
        all += '\n' + event.data;
    return all;
}

} // namespace

/// Two organizations, three people and one who is in both: whatever they ask, nobody sees a byte of the
/// other's.
class TestSeparation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void givesNobodyAByteOfAnother_data();
    void givesNobodyAByteOfAnother();

private:
    void begin(Member &member);
    [[nodiscard]] QJsonObject randomMessage(const Member &member, int id);
    [[nodiscard]] Peer askInASession(const Member &member, const QJsonValue &body);
    [[nodiscard]] Peer ask(const Member &member, const QJsonObject &message);
    void learn(const Member &member, const QByteArray &answer);
    [[nodiscard]] QString leakIn(const Member &member, const QByteArray &answer,
                                 const QByteArray &question) const;
    [[nodiscard]] QString oneOf(const QStringList &words)
    {
        return words.at(m_random.bounded(int(words.size())));
    }

    test::PostgresServer m_server;
    QTemporaryDir m_folder;
    std::unique_ptr<DocumentRig> m_rig;
    std::vector<Member> m_members;
    QHash<QString, QString> m_owners; ///< Id → organization, of all documents that were ever made.
    QRandomGenerator m_random{20261129};
    int m_seen = 0; ///< Answers in which somebody saw something of its own.
};

void TestSeparation::initTestCase()
{
    QVERIFY2(m_server.isThere(), "PostgreSQL is missing: scripts/install-packages test");
    QVERIFY(m_server.start());
}

void TestSeparation::begin(Member &member)
{
    mcp::Incoming first = DocumentRig::incoming(member.caller);
    first.body
        = DocumentRig::message(u"initialize"_s,
                               {{u"protocolVersion"_s, u"2025-03-26"_s}, // Which knows batches.
                                {u"capabilities"_s, QJsonObject()},
                                {u"clientInfo"_s, QJsonObject{{u"name"_s, u"t"_s}, {u"version"_s, u"1"_s}}}});
    const auto begun = std::make_shared<test::Collected>();
    m_rig->dispatcher.handle(first, begun);
    member.session = begun->outgoing().sessionId;
    mcp::Incoming get = DocumentRig::incoming(member.caller);
    get.sessionId = member.session;
    member.legacyStream = std::make_shared<test::Collected>();
    m_rig->dispatcher.listen(get, member.legacyStream);
}

QJsonObject TestSeparation::randomMessage(const Member &member, int id)
{
    const auto tool = [&](const QString &name, const QJsonObject &arguments) {
        return DocumentRig::message(u"tools/call"_s, {{u"name"_s, name}, {u"arguments"_s, arguments}}, id);
    };
    const QStringList known = m_owners.keys(); // Of both: an id may have been overheard.
    const QString document = known.isEmpty() ? u"doc_none"_s : oneOf(known);
    const QString uri = u"documents://"_s + document;
    const QString words = oneOf({u"plan"_s, u"report"_s, u"'; SELECT * FROM gatehouse_document; --"_s, u"%"_s,
                                 u"\" OR organization = 'org_acme"_s, u"* NEAR mark"_s});
    const QString text = words + u' ' + member.mark;
    switch (m_random.bounded(14)) {
    case 0:
    case 1:
    case 2:
        return tool(u"create-document"_s, {{u"title"_s, text}, {u"text"_s, text}});
    case 3:
        return tool(u"update-document"_s, {{u"id"_s, document}, {u"title"_s, text}});
    case 4:
        return m_random.bounded(4) == 0 ? tool(u"delete-document"_s, {{u"id"_s, document}})
                                        : tool(u"get-document"_s, {{u"id"_s, document}});
    case 5:
        return tool(u"get-documents"_s, {});
    case 6:
    case 7:
        return tool(u"search-documents"_s,
                    {{u"query"_s, oneOf({words, u"mark"_s, u"markacme"_s, u"markglobex"_s})}});
    case 8:
        return DocumentRig::message(u"resources/read"_s, {{u"uri"_s, uri}}, id);
    case 9:
        return DocumentRig::message(u"resources/list"_s, {}, id);
    case 10:
        return DocumentRig::message(u"resources/templates/list"_s, {}, id);
    case 11:
        return DocumentRig::message(u"resources/subscribe"_s, {{u"uri"_s, uri}}, id);
    default:
        return DocumentRig::message(
            u"completion/complete"_s,
            {{u"ref"_s, QJsonObject{{u"type"_s, u"ref/resource"_s}, {u"uri"_s, u"documents://{id}"_s}}},
             {u"argument"_s,
              QJsonObject{{u"name"_s, u"id"_s},
                          {u"value"_s, oneOf({u""_s, u"doc_"_s, u"plan"_s, document.left(6)})}}}},
            id);
    }
}

Peer TestSeparation::askInASession(const Member &member, const QJsonValue &body)
{
    mcp::Incoming made = DocumentRig::incoming(member.caller);
    made.sessionId = member.session;
    made.body = body;
    const auto peer = std::make_shared<test::Collected>();
    m_rig->dispatcher.handle(made, peer);
    return peer;
}

Peer TestSeparation::ask(const Member &member, const QJsonObject &message)
{
    return m_rig->send(member.caller, message["method"_L1].toString(), message["params"_L1].toObject());
}

void TestSeparation::learn(const Member &member, const QByteArray &answer)
{
    static const QRegularExpression created(u"doc_[0-9A-Z]{26}"_s);
    auto ids = created.globalMatch(QString::fromUtf8(answer));
    while (ids.hasNext()) {
        const QString id = ids.next().captured();
        if (!m_owners.contains(id))
            m_owners.insert(id, member.caller.organizationId);
    }
    if (answer.contains(member.mark.toUtf8()))
        ++m_seen;
}

QString TestSeparation::leakIn(const Member &member, const QByteArray &answer,
                               const QByteArray &question) const
{
    for (const Member &other : m_members) {
        const bool isForeign = other.caller.organizationId != member.caller.organizationId;
        if (isForeign && answer.contains(other.mark.toUtf8()) && !question.contains(other.mark.toUtf8()))
            return u"the words of "_s + other.caller.organizationId;
    }
    for (auto one = m_owners.begin(); one != m_owners.end(); ++one) {
        const bool isForeign = one.value() != member.caller.organizationId;
        if (isForeign && answer.contains(one.key().toUtf8()) && !question.contains(one.key().toUtf8()))
            return one.key();
    }
    return {};
}

void TestSeparation::givesNobodyAByteOfAnother_data()
{
    QTest::addColumn<bool>("isServer");
    QTest::newRow("SQLite") << false;
    QTest::newRow("PostgreSQL") << true;
}

void TestSeparation::givesNobodyAByteOfAnother()
{
    QFETCH(const bool, isServer);
    m_rig = std::make_unique<DocumentRig>(isServer ? m_server.address(u"apart"_s)
                                                   : m_folder.filePath(u"apart.sqlite"_s));
    const QString acme = u"org_acme"_s;
    const QString globex = u"org_globex"_s;
    m_owners.clear();
    m_seen = 0;
    m_members = {{DocumentRig::caller(u"ada"_s, acme), u"markacme"_s},
                 {DocumentRig::caller(u"grace"_s, acme), u"markacme"_s},
                 {DocumentRig::caller(u"bob"_s, globex), u"markglobex"_s},
                 {DocumentRig::caller(u"ada"_s, globex), u"markglobex"_s}};
    for (Member &member : m_members)
        begin(member);
    int batches = 0;
    for (int i = 0; i < 400; ++i) {
        if (i % 100 == 20) { // What is known now, of both, is listened to by all.
            QJsonArray uris;
            for (const QString &id : m_owners.keys())
                uris.append(u"documents://"_s + id);
            for (Member &member : m_members)
                member.streams.append(m_rig->send(
                    member.caller, u"subscriptions/listen"_s,
                    {{u"notifications"_s,
                      QJsonObject{{u"resourceSubscriptions"_s, uris}, {u"resourcesListChanged"_s, true}}}}));
        }
        const Member &member = m_members[size_t(m_random.bounded(int(m_members.size())))];
        QJsonValue question = randomMessage(member, 1);
        Peer peer;
        if (m_random.bounded(4) == 0) {
            question = QJsonArray{question, randomMessage(member, 2), randomMessage(member, 3)};
            peer = askInASession(member, question);
            ++batches;
        } else {
            peer = m_random.bounded(2) == 0 ? askInASession(member, question)
                                            : ask(member, question.toObject());
        }
        QVERIFY(waitFor([&] { return peer->ends > 0; }, 20'000));
        const QByteArray answer = givenTo(peer);
        const QByteArray asked = base::writeJson(question);
        const QString leak = leakIn(member, answer, asked);
        QVERIFY2(
            leak.isEmpty(),
            qPrintable(u"%1 was given %2 by %3"_s.arg(member.caller.userId, leak, QString::fromUtf8(asked))));
        learn(member, answer);
    }
    (void)m_rig->call(m_members[0].caller, u"get-documents"_s); // Behind all that is told.
    QCoreApplication::processEvents();
    for (const Member &member : m_members) {
        // The acknowledgement repeats what was asked for; whatever comes behind it must be one's own.
        QByteArray told;
        for (const Peer &stream : member.streams + QList<Peer>{member.legacyStream}) {
            for (const QJsonObject &one : stream->messages()) {
                if (one["method"_L1] != u"notifications/subscriptions/acknowledged"_s)
                    told += base::writeJson(one) + '\n';
            }
        }
        QVERIFY2(told.contains("resources/updated") && told.contains("list_changed"),
                 "and it is told of what is its own");
        const QString leak = leakIn(member, told, {});
        QVERIFY2(leak.isEmpty(), qPrintable(member.caller.userId + u" was told of "_s + leak));
    }
    QVERIFY2(m_seen > 50 && batches > 50 && m_owners.size() > 50, "or the test could not fail");
    m_rig.reset();
}

GATEHOUSE_TEST(TestSeparation)
#include "tst_separation.moc"
