// SPDX-License-Identifier: GPL-3.0-or-later
// Writes documents to the database that it is told until it is killed, and says each id once it is
// acknowledged.
#include "store/documents.h"

#include <QCoreApplication>

#include <atomic>
#include <cstdio>
#include <memory>
#include <unistd.h>

using namespace gatehouse;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto address = store::addressFrom(QString::fromLocal8Bit(argc > 1 ? argv[1] : ""));
    if (!address)
        return 1;
    store::Documents documents(*address, base::systemClock(), base::systemRandom());
    const QString organization = u"org_1"_s;
    // Each acknowledgement begins the next: of four rows that go on at once.
    auto next
        = std::make_shared<std::function<void(const base::Expected<store::Document, store::Fault> &)>>();
    auto count = std::make_shared<std::atomic<int>>(0);
    *next
        = [&documents, next, count, organization](const base::Expected<store::Document, store::Fault> &made) {
              if (made) {
                  const QByteArray line = made->id.toUtf8() + '\n';
                  if (::write(STDOUT_FILENO, line.constData(), size_t(line.size())) < 0)
                      ::_exit(2);
              }
              documents.of(organization)->create(u"n%1"_s.arg(++*count), QString(2000, u'x'), *next);
          };
    for (int i = 0; i < 4; ++i)
        (*next)(base::failure(store::Fault()));
    return QCoreApplication::exec();
}
