// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme.h"
#include "app/workosdesk.h"
#include "app/workospage.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/secretstore.h"
#include "sandbox/sandbox.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScopeGuard>
#include <QTest>
#include <QTranslator>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;
using Source = WorkOsDesk::KeySource;
using State = WorkOsDesk::Indicators::State;

/// What the window does with WorkOS's API, over the sandbox's stand-in.
class TestWorkOs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Look::apply(Appearance::Light, 100); }
    void init();
    void saysWhatIsMissingAndAddsItOnceAsked();
    void comparesAddressesByteForByte();
    void saysWhereTheyAreWhereTheApiHasNone();
    void keepsAKeyAndForgetsIt();
    void takesTheSandboxsOwnKeyWhileItRuns();
    void saysWhatWentWrong();
    void findsNothingToRevoke();
    void isNoWiderThanItsPlaceWhereTheTextIsLarge();

private:
    template <typename T> T *child(const QString &name) { return m_page->findChild<T *>(name); }
    QString note() { return child<QLabel>(u"indicatorNote"_s)->text(); }
    void click(const QString &name) { child<QPushButton>(name)->click(); }
    void show()
    {
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    [[nodiscard]] bool waitFor(State state)
    {
        return gatehouse::waitFor([&] { return m_desk->indicators().state == state; });
    }
    void fail(const QString &fault, bool isOn);

    base::MemorySecretStore m_secrets;
    std::unique_ptr<sandbox::Sandbox> m_sandbox;
    std::unique_ptr<host::Host> m_host;
    std::unique_ptr<WorkOsDesk> m_desk;
    std::unique_ptr<WorkOsPage> m_page;
    host::Running m_running;
};

void TestWorkOs::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_page.reset();
    m_desk.reset();
    sandbox::SandboxSettings settings;
    settings.port = 0;
    m_sandbox = std::make_unique<sandbox::Sandbox>(settings, base::systemClock(), base::systemRandom());
    QVERIFY(m_sandbox->start());
    m_host = std::make_unique<host::Host>();
    m_secrets = {};
    m_desk = std::make_unique<WorkOsDesk>(&m_secrets, m_host.get());
    m_page = std::make_unique<WorkOsPage>(m_desk.get(), nullptr);
    m_running = {};
    m_running.sandbox = true;
    m_running.resource = u"http://localhost:3000/mcp"_s;
    m_running.sandboxApi = {m_sandbox->managementAddress(), m_sandbox->managementKey()};
}

void TestWorkOs::fail(const QString &fault, bool isOn)
{
    http::Request request;
    request.method = "POST";
    request.path = "/sandbox/fail";
    request.headers
        = {{"Host"_ba, QUrl(m_sandbox->issuer()).authority().toLatin1()}, {"Gatehouse-Control"_ba, "1"_ba}};
    request.body = '{' + QByteArray("\"") + fault.toLatin1() + "\":" + (isOn ? "true" : "false") + '}';
    request.peer = QHostAddress(QHostAddress::LocalHost);
    int status = 0;
    m_sandbox->handle(request, [&](const http::Response &answer) { status = answer.status; });
    QCOMPARE(status, 200);
}

void TestWorkOs::saysWhatIsMissingAndAddsItOnceAsked()
{
    m_desk->setServer(&m_running);
    show(); // It looks by itself.
    QVERIFY(waitFor(State::Known));
    QVERIFY2(note().contains(u"There are none"_s), qPrintable(note()));
    click(u"addIndicator"_s);
    QVERIFY(note().contains(u"Add it?"_s));
    click(u"doNotAddIndicator"_s);
    QVERIFY(note().contains(u"There are none"_s));
    click(u"addIndicator"_s);
    click(u"reallyAddIndicator"_s);
    QVERIFY(gatehouse::waitFor([&] { return m_desk->indicators().hasOurs(); }));
    QVERIFY(note().contains(u"tokens can name this server"_s));
    QVERIFY(!child<QPushButton>(u"addIndicator"_s)->isVisible());
    QCOMPARE(child<QListWidget>(u"indicators"_s)->count(), 1);
}

void TestWorkOs::comparesAddressesByteForByte()
{
    m_running.resource = u"http://localhost:3000/mcp/"_s;
    m_desk->setServer(&m_running);
    m_desk->look();
    QVERIFY(waitFor(State::Known));
    m_desk->addOurs();
    QVERIFY(gatehouse::waitFor([&] { return m_desk->indicators().hasOurs(); }));
    m_running.resource = u"http://localhost:3000/mcp"_s;
    m_desk->setServer(&m_running);
    show();
    QVERIFY(waitFor(State::Known));
    QVERIFY(!m_desk->indicators().hasOurs());
    QVERIFY(note().contains(u"byte for byte"_s));
    QVERIFY(child<QPushButton>(u"addIndicator"_s)->isVisible());
}

void TestWorkOs::saysWhereTheyAreWhereTheApiHasNone()
{
    fail(u"api-without-resources"_s, true);
    m_desk->setServer(&m_running);
    show();
    QVERIFY(waitFor(State::NoRoute));
    QVERIFY(note().contains(u"Connect → Configuration → MCP resource indicators"_s));
    click(u"copyIndicator"_s);
    QCOMPARE(QApplication::clipboard()->text(), m_running.resource);
}

