// SPDX-License-Identifier: GPL-3.0-or-later
#include "endtoend/program.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QHostAddress>
#include <QJsonDocument>
#include <QProcessEnvironment>
#include <QTcpSocket>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {
constexpr int patienceMs = 20000;
}

Program::Program(const QStringList &arguments, const QStringList &environment)
{
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"MCP_USE_OAUTH_WORKOS_SUBDOMAIN"_s, u"MCP_URL"_s, u"WORKOS_API_KEY"_s})
        all.remove(name);
    // The settings of whoever runs the tests play no part.
    all.insert(u"XDG_CONFIG_HOME"_s, u"/nowhere"_s);
    for (const QString &entry : environment)
        all.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
    m_process.setProcessEnvironment(all);
    m_process.start(qEnvironmentVariable("GATEHOUSE"), arguments);
}

Program::~Program()
{
    if (m_process.state() != QProcess::NotRunning)
        stop();
}

void Program::read()
{
    const QByteArray out = m_process.readAllStandardOutput();
    m_out += out;
    m_allOut += out;
    m_allErrors += m_process.readAllStandardError();
}

QByteArray Program::line()
{
    const QDeadlineTimer deadline(patienceMs);
    read();
    while (!m_out.contains('\n') && !deadline.hasExpired()) {
        m_process.waitForReadyRead(100);
        read();
        if (m_process.state() == QProcess::NotRunning && !m_out.contains('\n'))
            break;
    }
    const qsizetype end = m_out.indexOf('\n');
    if (end < 0)
        return {};
    const QByteArray taken = m_out.first(end);
    m_out.remove(0, end + 1);
    return taken;
}

QJsonObject Program::jsonLine()
{
    return QJsonDocument::fromJson(line()).object();
}

QByteArray Program::everything()
{
    read();
    return m_allOut + m_allErrors;
}

QByteArray Program::errors()
{
    read();
    return m_allErrors;
}

int Program::stop()
{
    m_process.terminate();
    return wait();
}

int Program::wait()
{
    // With an event loop, because a server in the same process may have to answer meanwhile.
    QEventLoop loop;
    QObject::connect(&m_process, &QProcess::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(patienceMs, &loop, &QEventLoop::quit);
    if (m_process.state() != QProcess::NotRunning)
        loop.exec();
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished();
        return -1;
    }
    read();
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

QByteArray RawAnswer::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

RawAnswer exchangeRaw(const QByteArray &address, int port, const QByteArray &request)
{
    QTcpSocket socket;
    QByteArray in;
    RawAnswer answer;
    qsizetype headEnd = -1;
    // With an event loop, because a server in the same process may have to answer meanwhile.
    QEventLoop loop;
    const auto isWhole = [&] {
        if (headEnd < 0 && (headEnd = in.indexOf("\r\n\r\n")) >= 0) {
            const QList<QByteArray> lines = in.first(headEnd).split('\n');
            answer.status = lines.first().split(' ').value(1).toInt();
            for (const QByteArray &text : lines.sliced(1)) {
                const qsizetype colon = text.indexOf(':');
                answer.headers.append({text.first(colon).toLower(), text.sliced(colon + 1).trimmed()});
            }
        }
        return headEnd >= 0 && in.size() >= headEnd + 4 + answer.header("content-length"_ba).toLongLong();
    };
    QObject::connect(&socket, &QTcpSocket::connected, &loop, [&] { socket.write(request); });
    QObject::connect(&socket, &QTcpSocket::readyRead, &loop, [&] {
        in += socket.readAll();
        if (isWhole())
            loop.quit();
    });
    QObject::connect(&socket, &QTcpSocket::disconnected, &loop, &QEventLoop::quit);
    QObject::connect(&socket, &QTcpSocket::errorOccurred, &loop, &QEventLoop::quit);
    QTimer::singleShot(patienceMs, &loop, &QEventLoop::quit);
    socket.connectToHost(QHostAddress(QString::fromLatin1(address)), quint16(port));
    loop.exec();
    answer.body = headEnd < 0 ? QByteArray() : in.sliced(headEnd + 4);
    return answer;
}
