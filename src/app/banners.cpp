// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/banners.h"

#include "app/elidedlabel.h"
#include "app/icons.h"
#include "app/label.h"
#include "app/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QFrame>
#include <QHBoxLayout>
#include <QHash>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::Tone;

QPushButton *addButton(QFrame *banner, const QString &text)
{
    auto *push = new QPushButton(text, banner);
    push->setObjectName(banner->objectName() + u"Button"_s);
    banner->layout()->addWidget(push);
    return push;
}

} // namespace

Banners::Banners(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
}

void Banners::setServer(const host::Running *running)
{
    m_isUp = running != nullptr;
    if (!running || running->resource != m_running.resource) {
        m_outages.proxies.clear();
        m_closedProxies.clear();
    }
    if (!running)
        m_outages.forget();
    m_running = running ? *running : host::Running();
    refresh();
    Q_EMIT outagesChanged();
}

void Banners::showNotice(const host::Notice &notice)
{
    m_outages.record(notice, QDateTime::currentMSecsSinceEpoch());
    refresh();
    Q_EMIT outagesChanged();
}

void Banners::offerSession(const QString &path, qint64 requests)
{
    m_session = path;
    m_sessionRequests = requests;
    refresh();
}

/// It is offered once.
QString Banners::noteSession()
{
    const QString path = std::exchange(m_session, {});
    Q_EMIT sessionNoted(path);
    // Not from within the click: the button goes with its banner.
    QMetaObject::invokeMethod(this, &Banners::refresh, Qt::QueuedConnection);
    return path;
}

void Banners::setRecordFault(const QString &why)
{
    m_recordFault = why;
    refresh();
}

void Banners::forgetOutages()
{
    m_outages.forget();
    Q_EMIT outagesChanged();
}

void Banners::setCompact(bool isCompact)
{
    if (std::exchange(m_isCompact, isCompact) != isCompact)
        refresh();
}

void Banners::setSandboxNoted(bool isNoted)
{
    m_isSandboxNoted = isNoted;
}

QFrame *Banners::make(const QString &name, Tone tone, const QString &text)
{
    auto *banner = new QFrame(this);
    banner->setObjectName(name);
    banner->setProperty("banner", tone == Tone::Bad ? u"bad"_s : u"warning"_s);
    Label *label = nullptr;
    if (m_isCompact) {
        auto *line = new ElidedLabel(banner);
        line->setElideMode(Qt::ElideRight);
        label = line;
    } else {
        label = new Label(banner);
        label->setWordWrap(true);
        label->setMinimumWidth(120); // A long name must not make the window wider.
    }
    label->setText(text);
    auto *sign = new Label(banner);
    sign->setPixmap(
        iconPixmap(u"warning"_s, Look::theme().colorOf(tone), fontMetrics().height(), devicePixelRatioF()));
    auto *row = new QHBoxLayout(banner);
    row->setContentsMargins(16, 5, 12, 5);
    row->addWidget(sign);
    row->addWidget(label, 1);
    return banner;
}

void Banners::addCopy(QFrame *banner, const QString &secret)
{
    QPushButton *button = addButton(banner, tr("Copy the secret"));
    button->setObjectName(u"copySandboxSecret"_s);
    connect(button, &QPushButton::clicked, button, [button, secret] {
        QApplication::clipboard()->setText(secret);
        button->setText(tr("Copied"));
    });
}

void Banners::addButtons(QFrame *banner, const Wanted &what)
{
    using Kind = host::Notice::Kind;
    const QString &name = what.name;
    if (what.kind == Kind::SandboxPrivate) {
        addCopy(banner, m_running.sandboxSecret);
    } else if (what.kind == Kind::VerifyJwtOff || what.kind == Kind::AuthorizationOff) {
        // Applying is later than this click, so the banner does not go while its button is pressed.
        connect(addButton(banner, tr("Turn on")), &QPushButton::clicked, this, &Banners::verifyWanted);
    } else if (name == "bannerIssuer"_L1) {
        connect(addButton(banner, tr("Try again")), &QPushButton::clicked, this, &Banners::keysWanted);
        connect(addButton(banner, tr("Settings…")), &QPushButton::clicked, this,
                [this] { Q_EMIT settingsWanted(u"subdomain"_s); });
    } else if (name == "bannerDocuments"_L1) {
        connect(addButton(banner, tr("Settings…")), &QPushButton::clicked, this,
                [this] { Q_EMIT settingsWanted(u"documents"_s); });
    } else if (name == "bannerProxy"_L1) {
        connect(addButton(banner, tr("Settings…")), &QPushButton::clicked, this,
                [this] { Q_EMIT settingsWanted(u"resource"_s); });
        addClose(banner, [this, address = what.detail] { m_closedProxies.append(address); });
    } else if (name == "bannerSession"_L1) {
        connect(addButton(banner, tr("Open it")), &QPushButton::clicked, this,
                [this] { Q_EMIT sessionWanted(noteSession()); });
        addClose(banner, [this] { noteSession(); });
    } else if (name == "bannerSandbox"_L1) {
        connect(addButton(banner, tr("Use my AuthKit…")), &QPushButton::clicked, this,
                [this] { Q_EMIT settingsWanted(u"subdomain"_s); });
        addClose(banner, [this] { m_isSandboxNoted = true; });
    }
}

