// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/callpage.h"
#include "app/checkspage.h"
#include "app/clientview.h"
#include "app/details.h"
#include "app/traffictable.h"
#include "app/trafficview.h"
#include "fetch/networkfetcher.h"
#include "oauth/flowrun.h"
#include "oauth/scriptedserver.h"
#include "support/openwindow.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QHelpEvent>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPointer>
#include <QStyledItemDelegate>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>
#include <QTreeWidget>

#include <atomic>
#include <fcntl.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace gatehouse;
using namespace Qt::StringLiterals;

/// Notices whoever opens a file to read it, and lets them go on.
class Trap
{
public:
    explicit Trap(const QString &path)
        : m_path(path.toUtf8())
    {
        ::mkfifo(m_path.constData(), 0600);
        m_watch = std::thread([this] {
            while (!m_isOver) {
                const int file = ::open(m_path.constData(), O_WRONLY | O_NONBLOCK);
                if (file >= 0) { // Somebody has it open to read.
                    ++m_openings;
                    ::close(file);
                }
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        });
    }
    ~Trap()
    {
        m_isOver = true;
        m_watch.join();
    }
    Q_DISABLE_COPY_MOVE(Trap)
    [[nodiscard]] int openings() const { return m_openings; }

private:
    QByteArray m_path;
    std::atomic<bool> m_isOver = false;
    std::atomic<int> m_openings = 0;
    std::thread m_watch;
};

/// What a peer sends that looks like mark-up, in every place of the window: nothing is opened, nothing
/// obeyed.
class TestForeignText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensNothingThatAPeerNames();
    void opensNothingThatAServerNames_data();
    void opensNothingThatAServerNames();
    void keepsWhatRunsFromTheRightInItsPlace();
    void showsAToolThatChangedUnderItsName();
    void springsTheTrap();

private:
    static QString picture(const QTemporaryDir &folder)
    {
        return u"<img src=\"%1\">"_s.arg(folder.filePath(u"trap.png"_s));
    }
    static exchange::Exchange hostile(quint64 id, const QString &text);
    /// Rests the mouse on each cell and each widget that can be seen; how often the peer's text was shown.
    int hoverAll();
};

exchange::Exchange TestForeignText::hostile(quint64 id, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    exchange::Exchange one;
    one.id = id;
    one.times.receivedAt = 1'800'000'000'000;
    one.times.answeredUs = 1000;
    one.peer = bytes;
    one.method = id % 2 == 0 ? "POST"_ba : bytes;
    one.path = '/' + bytes;
    one.query = bytes;
    one.requestHeaders = {{bytes, bytes}, {"User-Agent"_ba, bytes}};
    one.responseHeaders = {{bytes, bytes}};
    one.requestBody = {R"({")" + bytes.toPercentEncoding() + R"(":"x","a":")"
                           + QByteArray(bytes).replace('"', "\\\"") + R"("})",
                       10};
    one.responseBody = {bytes, bytes.size()};
    one.challenge = "Bearer error=\"" + QByteArray(bytes).replace('"', "'") + '"';
    one.status = 401;
    one.client = one.rpcMethod = one.target = one.revision = one.user = one.organization = text;
    one.session = bytes;
    one.outcome = exchange::Outcome::None;
    one.verdict.reason = id % 2 == 0 ? auth::Reason::WrongAudience : auth::Reason::WrongIssuer;
    one.verdict.fingerprint = "abcd";
    one.verdict.header = {{u"kid"_s, text}, {text, text}};
    one.verdict.claims = {{u"aud"_s, text}, {u"iss"_s, text}, {u"sub"_s, text}, {text, text}};
    const QString what = id % 2 == 0 ? u"aud"_s : u"iss"_s;
    one.verdict.checks
        = {{what, auth::CheckState::Failed, one.verdict.reason, u"http://localhost/mcp"_s, text, text},
           {u"key"_s, auth::CheckState::NotChecked, auth::Reason::Valid, {}, text, text}};
    return one;
}

int TestForeignText::hoverAll()
{
    int hovered = 0;
    const auto rest = [&hovered](QWidget *widget, const QPoint &at) {
        QHelpEvent event(QEvent::ToolTip, at, widget->mapToGlobal(at));
        QCoreApplication::sendEvent(widget, &event);
        hovered += QToolTip::text().contains(u"img"_s) ? 1 : 0;
        QCoreApplication::processEvents();
        QToolTip::hideText();
    };
    const QWidgetList now = QApplication::allWidgets();
    const QList<QPointer<QWidget>> all(now.begin(), now.end()); // A tool tip ends meanwhile.
    for (QWidget *widget : all) {
        if (!widget || !widget->isVisible() || widget->inherits("QTipLabel"))
            continue;
        rest(widget, widget->rect().center());
        auto *view = qobject_cast<QAbstractItemView *>(widget);
        if (!view || !view->model())
            continue;
        const std::function<void(const QModelIndex &)> visit = [&](const QModelIndex &parent) {
            for (int row = 0; row < view->model()->rowCount(parent); ++row) {
                for (int column = 0; column < view->model()->columnCount(parent); ++column) {
                    const QModelIndex index = view->model()->index(row, column, parent);
                    view->scrollTo(index);
                    rest(view->viewport(), view->visualRect(index).center());
                }
                visit(view->model()->index(row, 0, parent));
            }
        };
        visit({});
    }
    return hovered;
}

