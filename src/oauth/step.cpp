// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/step.h"

#include "base/quoting.h"
#include "oauth/words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

QString wordOf(StepId id)
{
    switch (id) {
    case StepId::Ask:
        return u"ask"_s;
    case StepId::Resource:
        return u"resource"_s;
    case StepId::Server:
        return u"server"_s;
    case StepId::Client:
        return u"client"_s;
    case StepId::Authorize:
        return u"authorize"_s;
    case StepId::Token:
        return u"token"_s;
    case StepId::Session:
        return u"session"_s;
    case StepId::List:
        return u"list"_s;
    case StepId::Call:
        return u"call"_s;
    case StepId::Refresh:
        return u"refresh"_s;
    }
    return {};
}

QString wordOf(StepState state)
{
    switch (state) {
    case StepState::Waiting:
        return u"waiting"_s;
    case StepState::Running:
        return u"running"_s;
    case StepState::Done:
        return u"done"_s;
    case StepState::Failed:
        return u"failed"_s;
    case StepState::Skipped:
        return u"skipped"_s;
    }
    return {};
}

} // namespace

namespace {

QString errandTitle(StepId id, Errand errand)
{
    switch (errand) {
    case Errand::Tools:
        return id == StepId::List ? u"tools/list"_s : u"tools/call"_s;
    case Errand::Resources:
        return id == StepId::List ? u"resources/list"_s : u"resources/read"_s;
    case Errand::Prompts:
        return id == StepId::List ? u"prompts/list"_s : u"prompts/get"_s;
    }
    return {};
}

} // namespace

QString titleOf(StepId id, Grant grant, Errand errand)
{
    if (id == StepId::Authorize && grant == Grant::Enterprise)
        return Words::tr("Exchange the ID token");
    if (id == StepId::Authorize && grant == Grant::Device)
        return Words::tr("Sign in on another device");
    if (id == StepId::Token && grant == Grant::Device)
        return Words::tr("Wait for the sign-in");
    if (id == StepId::Token && grant == Grant::ClientCredentials)
        return Words::tr("Client credentials");
    if (id == StepId::Token && grant != Grant::Code)
        return Words::tr("Exchange the assertion");
    switch (id) {
    case StepId::Ask:
        return Words::tr("Ask without a token");
    case StepId::Resource:
        return Words::tr("Resource metadata");
    case StepId::Server:
        return Words::tr("Authorization server metadata");
    case StepId::Client:
        return Words::tr("Client identity");
    case StepId::Authorize:
        return Words::tr("Sign in with the browser");
    case StepId::Token:
        return Words::tr("Exchange the code");
    case StepId::Session:
        return Words::tr("Handshake with the token");
    case StepId::List:
    case StepId::Call:
        return errandTitle(id, errand);
    case StepId::Refresh:
        return Words::tr("Refresh");
    }
    return {};
}

QString reportOf(const Step &step)
{
    QString text = u"### %1 – %2"_s.arg(base::markdownText(step.title), wordOf(step.state));
    if (step.status() > 0)
        text += u", HTTP %1"_s.arg(step.status());
    if (step.state == StepState::Done || step.state == StepState::Failed)
        text += u", %1 ms"_s.arg(step.tookMs);
    text += u'\n';
    if (!step.detail.isEmpty())
        text += u'\n' + base::markdownBlock(step.detail, {});
    for (const Leg &leg : step.legs) {
        for (const QString &part : {leg.sent, leg.answered}) {
            if (!part.isEmpty())
                text += u'\n' + base::markdownBlock(part.trimmed(), u"http"_s);
        }
    }
    return text;
}

QString reportOf(const QString &server, const QList<Step> &steps)
{
    QString text = u"## %1\n"_s.arg(base::markdownCode(server));
    for (const Step &step : steps)
        text += u'\n' + reportOf(step);
    return text;
}

QString Step::requestLine() const
{
    const Leg *leg = telling();
    return leg ? leg->requestLine : QString();
}

/// What was found, where something else was asked for after it and is not there.
const Leg *Step::telling() const
{
    const auto isGood = [](const Leg &leg) { return leg.status >= 200 && leg.status < 400; };
    const auto good = std::find_if(legs.rbegin(), legs.rend(), isGood);
    if (state == StepState::Done && good != legs.rend())
        return &*good;
    // A stream that stands open tells nothing of a step that is over.
    const auto last = state == StepState::Running
        ? legs.rbegin()
        : std::find_if(legs.rbegin(), legs.rend(),
                       [](const Leg &leg) { return leg.status > 0 || !leg.answered.isEmpty(); });
    return last != legs.rend() ? &*last : legs.isEmpty() ? nullptr : &legs.last();
}

int Step::status() const
{
    const Leg *leg = telling();
    return leg ? leg->status : 0;
}

QString Step::sent() const
{
    QStringList all;
    for (const Leg &leg : legs)
        all.append(leg.sent.trimmed());
    return all.join(u"\n\n"_s);
}

QString Step::answered() const
{
    QStringList all;
    for (const Leg &leg : legs) {
        if (!leg.answered.isEmpty())
            all.append(leg.answered.trimmed());
    }
    return all.join(u"\n\n"_s);
}

QJsonObject jsonOf(const Step &step)
{
    QJsonObject json{{u"step"_s, wordOf(step.id)}, {u"state"_s, wordOf(step.state)}, {u"ms"_s, step.tookMs}};
    if (step.status() > 0)
        json.insert(u"status"_s, step.status());
    if (step.state == StepState::Failed && !step.failure.isEmpty())
        json.insert(u"failure"_s, step.failure);
    for (const auto &[name, text] :
         {std::pair(u"request"_s, step.requestLine()), std::pair(u"detail"_s, step.detail),
          std::pair(u"sent"_s, step.sent()), std::pair(u"answered"_s, step.answered())}) {
        if (!text.isEmpty())
            json.insert(name, text);
    }
    if (!step.data.isUndefined())
        json.insert(u"data"_s, step.data);
    return json;
}

} // namespace gatehouse::oauth
