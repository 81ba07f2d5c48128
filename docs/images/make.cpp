// SPDX-License-Identifier: GPL-3.0-or-later
// Takes the pictures of the documentation: opens the window over a real server, sends it real requests,
// drives widgets by their object names, and writes PNG files into the folder that is named.
#include "app/clientview.h"
#include "app/details.h"
#include "app/mainwindow.h"
#include "app/questiondialog.h"
#include "app/settingsdialog.h"
#include "app/traffictable.h"
#include "base/secretstore.h"
#include "support/peer.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QTreeWidget>

#include <cstdio>

using namespace gatehouse;
using namespace Qt::StringLiterals;

namespace {

class Studio
{
public:
    explicit Studio(QString folder)
        : m_folder(std::move(folder))
        , m_kept(m_home.filePath(u"window.ini"_s), QSettings::IniFormat)
    { }

    bool open(const host::Settings &settings = {})
    {
        host::Configuration configuration;
        configuration.settings = settings;
        configuration.settings.port = 3000;
        m_window = std::make_unique<app::MainWindow>(configuration, m_home.filePath(u"settings.json"_s),
                                                     &m_kept, &m_secrets);
        m_window->client()->run()->setOpener([this](const QUrl &url) {
            if (m_signsIn)
                follow(url);
            return true;
        });
        m_window->show();
        m_window->start();
        const bool isUp = QTest::qWaitFor(
            [this] { return m_window->host()->state() == host::Host::State::Listening; }, 10'000);
        m_running = m_window->host()->running();
        trigger(u"actionTraffic"_s); // It opens at Home.
        return isUp;
    }

    template <typename T = QWidget> T *child(const QString &name) const
    {
        return m_window->findChild<T *>(name);
    }
    void trigger(const QString &action) const { child<QAction>(action)->trigger(); }

    void call(const QByteArray &client, const QByteArray &token, const QByteArray &method,
              const QByteArray &tool = {})
    {
        const QByteArray name = tool.isEmpty() ? QByteArray() : "\"name\":\"" + tool + "\",";
        base::Headers headers{{"User-Agent", client},
                              {"Content-Type", "application/json"},
                              {"Accept", "application/json, text/event-stream"},
                              {"MCP-Protocol-Version", "2026-07-28"},
                              {"Mcp-Method", method}};
        if (!tool.isEmpty())
            headers.append({"Mcp-Name", tool});
        if (!token.isEmpty())
            headers.append({"Authorization", "Bearer " + token});
        m_peer.ask("POST", m_running.resource, headers,
                   R"({"jsonrpc":"2.0","id":1,"method":")" + method + R"(","params":{)" + name
                       + R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
                         R"("io.modelcontextprotocol/clientCapabilities":{}}}})");
    }

    void traffic()
    {
        const QString issuer = m_running.issuer;
        const QByteArray ada = m_peer.token(issuer);
        const QByteArray grace = m_peer.token(issuer, {{u"user"_s, u"grace@example.com"_s}});
        const QByteArray nora = m_peer.token(issuer, {{u"user"_s, u"nora@example.com"_s}});
        const QByteArray slash = m_peer.token(issuer, {{u"resource"_s, QString(m_running.resource + u'/')}});
        const QByteArray late = m_peer.token(issuer, {{u"ttl"_s, -20}});
        m_peer.ask("POST", m_running.resource, {{"User-Agent", "claude-code/2.1.4"}});
        m_peer.ask(
            "GET",
            QString(m_running.resource).replace(u"/mcp"_s, u"/.well-known/oauth-protected-resource/mcp"_s),
            {{"User-Agent", "claude-code/2.1.4"}});
        call("claude-code/2.1.4", ada, "tools/list");
        call("claude-code/2.1.4", ada, "tools/call", "get-profile");
        call("claude-code/2.1.4", ada, "tools/call", "refund");
        call("cursor/3.0", grace, "tools/list");
        call("cursor/3.0", grace, "tools/call", "get-profile");
        call("inspector/2.12", nora, "tools/call", "get-profile");
        m_peer.ask("GET", QString(m_running.resource).replace(u"/mcp"_s, u"/"_s),
                   {{"User-Agent", "curl/8.5"}});
        call("curl/8.5", ada.chopped(6) + "AAAAAA", "tools/list");
        call("claude-code/2.1.4", late, "tools/call", "get-profile");
        call("claude-code/2.1.4", ada, "tools/call", "get-profile");
        m_peer.ask("PUT", m_running.resource, {{"User-Agent", "python-httpx/0.27"}});
        call("cursor/3.0", grace, "tools/call", "get-profile");
        call("curl/8.5", slash, "tools/call", "get-profile");
        call("cursor/3.0", grace, "tools/list");
        QTest::qWait(300);
    }

    void select(const QString &auth, app::Details::Tab tab) const
    {
        auto *table = child<app::TrafficTable>(u"traffic"_s);
        for (int row = m_window->traffic()->rowCount() - 1; row >= 0; --row) {
            const QModelIndex cell = m_window->traffic()->index(row, inspector::TrafficModel::Auth);
            const QModelIndex call = m_window->traffic()->index(row, inspector::TrafficModel::Call);
            if (cell.data().toString().startsWith(auth)
                && call.data().toString().contains(u"get-profile"_s)) {
                table->select(cell.data(inspector::TrafficModel::SerialRole).toULongLong());
                break;
            }
        }
        child<app::Details>(u"details"_s)->setTab(tab);
        QTest::qWait(150);
        table->scrollTo(table->currentIndex(), QAbstractItemView::PositionAtCenter);
    }

    void take(const QString &name, QWidget *of = nullptr) const
    {
        QTest::qWait(150);
        const QString path = m_folder + u'/' + name + u".png"_s;
        (of ? of : m_window.get())->grab().save(path);
        std::printf("%s\n", qPrintable(path));
    }

    void settingsWithAnError(const QString &name)
    {
        trigger(u"actionSettings"_s);
        auto *dialog = m_window->findChild<app::SettingsDialog *>();
        auto *subdomain = dialog->findChild<QLineEdit *>(u"subdomain"_s);
        dialog->goTo(u"subdomain"_s);
        QTest::keyClicks(subdomain, u"acme.authkit.app/oauth2"_s);
        take(name, dialog);
        dialog->findChild<QPushButton *>(u"discard"_s)->click();
        dialog->close();
    }

    /// What a browser does where the sandbox signs in by itself.
    void follow(const QUrl &url)
    {
        base::FetchRequest request;
        request.url = url;
        m_browser.fetch(request, [this](const base::FetchResult &fetched) {
            const QByteArray next = fetched ? fetched->header("location") : QByteArray();
            if (!next.isEmpty())
                follow(QUrl(QString::fromUtf8(next)));
        });
    }

    void chooseStep(int row) const
    {
        auto *list = child<QTreeWidget>(u"steps"_s);
        list->setCurrentItem(list->topLevelItem(row));
        list->setFocus();
        QTest::qWait(150);
    }

    /// Runs all from the beginning, to its end.
    bool runAll()
    {
        m_window->client()->startOver();
        m_window->client()->runAll();
        return QTest::qWaitFor([this] { return !child<QPushButton>(u"cancelRun"_s)->isEnabled(); }, 20'000)
            && QTest::qWaitFor([this] { return child<QPushButton>(u"runAll"_s)->isEnabled(); }, 20'000);
    }

    void setRegistration(bool isOff)
    {
        m_peer.ask("POST", m_running.issuer + u"/sandbox/fail"_s, {{"Gatehouse-Control", "1"}},
                   isOff ? R"({"registration-off":true})" : R"({"registration-off":false})");
    }

    bool client(const QString &theme)
    {
        trigger(u"actionClient"_s);
        m_signsIn = false;
        m_window->client()->startOver();
        m_window->client()->runAll();
        QTest::qWait(2300);
        take(u"client-waiting-"_s + theme);
        m_window->client()->cancel();
        m_signsIn = true;
        const bool hasRun
            = QTest::qWaitFor([this] { return child<QPushButton>(u"runAll"_s)->isEnabled(); }) && runAll();
        chooseStep(9);
        take(u"client-done-"_s + theme);
        chooseStep(6);
        take(u"client-token-"_s + theme);
        m_window->client()->runChecks();
        const bool isChecked = QTest::qWaitFor(
            [this] { return child<QTreeWidget>(u"steps"_s)->topLevelItem(11)->text(1) == "11/11"_L1; },
            20'000);
        take(u"client-checks-"_s + theme);
        setRegistration(true);
        m_secrets = {}; // The client that is registered already would do.
        const bool hasStopped = runAll();
        take(u"client-registration-off-"_s + theme);
        setRegistration(false);
        question(theme);
        grants(theme);
        return hasRun && isChecked && hasStopped;
    }

    /// What an MCP server asks a person in the middle of a call.
    void question(const QString &theme)
    {
        const QJsonObject text{{u"type"_s, u"string"_s}};
        const auto titled = [&text](const QString &title, const QString &about = {}) {
            QJsonObject property = text;
            property.insert(u"title"_s, title);
            property.insert(u"description"_s, about);
            return property;
        };
        QJsonObject room = titled(u"Room"_s);
        room.insert(u"enum"_s, QJsonArray{u"Byron"_s, u"Babbage"_s});
        const QJsonObject params{
            {u"message"_s, u"Which room shall be booked, and in whose name?"_s},
            {u"requestedSchema"_s,
             QJsonObject{
                 {u"required"_s, QJsonArray{u"name"_s, u"room"_s}},
                 {u"properties"_s,
                  QJsonObject{{u"name"_s, titled(u"Name"_s, u"As it shall stand at the door."_s)},
                              {u"room"_s, room},
                              {u"seats"_s, QJsonObject{{u"type"_s, u"integer"_s}, {u"title"_s, u"Seats"_s}}},
                              {u"coffee"_s,
                               QJsonObject{{u"type"_s, u"boolean"_s}, {u"title"_s, u"With coffee"_s}}}}}}}};
        auto *dialog = new app::QuestionDialog(
            u"localhost:3000"_s, u"elicitation/create"_s, params, [](const auto &) {}, m_window.get());
        dialog->open();
        take(u"client-question-"_s + theme, dialog);
        dialog->reject();
    }

    /// What a program shows in the place of a person.
    void grants(const QString &theme)
    {
        m_window->client()->startOver();
        auto *grant = child<QComboBox>(u"grant"_s);
        grant->setCurrentIndex(grant->findData(int(oauth::Grant::ClientCredentials)));
        child<QLineEdit>(u"clientId"_s)->setText(u"client_01J0PROGRAM"_s);
        take(u"client-grants-"_s + theme);
        grant->setCurrentIndex(0);
        child<QRadioButton>(u"identityRegister"_s)->setChecked(true);
    }

    void resize(int width, int height) const
    {
        m_window->resize(width, height);
        QTest::qWait(150);
    }
    void close() { m_window.reset(); }

private:
    QString m_folder;
    QTemporaryDir m_home;
    QSettings m_kept;
    base::MemorySecretStore m_secrets;
    std::unique_ptr<app::MainWindow> m_window;
    host::Running m_running;
    Peer m_peer;
    fetch::NetworkFetcher m_browser;
    bool m_signsIn = false;
};

} // namespace

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"gatehouse"_s);
    Studio studio(QString::fromLocal8Bit(argc > 1 ? argv[1] : "."));
    if (!studio.open())
        return 1;
    using app::Details;
    for (const auto &[theme, action] :
         {std::pair(u"light"_s, u"actionLight"_s), std::pair(u"dark"_s, u"actionDark"_s)}) {
        studio.trigger(action);
        studio.resize(1280, 800);
        if (theme == u"light"_s) {
            studio.take(u"empty-light"_s);
            studio.traffic();
        }
        studio.take(u"traffic-"_s + theme);
        studio.select(u"Wrong audience"_s, Details::Token);
        studio.take(u"refused-token-"_s + theme);
        studio.select(u"Wrong audience"_s, Details::Summary);
        studio.take(u"refused-summary-"_s + theme);
        studio.select(u"Valid"_s, Details::Response);
        studio.take(u"accepted-response-"_s + theme);
        studio.settingsWithAnError(u"settings-error-"_s + theme);
        studio.select(u"Wrong audience"_s, Details::Token);
        studio.resize(1024, 700);
        studio.take(u"small-"_s + theme);
        if (theme == u"dark"_s) {
            studio.trigger(u"actionClear"_s);
            studio.resize(1280, 800);
            studio.take(u"empty-dark"_s);
        }
    }
    studio.traffic();
    studio.trigger(u"actionLight"_s);
    studio.select(u"Expired"_s, Details::Token);
    for (int step = 0; step < 10; ++step)
        studio.trigger(u"actionLarger"_s);
    studio.resize(1280, 800);
    studio.select(u"Expired"_s, Details::Token);
    studio.take(u"text-200-percent"_s);
    studio.trigger(u"actionUsualSize"_s);
    studio.close();

    host::Settings settings; // With a scope to be missed, so that all negative checks can be run.
    settings.autoSignIn = u"ada@example.com"_s;
    settings.requiredScopes = {u"openid"_s};
    if (!studio.open(settings))
        return 1;
    studio.resize(1280, 800);
    if (!studio.client(u"light"_s))
        return 1;
    studio.trigger(u"actionDark"_s);
    if (!studio.client(u"dark"_s))
        return 1;
    studio.resize(1024, 700);
    studio.take(u"client-small-dark"_s);
    studio.trigger(u"actionLight"_s);
    studio.trigger(u"actionTraffic"_s);
    studio.close();

    QTranslator german;
    if (!german.load(QStringLiteral(GATEHOUSE_TRANSLATION)))
        return 1;
    QCoreApplication::installTranslator(&german);
    QLocale::setDefault(QLocale(QLocale::German));
    if (!studio.open())
        return 1;
    studio.resize(1280, 800);
    studio.traffic();
    studio.select(u"Falscher Empfänger"_s, Details::Token);
    studio.take(u"german"_s);
    studio.close();
    if (!studio.open(settings))
        return 1;
    studio.resize(1280, 800);
    if (!studio.client(u"german"_s))
        return 1;
    studio.close();
    return 0;
}
