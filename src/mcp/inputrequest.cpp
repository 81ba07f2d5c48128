// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/inputrequest.h"

#include "protocol/methodtable.h"
#include "schema/schema.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

/// Whether all that `needed` names is in `declared`. A form is what a plain "elicitation" means.
bool isDeclared(const QJsonObject &needed, const QJsonObject &declared)
{
    for (auto it = needed.begin(); it != needed.end(); ++it) {
        const QJsonValue there = declared.value(it.key());
        if (!there.isObject() || !isDeclared(it->toObject(), there.toObject()))
            return false;
        if (it.key() == "elicitation"_L1 && it->toObject().isEmpty() && !there.toObject().isEmpty()
            && !there.toObject().contains("form"_L1))
            return false;
    }
    return true;
}

bool fitsForm(const QJsonValue &schema, const QJsonValue &content)
{
    const auto compiled = schema::Schema::compile(schema);
    return content.isObject() && compiled
        && compiled->judge(content).verdict == schema::Schema::Verdict::Valid;
}

} // namespace

QJsonObject toJson(const InputRequest &question)
{
    QJsonObject json{{u"method"_s, question.method}};
    json.insert(u"params"_s, question.params);
    return json;
}

QJsonObject missingFor(const InputRequired &ask, const ClientDescription &client)
{
    QJsonObject missing;
    for (const InputRequest &question : ask.questions) {
        const QJsonObject needed = question.neededCapability();
        if (!isDeclared(needed, client.capabilities))
            missing.insert(needed.begin().key(), needed.begin().value());
    }
    return missing;
}

bool fits(const InputRequest &question, const QJsonObject &answer)
{
    if (question.method == protocol::question::elicit) {
        const QString action = answer.value("action"_L1).toString();
        const bool isForm = question.params.value("mode"_L1) != QJsonValue(u"url"_s);
        if (action != "accept"_L1)
            return action == "decline"_L1 || action == "cancel"_L1;
        return !isForm || fitsForm(question.params.value("requestedSchema"_L1), answer.value("content"_L1));
    }
    if (question.method == protocol::question::sample)
        return answer.value("role"_L1).isString()
            && (answer.value("content"_L1).isObject() || answer.value("content"_L1).isArray());
    return answer.value("roots"_L1).isArray();
}

} // namespace gatehouse::mcp
