// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/offer.h"

#include "base/json.h"
#include "client/elicitation.h"
#include "client/sampling.h"
#include "protocol/methodtable.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gatehouse::client {

namespace {

namespace question = protocol::question;

constexpr qsizetype maximumText = 1000;

QString written(const QJsonObject &json)
{
    return QString::fromUtf8(base::writeJson(json)).left(maximumText);
}

struct Form
{
    QJsonObject reply;
    QString answer;
};

Form fill(const FixedAnswer &fixed, const Elicitation &form)
{
    if (!fixed.accepts)
        return {declined(), u"Declined."_s};
    if (!form.isForm)
        return {declined(), u"Declined: it wants an address to be opened."_s};
    const auto content
        = fixed.content ? base::Expected<QJsonObject, QString>(*fixed.content) : defaultsOf(form);
    if (!content)
        return {declined(), u"Declined: "_s + content.error()};
    return {accepted(*content), u"Accepted with "_s + written(*content)};
}

QJsonObject spoken(const QJsonObject &content)
{
    const bool isResult = content.contains("role"_L1) && content.contains("content"_L1);
    return isResult ? content : sampled(QString::fromUtf8(base::writeJson(content)));
}

} // namespace

QJsonObject jsonOf(const Answered &answered)
{
    return {{u"event"_s, u"question"_s},
            {u"method"_s, answered.method},
            {u"question"_s, answered.question},
            {u"answer"_s, answered.answer}};
}

QJsonObject formCapabilities()
{
    return {{u"elicitation"_s, QJsonObject{{u"form"_s, QJsonObject()}}}};
}

QJsonObject rootCapabilities()
{
    return {{u"roots"_s, QJsonObject()}};
}

QJsonObject samplingCapabilities()
{
    return {{u"sampling"_s, QJsonObject()}};
}

QJsonObject noRoots()
{
    return {{u"roots"_s, QJsonArray()}};
}

protocol::RpcError notOffered(const QString &method)
{
    return {protocol::code::methodNotFound, u"This client does not offer %1."_s.arg(method.left(100)), {}};
}

protocol::RpcError rejected()
{
    return {-1, u"User rejected the request."_s, {}};
}

ClientOffer offerOf(const FixedAnswer &answer)
{
    QJsonObject capabilities = formCapabilities();
    const auto add = [&capabilities](const QJsonObject &more) {
        for (auto one = more.begin(); one != more.end(); ++one)
            capabilities.insert(one.key(), *one);
    };
    if (answer.accepts)
        add(rootCapabilities());
    if (answer.accepts && answer.content)
        add(samplingCapabilities());
    return {capabilities,
            [answer](const QString &method, const QJsonObject &params, const ClientOffer::Reply &reply) {
                const auto say = [&](const QString &asked, const QString &given) {
                    if (answer.said)
                        answer.said({method, asked.left(maximumText), given});
                };
                if (method == question::elicit) {
                    const Elicitation form = readElicitation(params);
                    const Form filled = fill(answer, form);
                    say(form.message, filled.answer);
                    reply(filled.reply);
                } else if (method == question::listRoots && answer.accepts) {
                    say(u"Which folders may it see?"_s, u"None."_s);
                    reply(noRoots());
                } else if (method == question::sample && answer.accepts && answer.content) {
                    const QJsonObject result = spoken(*answer.content);
                    say(samplingText(params), u"Answered with "_s + written(result));
                    reply(result);
                } else {
                    reply(base::failure(notOffered(method)));
                }
            }};
}

} // namespace gatehouse::client