void TestWorkOs::keepsAKeyAndForgetsIt()
{
    if (qEnvironmentVariableIsSet("WORKOS_API_KEY"))
        QSKIP("The environment has a key, and that counts.");
    show();
    QCOMPARE(m_desk->source(), Source::None);
    QVERIFY(!child<QPushButton>(u"keepApiKey"_s)->isEnabled()
            && !child<QPushButton>(u"forgetApiKey"_s)->isEnabled());
    auto *field = child<QLineEdit>(u"apiKey"_s);
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    field->setText(u"two words"_s);
    QVERIFY(!child<QPushButton>(u"keepApiKey"_s)->isEnabled());
    field->setText(u" sk_test_abcdefgh12345678 "_s);
    click(u"keepApiKey"_s);
    QVERIFY(field->text().isEmpty());
    QCOMPARE(m_desk->source(), Source::Keyring);
    const QString said = child<QLabel>(u"apiKeyNote"_s)->text();
    QVERIFY2(said.contains(u"sk_test_…"_s) && !said.contains(u"abcdefgh"_s), qPrintable(said));
    WorkOsDesk next(&m_secrets, m_host.get()); // The next start.
    QVERIFY(gatehouse::waitFor([&] { return next.source() == Source::Keyring; }));
    click(u"forgetApiKey"_s);
    QCOMPARE(m_desk->source(), Source::None);
    WorkOsDesk last(&m_secrets, m_host.get());
    QTest::qWait(0);
    QCOMPARE(last.source(), Source::None);
}

void TestWorkOs::takesTheSandboxsOwnKeyWhileItRuns()
{
    m_desk->keep("sk_live_abcdefgh12345678"_ba);
    m_desk->setServer(&m_running);
    QCOMPARE(m_desk->source(), Source::Sandbox);
    m_desk->look();
    QVERIFY(waitFor(State::Known));
    m_desk->setServer(nullptr);
    QVERIFY(m_desk->source() != Source::Sandbox);
    QCOMPARE(m_desk->indicators().state, State::Unknown);
}

void TestWorkOs::saysWhatWentWrong()
{
    m_desk->setServer(&m_running);
    show();
    QVERIFY(waitFor(State::Known));
    fail(u"api-unauthorized"_s, true);
    click(u"lookForIndicators"_s);
    QVERIFY(waitFor(State::Failed));
    QVERIFY(note().contains(u"API key"_s));
    fail(u"api-unauthorized"_s, false);
    click(u"lookForIndicators"_s);
    QVERIFY(waitFor(State::Known));
}

void TestWorkOs::findsNothingToRevoke()
{
    m_desk->setServer(&m_running);
    int answers = 0;
    m_desk->revoke(u"user_01J00000000000000000000ADA"_s, u"client_none"_s,
                   [&](const QString &fault, bool wasThere) {
                       QCOMPARE(fault, QString());
                       QVERIFY(!wasThere);
                       ++answers;
                   });
    QVERIFY(gatehouse::waitFor([&] { return answers == 1; }));
    fail(u"api-broken"_s, true);
    m_desk->revoke(u"user_01J00000000000000000000ADA"_s, u"client_none"_s,
                   [&](const QString &fault, bool wasThere) {
                       QVERIFY(fault.contains(u"WorkOS failed"_s) && !wasThere);
                       ++answers;
                   });
    QVERIFY(gatehouse::waitFor([&] { return answers == 2; }));
}

/// In German at 200 %, in the settings dialog on a screen of 1024×700.
void TestWorkOs::isNoWiderThanItsPlaceWhereTheTextIsLarge()
{
    QTranslator words;
    QVERIFY(words.load(u"gatehouse_de"_s, QCoreApplication::applicationDirPath() + u"/../translations"_s));
    QCoreApplication::installTranslator(&words);
    const auto usual = qScopeGuard([] { Look::apply(Appearance::Light, 100); });
    Look::apply(Appearance::Light, 200);
    m_page = std::make_unique<WorkOsPage>(m_desk.get(), nullptr);
    m_desk->setServer(&m_running);
    show();
    const auto isNarrow = [this] {
        QCoreApplication::processEvents();
        return m_page->minimumSizeHint().width() <= 650;
    };
    const auto width = [this] { return QByteArray::number(m_page->minimumSizeHint().width()); };
    QVERIFY(waitFor(State::Known));
    QVERIFY(child<QPushButton>(u"addIndicator"_s)->isVisible());
    QVERIFY2(isNarrow(), width().constData());
    click(u"addIndicator"_s);
    QVERIFY(child<QPushButton>(u"reallyAddIndicator"_s)->isVisible());
    QVERIFY2(isNarrow(), width().constData());
    click(u"reallyAddIndicator"_s);
    QVERIFY(gatehouse::waitFor([&] { return m_desk->indicators().hasOurs(); }));
    QVERIFY2(isNarrow(), width().constData());
}

GATEHOUSE_TEST(TestWorkOs)
#include "tst_workos.moc"
