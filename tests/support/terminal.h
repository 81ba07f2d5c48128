// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/wait.h"

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QTest>

#ifdef Q_OS_UNIX

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace gatehouse::test {

/// A shell at a terminal of its own, into which text is pasted as a person would.
class Terminal
{
public:
    /// `command` is a program with its arguments, run in `folder` with that folder's programs first.
    Terminal(const QList<QByteArray> &command, const QByteArray &folder)
    {
        m_child = ::forkpty(&m_terminal, nullptr, nullptr, nullptr);
        if (m_child != 0) {
            ::fcntl(m_terminal, F_SETFL, O_NONBLOCK);
            return;
        }
        if (::chdir(folder.constData()) != 0)
            ::_exit(1);
        ::setenv("PATH", (folder + ':' + qgetenv("PATH")).constData(), 1);
        ::setenv("PS1", "$ ", 1);
        ::setenv("TERM", "xterm", 1);
        ::setenv("HISTFILE", "/dev/null", 1);
        ::setenv("TOKEN", "the-token", 1);
        std::vector<char *> words;
        for (const QByteArray &word : command)
            words.push_back(const_cast<char *>(word.constData())); // NOLINT: as exec wants it
        words.push_back(nullptr);
        ::execvp(words.front(), words.data());
        ::_exit(1);
    }
    ~Terminal()
    {
        ::kill(m_child, SIGKILL);
        ::waitpid(m_child, nullptr, 0);
        ::close(m_terminal);
    }
    Q_DISABLE_COPY_MOVE(Terminal)

    /// What comes before the prompt is not read as what is typed.
    bool waitForPrompt()
    {
        return gatehouse::waitFor(
            [this] {
                listen();
                return said.contains("$ ");
            },
            10'000);
    }
    /// All of it, as fast as the shell takes it, until `isDone` or for so long.
    bool paste(const QByteArray &text, const std::function<bool()> &isDone, int ms = 10'000)
    {
        qsizetype written = 0;
        return gatehouse::waitFor(
            [&] {
                listen();
                if (written < text.size()) {
                    const ssize_t now = ::write(m_terminal, text.constData() + written,
                                                size_t(std::min<qsizetype>(512, text.size() - written)));
                    written += std::max<ssize_t>(0, now);
                    return false;
                }
                return isDone();
            },
            ms);
    }

    QByteArray said;

private:
    void listen()
    {
        char buffer[4096];
        for (ssize_t length = 0; (length = ::read(m_terminal, buffer, sizeof buffer)) > 0;)
            said.append(buffer, length);
    }

    int m_terminal = -1;
    pid_t m_child = -1;
};

} // namespace gatehouse::test

#endif
