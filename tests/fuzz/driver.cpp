// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"

#include <QRandomGenerator>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#ifdef GATEHOUSE_LIBFUZZER

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::tryInput(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)));
    return 0;
}

void fuzz::require(bool condition, const char *what)
{
    if (!condition) {
        std::fprintf(stderr, "%s\n", what);
        std::abort();
    }
}

#else

namespace {

quint32 usedSeed = 0;
qint64 run = 0;
QByteArray current;

/// Spoils an input a few times over: bits, bytes, slices, words that readers trip over, pieces of other
/// inputs.
QByteArray mutated(QByteArray input, const QByteArrayList &pool, QRandomGenerator &random)
{
    static const QByteArrayList words = {".",
                                         "..",
                                         "=",
                                         "==",
                                         "\"",
                                         "\\",
                                         "{",
                                         "}",
                                         "[",
                                         "]",
                                         ",",
                                         ":",
                                         "null",
                                         "true",
                                         "-1",
                                         "1e999",
                                         "\\u0000",
                                         "\\ud800",
                                         "\xc3\x28",
                                         "\xff\xfe",
                                         QByteArray(1, '\0'),
                                         "e30",
                                         "\"alg\":\"none\"",
                                         "\"kid\":",
                                         "\"d\":\"AQ\"",
                                         "\"crit\":[]",
                                         "Bearer ",
                                         "bearer\t",
                                         "access_token=",
                                         "%61ccess_token=",
                                         "\r\n",
                                         " ",
                                         "AQAB"};
    const int times = 1 + int(random.bounded(4));
    for (int i = 0; i < times; ++i) {
        const qsizetype at = qsizetype(random.bounded(quint32(input.size() + 1)));
        const qsizetype length
            = qsizetype(random.bounded(quint32(std::min<qsizetype>(input.size() - at, 24) + 1)));
        switch (random.bounded(8)) {
        case 0:
            if (at < input.size())
                input[at] = char(uchar(input[at]) ^ (1U << random.bounded(8U)));
            break;
        case 1:
            if (at < input.size())
                input[at] = char(random.bounded(256));
            break;
        case 2:
            input.insert(at, char(random.bounded(256)));
            break;
        case 3:
            input.remove(at, length);
            break;
        case 4:
            input.insert(at, input.mid(at, length));
            break;
        case 5:
            input.insert(at, words.at(qsizetype(random.bounded(quint32(words.size())))));
            break;
        case 6: {
            const QByteArray &other = pool.at(qsizetype(random.bounded(quint32(pool.size()))));
            input = input.left(at) + other.mid(qsizetype(random.bounded(quint32(other.size() + 1))));
            break;
        }
        default:
            if (random.bounded(50) == 0)
                input.insert(at, QByteArray(qsizetype(random.bounded(40'000)), char(random.bounded(256))));
            break;
        }
    }
    return input;
}

} // namespace

void fuzz::require(bool condition, const char *what)
{
    if (condition)
        return;
    std::fprintf(stderr, "%s\nRun %lld of seed %u, input in hex:\n%s\n", what, static_cast<long long>(run),
                 usedSeed, current.toHex().constData());
    std::abort();
}

/// fuzz_NAME [RUNS [SEED]]: bounded, and the same for the same seed.
int main(int argc, char *argv[])
{
    const qint64 runs = argc > 1 ? std::atoll(argv[1]) : 10'000;
    usedSeed = argc > 2 ? quint32(std::atoll(argv[2])) : QRandomGenerator::system()->generate();
    QRandomGenerator random(usedSeed);
    QByteArrayList pool = fuzz::seeds();
    const qsizetype given = pool.size();
    for (run = 0; run < runs; ++run) {
        // Seeds as they are first; then their descendants, some of which become ancestors themselves.
        const QByteArray &from = pool.at(qsizetype(run % pool.size()));
        current = run < given ? from : mutated(from, pool, random);
        fuzz::tryInput(current);
        if (pool.size() < 500 && random.bounded(20) == 0)
            pool.append(current);
    }
    std::printf("%lld inputs, seed %u\n", static_cast<long long>(runs), usedSeed);
    return 0;
}

#endif
