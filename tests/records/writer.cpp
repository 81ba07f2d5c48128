// SPDX-License-Identifier: GPL-3.0-or-later
// Records calls into the session file that it is told until it is killed, and says the last id of those that
// are in the file.
#include "records/recorder.h"
#include "support/exchanges.h"

#include <QCoreApplication>

#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::records;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    Recorder recorder(QString::fromLocal8Bit(argc > 1 ? argv[1] : ""), base::systemClock());
    recorder.beginRun({});
    for (quint64 id = 1;; ++id) {
        exchange::Exchange one = call(id);
        one.requestBody.shown = QByteArray(300, 'q') + QByteArray::number(id);
        one.responseBody.shown = QByteArray(600, 'a') + QByteArray::number(id);
        recorder.began(running(id));
        recorder.ended(one);
        if (id % 50 != 0)
            continue;
        recorder.flush();
        const QByteArray line = QByteArray::number(id) + '\n';
        if (::write(STDOUT_FILENO, line.constData(), size_t(line.size())) < 0)
            return 2;
    }
}