void Banners::addClose(QFrame *banner, std::function<void()> closed)
{
    auto *close = new QToolButton(banner);
    close->setObjectName(banner->objectName() + u"Close"_s);
    close->setIcon(icon(u"close"_s));
    close->setText(tr("Close"));
    close->setToolTip(tr("Close"));
    close->setAccessibleName(tr("Close this note"));
    close->setIconSize(QSize(1, 1) * fontMetrics().height());
    banner->layout()->addWidget(close);
    connect(close, &QToolButton::clicked, this, [this, closed = std::move(closed)] {
        closed();
        // Not from within the click: the button goes with its banner.
        QMetaObject::invokeMethod(this, &Banners::refresh, Qt::QueuedConnection);
    });
}

QList<Banners::Wanted> Banners::wanted() const
{
    using Kind = host::Notice::Kind;
    QList<Wanted> all;
    if (!m_session.isEmpty())
        all.append({u"bannerSession"_s,
                    Tone::Warning,
                    tr("The last session was cut off. Requests that were kept: %1")
                        .arg(QLocale().toString(m_sessionRequests)),
                    {}});
    if (!m_recordFault.isEmpty())
        all.append({u"bannerRecord"_s,
                    Tone::Warning,
                    tr("What passes is not kept on disk now. %1").arg(m_recordFault),
                    {}});
    if (!m_isUp)
        return all;
    if (m_outages.unreachableSince > 0)
        all.append({u"bannerIssuer"_s,
                    m_outages.unreachable.kind == Kind::IssuerStale ? Tone::Warning : Tone::Bad,
                    tr("The issuer cannot be reached since %1: %2")
                        .arg(QDateTime::fromMSecsSinceEpoch(m_outages.unreachableSince).toString(u"HH:mm"_s),
                             host::sentenceOf(m_outages.unreachable)),
                    {}});
    if (m_outages.documents)
        all.append({u"bannerDocuments"_s, Tone::Bad, host::sentenceOf(*m_outages.documents), {}});
    for (const host::Notice &proxy : m_outages.proxies) {
        if (m_closedProxies.contains(proxy.detail))
            continue;
        all.append({u"bannerProxy"_s, Tone::Warning, host::sentenceOf(proxy), {}, proxy.detail});
        break;
    }
    for (const host::Notice &notice : std::as_const(m_running.notices)) {
        const bool isOff = notice.kind == Kind::VerifyJwtOff || notice.kind == Kind::AuthorizationOff;
        const bool isOfSandbox = notice.kind == Kind::SandboxPrivate || notice.kind == Kind::AutoSignIn;
        if (isOff || isOfSandbox || notice.kind == Kind::NotLoopback)
            all.append({u"banner_"_s + host::nameOf(notice.kind), isOfSandbox ? Tone::Warning : Tone::Bad,
                        host::sentenceOf(notice), notice.kind});
    }
    if (m_running.sandbox && !m_isSandboxNoted)
        all.append({u"bannerSandbox"_s,
                    Tone::Warning,
                    tr("Sandbox: tokens come from a stand-in for AuthKit on this computer."),
                    {}});
    return all;
}

void Banners::refresh()
{
    // What says the same stays, with its focus and the button that is being pressed.
    QHash<QString, QFrame *> before = std::exchange(m_shown, {});
    int place = 0;
    const QList<Wanted> all = wanted();
    for (const Wanted &one : all) {
        const QString key = QStringList{one.name,
                                        one.text,
                                        m_running.sandboxSecret,
                                        Look::theme().text.name(),
                                        QString::number(m_isCompact),
                                        QString::number(fontMetrics().height())}
                                .join(u'\n');
        QFrame *banner = before.take(key);
        if (!banner) {
            banner = make(one.name, one.tone, one.text);
            addButtons(banner, one);
        }
        m_column->insertWidget(place++, banner);
        m_shown.insert(key, banner);
    }
    qDeleteAll(before);
}

} // namespace gatehouse::app
