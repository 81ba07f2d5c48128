// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checksdesk.h"

#include "app/settingskeeper.h"
#include "base/clock.h"
#include "base/mask.h"
#include "base/random.h"
#include "host/minting.h"
#include "host/offered.h"
#include "host/settingstable.h"
#include "store/documents.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QPointer>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using host::Host;

qint64 nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QList<CheckupFacts::Needed> neededBy(const host::Offered &offered)
{
    QList<CheckupFacts::Needed> all;
    for (const auto *list : {&offered.tools, &offered.resources, &offered.templates, &offered.prompts}) {
        for (const host::Offered::Entry &one : *list) {
            for (const QString &scope : one.needs.scopes)
                all.append({one.json.value("name"_L1).toString(), scope});
        }
    }
    return all;
}

} // namespace

ChecksDesk::ChecksDesk(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_server(&m_fetcher, base::systemClock(), base::systemRandom())
    , m_issuer(&m_fetcher, base::systemClock(), base::systemRandom())
{
    connect(&m_server, &oauth::ServerProbe::changed, this, [this] {
        m_serverMs = nowMs();
        Q_EMIT changed();
    });
    connect(&m_server, &oauth::ServerProbe::finished, this, &ChecksDesk::changed);
    connect(&m_issuer, &oauth::IssuerProbe::changed, this, [this] {
        m_issuerMs = nowMs();
        Q_EMIT changed();
    });
    connect(&m_issuer, &oauth::IssuerProbe::finished, this, &ChecksDesk::changed);
    connect(m_parts.workOs, &WorkOsDesk::changed, this, &ChecksDesk::changed);
    connect(m_parts.clients, &inspector::ClientsModel::changed, this, &ChecksDesk::changed);
    connect(m_parts.settings, &SettingsKeeper::applied, this, &ChecksDesk::settingsApplied);
}

ChecksDesk::~ChecksDesk()
{
    blockSignals(true); // Whoever listens may be going, too.
    cancel();
}

void ChecksDesk::serverChanged()
{
    const bool isUp = m_parts.host->state() == Host::State::Listening;
    const host::Running running = isUp ? m_parts.host->running() : host::Running();
    if (!isUp || m_looked != running.resource + u' ' + running.issuer)
        forget();
    m_isOutdated = true;
    if (isUp && m_isWatched)
        look();
    Q_EMIT changed();
}

/// What was seen is of another server.
void ChecksDesk::forget()
{
    cancel();
    m_looked.clear();
    m_report.reset();
    m_attacks.reset();
    m_documents.reset();
    ++m_counting;
}

/// What failed may be there again.
void ChecksDesk::outagesChanged()
{
    if (m_documents && !*m_documents && !m_parts.outages->documents) {
        m_documents.reset();
        if (m_isWatched && m_parts.host->state() == Host::State::Listening)
            lookAtDocuments();
    }
    Q_EMIT changed();
}

void ChecksDesk::setOffered(const host::Offered &offered)
{
    m_needed = neededBy(offered);
    Q_EMIT changed();
}

void ChecksDesk::setWatched(bool isWatched)
{
    m_isWatched = isWatched;
    if (isWatched && m_isOutdated)
        look();
}

void ChecksDesk::look()
{
    run(false);
}

void ChecksDesk::run(bool attacks)
{
    if (m_parts.host->state() != Host::State::Listening)
        return;
    const host::Running running = m_parts.host->running();
    m_looked = running.resource + u' ' + running.issuer;
    m_isOutdated = false;
    m_server.start(running.resource);
    if (!running.issuer.isEmpty()) {
        readIssuer(attacks);
        m_issuer.start(running.issuer);
        if (m_parts.workOs->hasKey())
            m_parts.workOs->look();
    }
    if (attacks)
        attack();
    lookAtDocuments();
    Q_EMIT changed();
}

void ChecksDesk::lookAtDocuments()
{
    const auto documents = m_parts.host->running().documents.lock();
    if (!documents)
        return;
    documents->organizations([this, invoker = m_landing.invoker(), asked = ++m_counting](const auto &counts) {
        base::Expected<int, QString> found = 0;
        if (counts)
            found = int(counts->size());
        else
            found = base::failure(counts.error().detail);
        invoker.post([this, found, asked] {
            if (asked != m_counting)
                return;
            m_documents = found;
            m_documentsMs = nowMs();
            Q_EMIT changed();
        });
    });
}

void ChecksDesk::readIssuer(bool anew)
{
    m_isReading = true;
    m_parts.host->readIssuer(anew, [self = QPointer(this), reading = ++m_reading](const auto &report) {
        if (!self || reading != self->m_reading)
            return;
        self->m_isReading = false;
        self->m_report = report;
        self->m_reportMs = nowMs();
        Q_EMIT self->changed();
    });
}

void ChecksDesk::attack()
{
    const host::Running running = m_parts.host->running();
    if (running.issuer.isEmpty())
        return;
    oauth::NegativeChecks::Parts parts{&m_fetcher, base::systemClock(), base::systemRandom()};
    if (running.sandbox)
        parts.mint = host::mintFrom(&m_fetcher, {running.issuer, running.sandboxSecret}, running.resource);
    m_attacks = std::make_unique<oauth::NegativeChecks>(running.resource, parts);
    const auto tell = [this] {
        m_attacksMs = nowMs();
        Q_EMIT changed();
    };
    connect(m_attacks.get(), &oauth::NegativeChecks::checkChanged, this, tell);
    connect(m_attacks.get(), &oauth::NegativeChecks::finished, this, tell);
    m_attacks->run();
}

void ChecksDesk::cancel()
{
    ++m_reading;
    m_isReading = false;
    m_server.cancel();
    m_issuer.cancel();
    if (m_attacks)
        m_attacks->cancel();
}

bool ChecksDesk::isRunning() const
{
    return m_isReading || m_server.isRunning() || m_issuer.isRunning()
        || (m_attacks && m_attacks->isRunning());
}

CheckupFacts ChecksDesk::facts() const
{
    CheckupFacts facts;
    facts.state = m_parts.host->state();
    if (facts.state == Host::State::Listening)
        facts.running = m_parts.host->running();
    if (facts.state == Host::State::Failed)
        facts.error = m_parts.host->error();
    facts.settings = settings();
    facts.outages = *m_parts.outages;
    facts.report = m_report;
    facts.reportMs = m_reportMs;
    if (!m_looked.isEmpty()) {
        facts.server = m_server.findings();
        if (!facts.running.issuer.isEmpty() && m_issuer.issuer() == facts.running.issuer)
            facts.issuer = m_issuer.findings();
    }
    facts.serverMs = m_serverMs;
    facts.issuerMs = m_issuerMs;
    if (m_attacks)
        facts.attacks = m_attacks->checks();
    facts.attacksMs = m_attacksMs;
    facts.documents = m_documents;
    facts.documentsMs = m_documentsMs;
    facts.keySource = m_parts.workOs->source();
    facts.indicators = m_parts.workOs->indicators();
    facts.needed = m_needed;
    for (const QString &scope : facts.settings.requiredScopes)
        facts.needed.append({{}, scope});
    facts.clients = m_parts.clients->log().all();
    facts.keepsSecrets = m_parts.workOs->outlivesTheProgram();
    return facts;
}

QList<CheckupRow> ChecksDesk::rows() const
{
    return checkupOf(facts());
}

host::Settings ChecksDesk::settings() const
{
    return m_parts.settings->configuration().settings;
}

bool ChecksDesk::apply(CheckupId id, const Remedy &remedy)
{
    switch (remedy.kind) {
    case Remedy::Kind::Change:
        changeSetting(remedy, id, false);
        return true;
    case Remedy::Kind::ReadAnew:
        m_parts.host->fetchKeys();
        readIssuer(true);
        m_issuer.start(m_parts.host->running().issuer);
        return true;
    case Remedy::Kind::AddIndicator:
        m_parts.workOs->addOurs();
        return true;
    case Remedy::Kind::Attack:
        attack();
        return true;
    default:
        return false;
    }
}

void ChecksDesk::changeSetting(const Remedy &remedy, CheckupId id, bool isUndone)
{
    const host::Setting *setting = host::findSetting(remedy.field);
    if (!setting || m_applying)
        return;
    host::Settings now = settings();
    Remedy back = remedy;
    back.wanted = now;
    setting->copy(remedy.wanted, now); // What else has changed meanwhile stays.
    m_applying = Change{id, remedy, back, isUndone};
    m_errand = m_parts.settings->apply(now, {remedy.field});
}

/// Also what the dialog applied: what was refused before is asked anew by others then.
void ChecksDesk::settingsApplied(const std::optional<host::StartError> &error, quint64 errand)
{
    if (!error) {
        m_attacks.reset();
        m_documents.reset();
        ++m_counting;
    }
    if (m_applying && errand == m_errand) {
        if (error)
            Q_EMIT messageWanted(host::sentenceOf(*error));
        else
            m_done = m_applying->isUndone ? std::nullopt : m_applying;
        m_applying.reset();
    }
    m_isOutdated = true;
    if (m_isWatched)
        look();
    Q_EMIT changed();
}

std::optional<Remedy> ChecksDesk::undoOf(CheckupId id) const
{
    if (!m_done || m_done->id != id)
        return {};
    const host::Setting *setting = host::findSetting(m_done->remedy.field);
    return setting->isSame(settings(), m_done->remedy.wanted) ? std::optional(m_done->back) : std::nullopt;
}

void ChecksDesk::undo(CheckupId id)
{
    if (const auto back = undoOf(id))
        changeSetting(*back, id, true);
}

QString ChecksDesk::diagnostics() const
{
    const CheckupFacts known = facts();
    QStringList lines{u"Gatehouse %1, Qt %2, %3"_s.arg(QCoreApplication::applicationVersion(),
                                                       QString::fromLatin1(qVersion()),
                                                       QSysInfo::prettyProductName())};
    if (known.state == Host::State::Listening)
        lines.append(u"%1 · %2"_s.arg(known.running.resource,
                                      known.running.issuer.isEmpty() ? tr("without authorization")
                                          : known.running.sandbox    ? tr("sandbox")
                                                                     : known.running.issuer));
    const host::Settings usual;
    for (const host::Setting &setting : host::settingsTable()) {
        if (!setting.isSame(known.settings, usual))
            lines.append(u"%1: %2"_s.arg(setting.field, base::maskText(setting.textOf(known.settings))));
    }
    std::optional<CheckupGroup> group;
    for (const CheckupRow &row : checkupOf(known)) {
        if (group != row.group)
            lines.append(u"\n"_s + titleOf(row.group));
        group = row.group;
        lines.append(u"[%1] %2 – %3"_s.arg(wordOf(row.state), row.title, base::maskText(row.evidence)));
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace gatehouse::app
