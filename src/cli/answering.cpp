// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/answering.h"

#include "base/json.h"
#include "base/mask.h"
#include "cli/options.h"
#include "cli/platform.h"
#include "client/elicitation.h"
#include "client/offer.h"
#include "client/sampling.h"
#include "inspector/words.h"
#include "protocol/methodtable.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

using client::ClientOffer;

constexpr int tries = 3;

QString typed(const QString &question)
{
    printError(question);
    return QString::fromUtf8(lineFromTerminal()).trimmed();
}

/// What a person types into one field; nothing where it is left out. Undefined after too many tries.
QJsonValue askFor(const QString &name, const QJsonObject &property, bool isRequired)
{
    const QJsonValue usual = property.value("default"_L1);
    QString question = property.value("title"_L1).toString(name);
    if (const QString about = property.value("description"_L1).toString(); !about.isEmpty())
        question += u" – "_s + about;
    if (!usual.isUndefined())
        question += u" ["_s + QString::fromUtf8(base::writeJson(usual)) + u']';
    else if (!isRequired)
        question += u" [none]"_s;
    for (int i = 0; i < tries; ++i) {
        const QString text = typed(inspector::escapedForDisplay(question.left(1000)) + u':');
        if (text.isEmpty() && (!usual.isUndefined() || !isRequired))
            return usual.isUndefined() ? QJsonValue(QJsonValue::Null) : usual;
        const auto value = client::valueFor(property, text);
        if (value && !(text.isEmpty() && isRequired))
            return *value;
        printError(value ? u"This has to be filled in."_s : inspector::escapedForDisplay(value.error()));
    }
    return QJsonValue::Undefined;
}

QJsonObject askAll(const client::Elicitation &form)
{
    printError(u"The server asks: "_s + inspector::escapedForDisplay(form.message.left(2000)));
    if (!form.isForm) {
        printError(u"It wants an address to be opened, which this program does not do. Declined."_s);
        return client::declined();
    }
    static const QStringList yes{u"y"_s, u"yes"_s};
    if (!yes.contains(typed(u"Answer? [y/N]"_s), Qt::CaseInsensitive))
        return client::declined();
    QJsonObject content;
    const QJsonObject properties = form.schema.value("properties"_L1).toObject();
    const QJsonArray required = form.schema.value("required"_L1).toArray();
    for (const QString &name : client::fieldsOf(form)) {
        const QJsonValue value = askFor(name, properties.value(name).toObject(), required.contains(name));
        if (value.isUndefined())
            return client::declined();
        if (!value.isNull())
            content.insert(name, value);
    }
    return client::accepted(content);
}

/// A person speaks in place of a model.
base::Expected<QJsonObject, protocol::RpcError> askForModel(const QJsonObject &params)
{
    printError(u"The server asks a model:"_s);
    const QStringList lines = client::samplingText(params).split(u'\n');
    for (const QString &line : lines)
        printError(u"  "_s + inspector::escapedForDisplay(line));
    const QString text = typed(u"Your answer in its place (empty declines):"_s);
    if (text.isEmpty())
        return base::failure(client::rejected());
    return client::sampled(text);
}

ClientOffer askingOffer()
{
    QJsonObject capabilities = client::formCapabilities();
    for (const QJsonObject &more : {client::rootCapabilities(), client::samplingCapabilities()})
        capabilities.insert(more.begin().key(), more.begin().value());
    return {capabilities,
            [](const QString &method, const QJsonObject &params, const ClientOffer::Reply &reply) {
                if (method == protocol::question::elicit)
                    reply(askAll(client::readElicitation(params)));
                else if (method == protocol::question::sample)
                    reply(askForModel(params));
                else if (method == protocol::question::listRoots)
                    reply(client::noRoots());
                else
                    reply(base::failure(client::notOffered(method)));
            }};
}

/// Tells what was asked while nobody was.
void tellAsJson(const client::Answered &answered)
{
    printError(base::maskJson(client::jsonOf(answered)).toObject());
}
void tell(const client::Answered &answered)
{
    printError(inspector::escapedForDisplay(
        base::maskText(u"The server asks: "_s + answered.question + u" – "_s + answered.answer)));
}

} // namespace

base::Expected<ClientOffer, QString> offerFrom(const QString &answer, bool json)
{
    const auto said = json ? tellAsJson : tell;
    if (answer.isEmpty())
        return ClientOffer();
    if (answer == "accept"_L1 || answer == "decline"_L1)
        return client::offerOf({answer == "accept"_L1, {}, said});
    if (answer == "ask"_L1) {
        if (!hasTerminal())
            return base::failure(u"--answer ask needs a terminal: use accept, decline or a JSON object."_s);
        return askingOffer();
    }
    const auto content = base::readJsonObject(answer.toUtf8());
    if (!content)
        return base::failure(u"--answer wants ask, accept, decline or a JSON object."_s);
    return client::offerOf({true, *content, said});
}

} // namespace gatehouse::cli