void TestForeignText::opensNothingThatAPeerNames()
{
    const QTemporaryDir folder;
    const Trap trap(folder.filePath(u"trap.png"_s));
    OpenWindow window;
    QVERIFY(window.waitForServer());
    for (const QString &text :
         {u"<img src=\"%1\">"_s.arg(folder.filePath(u"trap.png"_s)),
          u"<html><img src='file://%1'/></html>"_s.arg(folder.filePath(u"trap.png"_s))}) {
        static quint64 id = 1'000;
        window.traffic()->record({hostile(id, text), hostile(id + 1, text)});
        id += 2;
    }
    auto *details = window.window()->findChild<app::Details *>();
    QTableView *table = window.window()->findChild<app::TrafficView *>()->table();
    QVERIFY(details && table);
    QTRY_VERIFY(table->model()->rowCount() >= 4);
    int hovered = 0;
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        table->selectRow(row);
        for (auto *tabs = details->findChild<QTabWidget *>(); int tab : {0, 1, 2, 3, 4, 5}) {
            if (tab < tabs->count())
                tabs->setCurrentIndex(tab);
            QCoreApplication::processEvents();
            hovered += hoverAll();
        }
    }
    window.window()->findChild<QListWidget *>(u"viewList"_s)->setCurrentRow(2);
    QCoreApplication::processEvents();
    hovered += hoverAll();
    QVERIFY2(hovered > 100, qPrintable(QString::number(hovered)));
    QCOMPARE(trap.openings(), 0);
    window.close();
}

void TestForeignText::opensNothingThatAServerNames_data()
{
    QTest::addColumn<QString>("where");
    for (const char *where : {"a tool", "its resource", "its issuer", "a refused registration",
                              "a refused sign-in", "a refused token", "a challenge"})
        QTest::newRow(where) << QString::fromLatin1(where);
}

