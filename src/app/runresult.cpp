// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runresult.h"

#include "app/steplist.h"
#include "inspector/words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

using inspector::Tone;
using oauth::StepId;
using oauth::StepState;

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::app::RunResult)
};

constexpr qsizetype maximumName = 80;
constexpr qsizetype maximumSentence = 300;

QString bounded(const QString &text, qsizetype length)
{
    const QString shown = inspector::escapedForDisplay(text.left(length));
    return shown.size() > length ? shown.left(length) + u'…' : text.size() > length ? shown + u'…' : shown;
}

QString whoIsIn(const oauth::Flow &flow, const QString &person)
{
    // What is left of the tokens says nothing of it: they may be forgotten by now.
    const auto stateOf = [&flow](StepId id) { return flow.steps().at(int(id)).state; };
    if (stateOf(StepId::Ask) == StepState::Done && stateOf(StepId::Resource) == StepState::Skipped)
        return Tr::tr("The server lets everybody in");
    return person.isEmpty() ? Tr::tr("Signed in") : Tr::tr("%1 is in").arg(person);
}

RunResult failed(const oauth::Flow &flow)
{
    const int index = std::min(flow.current(), oauth::stepCount - 1);
    const oauth::Step &step = flow.steps().at(index);
    const QString where = u"%1, %2"_s.arg(StepList::rowOf(step.id) + 1).arg(step.title);
    if (flow.failure()->kind == oauth::Failure::Kind::Cancelled)
        return {Tone::Muted, Tr::tr("Cancelled at step %1.").arg(where), step.id};
    return {Tone::Bad,
            Tr::tr("Stopped at step %1: %2").arg(where, bounded(flow.failure()->text, maximumSentence)),
            step.id};
}

} // namespace

QString personIn(const QJsonObject &claims)
{
    const QString first = claims.value("first_name"_L1).toString(claims.value("given_name"_L1).toString());
    const QString last = claims.value("last_name"_L1).toString(claims.value("family_name"_L1).toString());
    for (const QString &name :
         {claims.value("name"_L1).toString(), u"%1 %2"_s.arg(first, last).trimmed(),
          claims.value("email"_L1).toString(), claims.value("preferred_username"_L1).toString()}) {
        if (!name.trimmed().isEmpty())
            return bounded(name.simplified(), maximumName);
    }
    return {};
}

RunResult resultOf(const oauth::Flow &flow, const QJsonObject &idClaims, const QJsonObject &accessClaims)
{
    if (flow.failure())
        return failed(flow);
    QString person = personIn(idClaims);
    if (person.isEmpty())
        person = personIn(accessClaims);
    const QString who = whoIsIn(flow, person);
    const oauth::Step &call = flow.steps().at(int(StepId::Call));
    if (call.state == StepState::Done) {
        const QString tool = flow.calledTool();
        return {Tone::Good, Tr::tr("%1; %2 answered.").arg(who, bounded(tool, maximumName)), StepId::Call};
    }
    if (flow.steps().at(int(StepId::List)).state == StepState::Done)
        return {
            Tone::Good,
            Tr::tr("%1; the server offers its tools (%2).").arg(who, QString::number(flow.tools().size())),
            StepId::List};
    return {Tone::Good, who + u'.', StepId::Session};
}

} // namespace gatehouse::app
