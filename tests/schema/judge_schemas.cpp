// SPDX-License-Identifier: GPL-3.0-or-later
// judge_schemas: for the comparison with other validators. Reads lines {"schema":…,"values":[…]} and answers
// each with a line of verdicts, one character a value: + valid, - invalid, ? undecided; or with ! where the
// schema is refused.
#include "base/json.h"
#include "schema/schema.h"

#include <QJsonArray>

#include <iostream>
#include <string>

using namespace gatehouse;
using namespace Qt::StringLiterals;

int main()
{
    for (std::string line; std::getline(std::cin, line);) {
        const auto question = base::readJsonObject(QByteArrayView(line.data(), qsizetype(line.size())));
        const auto schema = question ? schema::Schema::compile(question->value("schema"_L1))
                                     : base::Expected<schema::Schema, QString>(base::failure(QString()));
        std::string answer;
        if (!schema)
            answer = '!';
        for (const QJsonValue &value : schema ? question->value("values"_L1).toArray() : QJsonArray()) {
            const auto verdict = schema->judge(value).verdict;
            answer += verdict == schema::Schema::Verdict::Valid ? '+'
                : verdict == schema::Schema::Verdict::Invalid   ? '-'
                                                                : '?';
        }
        std::cout << answer << std::endl;
    }
    return 0;
}
