// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/jsontext.h"

#include <QRandomGenerator>

namespace gatehouse::test {

/// JSON with numbers of any length, members in any order and any character; seeded, so that a failure repeats.
inline QByteArray randomJson(QRandomGenerator &random, int depth = 0)
{
    const auto text = [&random] {
        QString out;
        for (int i = int(random.bounded(8)); i > 0; --i)
            out += QChar(char16_t(random.bounded(3) == 0 ? random.bounded(0x20, 0xD800) : random.bounded(1, 0x80)));
        return base::writeJson(QJsonValue(out));
    };
    const auto digits = [&random](int most) {
        QByteArray out = QByteArray::number(1 + random.bounded(9));
        for (int i = int(random.bounded(most)); i > 0; --i)
            out += char('0' + random.bounded(10));
        return out;
    };
    const QByteArray space = random.bounded(4) == 0 ? QByteArrayList{" ", "\n", "\t\r\n"}[random.bounded(3)] : QByteArray();
    switch (random.bounded(depth > 4 ? 3 : 5)) {
    case 0:
        return space + text();
    case 1:
        return space + (random.bounded(2) ? "-" : "") + digits(30) + (random.bounded(2) ? '.' + digits(20) : QByteArray())
            + (random.bounded(3) == 0 ? QByteArrayList{"e", "E+", "e-"}[random.bounded(3)] + digits(1) : QByteArray());
    case 2:
        return space + QByteArrayList{"true", "false", "null"}[random.bounded(3)];
    default:
        break;
    }
    const bool isObject = random.bounded(2) == 0;
    QByteArrayList parts;
    for (int i = int(random.bounded(5)); i > 0; --i) {
        const QByteArray value = randomJson(random, depth + 1);
        const QByteArray name = base::writeJson(QJsonValue(QString::number(i) + QChar(u'z' - i)));
        parts.append(isObject ? space + name + space + ':' + value : value);
    }
    return space + (isObject ? '{' : '[') + parts.join(',' + space) + space + (isObject ? '}' : ']');
}

/// Its tokens one after the other, which white space does not change; empty where it is no JSON.
inline QByteArray tokensOf(const QByteArray &json)
{
    QByteArray out;
    const auto read = base::JsonText::read(json);
    if (!read)
        return {};
    for (const base::JsonText::Node &node : read->nodes()) {
        const bool isScalar = node.kind != base::JsonText::Kind::Object && node.kind != base::JsonText::Kind::Array;
        out += read->nameOf(node).toByteArray() + ' '
            + (isScalar ? read->textOf(node).toByteArray() : QByteArray::number(int(node.kind))) + ' '
            + QByteArray::number(node.parent) + '\n';
    }
    return out;
}

} // namespace gatehouse::test