/// The same in the pages of the client, for what the servers that it talks to say.
void TestForeignText::opensNothingThatAServerNames()
{
    QFETCH(QString, where);
    using oauth::ScriptedServer;
    const QTemporaryDir folder;
    const Trap trap(folder.filePath(u"trap.png"_s));
    const QString text = picture(folder);
    ScriptedServer server;
    server.toolText = text;
    server.tool.insert(u"title"_s, text);
    server.tool.insert(u"description"_s, text);
    server.wantsToken = where != u"a tool"_s;
    QJsonObject resource = server.resourceDocument();
    resource.insert(u"resource"_s, text);
    QJsonObject issuer = server.serverDocument();
    issuer.insert(u"issuer"_s, text);
    const QJsonObject refusal{{u"error"_s, text}, {u"error_description"_s, text}};
    const std::tuple<QString, QByteArray, QJsonObject, int> odd[]
        = {{u"its resource"_s, "/.well-known/oauth-protected-resource/mcp"_ba, resource, 200},
           {u"its issuer"_s, "/.well-known/oauth-authorization-server"_ba, issuer, 200},
           {u"a refused registration"_s, "/register"_ba, refusal, 400},
           {u"a refused token"_s, "/token"_ba, refusal, 400}};
    for (const auto &[place, path, answer, status] : odd) {
        if (where == place)
            server.odd.insert(path, [answer = answer, status = status](const http::Request &) {
                return ScriptedServer::json(answer, status);
            });
    }
    if (where == u"a refused sign-in"_s)
        server.odd.insert("/authorize", [text](const http::Request &request) {
            return ScriptedServer::redirect(ScriptedServer::back(
                request, "error=access_denied&error_description=" + text.toUtf8().toPercentEncoding()));
        });
    if (where == u"a challenge"_s)
        server.odd.insert("/mcp", [text](const http::Request &) {
            http::Response response = http::jsonResponse(403, R"({"error":"x"})");
            response.headers.append({"WWW-Authenticate"_ba,
                                     "Bearer error=\"" + text.toUtf8().replace('"', "\\\"")
                                         + "\", error_description=\"" + text.toUtf8().replace('"', "\\\"")
                                         + '"'});
            return response;
        });
    OpenWindow window;
    QVERIFY(window.waitForServer());
    app::ClientView *view = window.window()->client();
    fetch::NetworkFetcher browser;
    view->run()->setOpener([&browser](const QUrl &address) { return oauth::openIn(browser, address); });
    view->run()->setCallbackPort(0);
    window.window()->findChild<QListWidget *>(u"viewList"_s)->setCurrentRow(2);
    view->form()->setServer(server.mcp());
    view->runAll();
    QVERIFY(gatehouse::waitFor(
        [view] {
            return view->run()->flow() && !view->run()->flow()->isRunning()
                && !view->run()->flow()->isEnding()
                && (view->run()->flow()->failure() || view->run()->flow()->current() >= oauth::stepCount);
        },
        20'000));
    QCOMPARE(view->run()->flow()->failure().has_value(), where != u"a tool"_s);
    auto *steps = view->findChild<QTreeWidget *>(u"steps"_s);
    for (int row = 0; row < steps->topLevelItemCount(); ++row) {
        steps->setCurrentItem(steps->topLevelItem(row));
        QCoreApplication::processEvents();
        (void)hoverAll();
    }
    QCOMPARE(trap.openings(), 0);
    window.close();
}

/// What a list paints in a cell, in whatever way it paints it.
static QString painted(const QAbstractItemView &list, int row, int column, const QModelIndex &parent = {})
{
    const QModelIndex index = list.model()->index(row, column, parent);
    const auto *delegate = qobject_cast<QStyledItemDelegate *>(list.itemDelegateForIndex(index));
    return delegate ? delegate->displayText(index.data(), QLocale()) : QString();
}

/// A Hebrew name with a number behind it would change places with it, and with the cell's other words.
void TestForeignText::keepsWhatRunsFromTheRightInItsPlace()
{
    const QString name = u"שלום (12)\u202E"_s;
    const QString shown = u"\u2068שלום\u2069 (12)⟨U+202E⟩"_s;
    OpenWindow window;
    QVERIFY(window.waitForServer());
    window.traffic()->record({hostile(7'000, name)});
    QTableView *rows = window.window()->findChild<app::TrafficView *>()->table();
    QTRY_VERIFY(rows->model()->rowCount() > 0);
    rows->selectRow(rows->model()->rowCount() - 1);
    auto *headers = window.window()->findChild<app::Details *>()->findChild<QTreeWidget *>(u"headers"_s);
    QTRY_VERIFY(headers->topLevelItemCount() > 0);
    QStringList cells;
    for (int group = 0; group < headers->topLevelItemCount(); ++group) {
        const QModelIndex parent = headers->model()->index(group, 0);
        for (int row = 0; row < headers->model()->rowCount(parent); ++row)
            cells.append({painted(*headers, row, 0, parent), painted(*headers, row, 1, parent)});
    }
    QVERIFY2(cells.count(shown) >= 4, qPrintable(cells.join(u'\n')));

    app::ChecksPage checks;
    oauth::NegativeCheck check;
    check.title = check.expected = u"x"_s;
    check.got = check.note = name;
    checks.show({check}, false);
    auto *table = checks.findChild<QTreeWidget *>(u"checks"_s);
    QCOMPARE(painted(*table, 0, 2), shown);
    QCOMPARE(painted(*table, 0, 4), shown);

    app::CallPage call;
    call.setTools({{name, name, name, {}}});
    QCOMPARE(call.findChild<QComboBox *>()->itemText(0), shown);
    QCOMPARE(call.tool(), name);
    window.close();
}

void TestForeignText::showsAToolThatChangedUnderItsName()
{
    app::CallPage page;
    page.setTools({{u"sum"_s, {}, u"Adds."_s, {}}});
    auto *arguments = page.findChild<QPlainTextEdit *>();
    arguments->setPlainText(u"{\"a\": 1"_s);
    page.setTools({{u"sum"_s, {}, u"Adds two numbers."_s, {}}});
    const QList<QLabel *> labels = page.findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
                        [](const QLabel *one) { return one->text() == u"Adds two numbers."_s; }));
    QCOMPARE(arguments->toPlainText(), u"{\"a\": 1"_s); // What was being typed stays.
}

/// The same would be seen if a tool tip were set in any other way.
void TestForeignText::springsTheTrap()
{
    const QTemporaryDir folder;
    const Trap trap(folder.filePath(u"trap.png"_s));
    QWidget widget;
    widget.show();
    QToolTip::showText({}, u"<img src=\"%1\">"_s.arg(folder.filePath(u"trap.png"_s)), &widget);
    QTRY_VERIFY(trap.openings() > 0);
    QToolTip::hideText();
}

GATEHOUSE_TEST(TestForeignText)
#include "tst_foreigntext.moc"
