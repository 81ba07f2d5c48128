// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "records/recorder.h"

#include <QLockFile>
#include <QObject>

#include <memory>
#include <optional>

namespace gatehouse::app {

/// A session that nobody saved, from an earlier start of the program.
struct EarlierSession
{
    QString path = {};
    qint64 startedMs = 0;
    qint64 requests = 0;
    bool wasCutOff = false; ///< The program did not end by itself.
};

/// What is wrong with a session file, in the user's language.
[[nodiscard]] QString sessionFaultWords(const store::Fault &fault);

/// Records what passes in a window as it goes, so that a crash takes nothing: in a file that nobody named, of
/// which the newest few are kept, until somebody names one.
class SessionKeeper : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype mostEarlier = 5;
    static constexpr qint64 mostBytes = 256 * 1024 * 1024; ///< Of a file that nobody named.

    /// `folder` is for files that nobody named. With `file` it records there from the beginning, behind what
    /// that has.
    explicit SessionKeeper(QString folder, const QString &file = {}, QObject *parent = nullptr);
    /// Ends the recording. One that nobody named and that holds nothing goes; so do all of them, where they
    /// are not wanted.
    ~SessionKeeper() override;

    /// What is to be told of all that passes. Outlives whoever tells it.
    [[nodiscard]] exchange::Sink *sink() const { return m_recorder.get(); }
    void beginRun(const records::SessionRun &run, bool idsAreNew);
    void setPaused(bool isPaused);
    /// What was cleared is not to be found in a file that nobody named, either.
    void forget();
    /// Whether files that nobody named stay at the end.
    void setKeepsUnnamed(bool keeps) { m_keepsUnnamed = keeps; }

    /// A copy of what was recorded. saved() or failed() says what came of it.
    void saveTo(const QString &path);
    /// The same, and it goes on in that file.
    void keepIn(const QString &path);
    /// The file that was named; empty where none is.
    [[nodiscard]] const QString &keptIn() const { return m_named; }
    /// Why it does not record now.
    [[nodiscard]] const std::optional<store::Fault> &fault() const { return m_fault; }

    /// The newest first. What another window records is not among them.
    [[nodiscard]] QList<EarlierSession> earlier() const;
    /// Whether that is one of the files that nobody named.
    [[nodiscard]] bool isUnnamed(const QString &path) const;
    /// Of those.
    void remove(const QString &path);
    void removeAllEarlier();

Q_SIGNALS:
    void saved(const QString &path);
    void failed(const QString &path, const QString &why);
    void keptChanged();
    void faultChanged();
    void earlierChanged();

private:
    void chooseFile();
    void begin(const QString &path);
    void leaveUnnamed();
    void tell(const QString &path, const base::Expected<void, store::Fault> &done,
              const std::function<void()> &then);

    const QString m_folder;
    QString m_unnamed; ///< Where it records, unless a file was named.
    QString m_named;
    bool m_keepsUnnamed = true;
    std::optional<store::Fault> m_fault;
    std::unique_ptr<QLockFile> m_lock; ///< So that other windows leave it.
    std::unique_ptr<records::Recorder> m_recorder;
};

} // namespace gatehouse::app
