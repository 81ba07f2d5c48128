// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/specialeditors.h"

#include "app/icons.h"
#include "app/label.h"
#include "app/wrappinglabel.h"
#include "auth/issuer.h"
#include "auth/resourcemetadata.h"
#include "http/ports.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

using host::Setting;
using host::Settings;

namespace {

Label *quietLabel(const QString &name, QWidget *parent)
{
    auto *label = new Label(parent);
    label->setObjectName(name);
    label->setProperty("quiet", true);
    label->setWordWrap(true);
    label->hide();
    return label;
}

/// The sandbox, or an environment of one's own with what its name comes to.
class IssuerEditor : public SettingEditor
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::app::IssuerEditor)

public:
    IssuerEditor(const Setting &setting, QWidget *parent)
        : SettingEditor(parent)
        , m_sandbox(new QRadioButton(tr("&Sandbox on this computer"), this))
        , m_own(new QRadioButton(tr("&My AuthKit environment"), this))
        , m_name(new QLineEdit(this))
        , m_preview(quietLabel(u"subdomainPreview"_s, this))
    {
        m_sandbox->setObjectName(u"sandboxMode"_s);
        m_own->setObjectName(u"ownMode"_s);
        m_name->setPlaceholderText(tr("acme, acme.authkit.app or a custom domain"));
        setField(m_name, setting);
        column()->addWidget(m_sandbox, 0, Qt::AlignLeft);
        column()->addWidget(m_own, 0, Qt::AlignLeft);
        column()->addWidget(m_name);
        column()->addWidget(m_preview);
        connect(m_sandbox, &QRadioButton::toggled, this, &SettingEditor::changed);
        connect(m_own, &QRadioButton::clicked, m_name, qOverload<>(&QWidget::setFocus));
        connect(m_name, &QLineEdit::textChanged, this, &SettingEditor::changed);
        connect(m_name, &QLineEdit::textEdited, this, [this] { m_own->setChecked(true); });
    }
    void show(const Settings &settings) override
    {
        m_sandbox->setChecked(settings.subdomain.isEmpty());
        m_own->setChecked(!settings.subdomain.isEmpty());
        m_name->setText(settings.subdomain);
    }
    void writeTo(Settings &settings) const override
    {
        settings.subdomain = m_own->isChecked() ? m_name->text().trimmed() : QString();
    }
    std::optional<host::SettingsFault> fault() const override
    {
        if (!m_own->isChecked() || !m_name->text().trimmed().isEmpty())
            return std::nullopt;
        return host::SettingsFault{u"subdomain"_s, tr("Copy the AuthKit domain from the WorkOS dashboard.")};
    }
    void mark(const host::SettingsFault *fault) override { markFault(m_name, fault); }
    void follow(const Settings &settings, const ServerState &) override
    {
        const auto issuer = auth::issuerFromSubdomain(settings.subdomain);
        m_preview->setVisible(!settings.subdomain.isEmpty() && issuer);
        if (m_preview->isVisibleTo(this))
            m_preview->setText(tr("Issuer %1\nKeys %2\nMetadata %3")
                                   .arg(*issuer, auth::jwksUrl(*issuer).toString(),
                                        *issuer + u"/.well-known/oauth-authorization-server"_s));
    }

private:
    QRadioButton *m_sandbox;
    QRadioButton *m_own;
    QLineEdit *m_name;
    Label *m_preview;
};

/// This server's address, to be copied into the dashboard.
class ResourceEditor : public TextEditor
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::app::ResourceEditor)

public:
    ResourceEditor(const Setting &setting, QWidget *parent)
        : TextEditor(setting, parent)
    {
        auto *copy = new QPushButton(icon(u"copy"_s), tr("&Copy"), this);
        copy->setObjectName(u"copyResource"_s);
        copy->setAutoDefault(false);
        auto *row = new QHBoxLayout;
        column()->removeWidget(edit());
        row->addWidget(edit(), 1);
        row->addWidget(copy);
        column()->addLayout(row);
        Label *hint = quietLabel(u"resourceHint"_s, this);
        hint->setText(
            tr("Paste exactly this string into the WorkOS dashboard under MCP resource indicators."));
        hint->show();
        column()->addWidget(hint);
        connect(copy, &QPushButton::clicked, this, [this] {
            QApplication::clipboard()->setText(edit()->text().isEmpty() ? edit()->placeholderText()
                                                                        : edit()->text());
        });
    }
    void follow(const Settings &settings, const ServerState &server) override
    {
        edit()->setPlaceholderText(settings.port > 0 ? u"http://localhost:%1/mcp"_s.arg(settings.port)
                                       : server.resource.isEmpty() ? u"http://localhost:PORT/mcp"_s
                                                                   : server.resource);
    }
};

/// A port, with whether it is free.
class PortEditor : public SettingEditor
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::app::PortEditor)

public:
    PortEditor(const Setting &setting, QWidget *parent)
        : SettingEditor(parent)
        , m_port(new QSpinBox(this))
        , m_state(new WrappingLabel({}, this))
        , m_use(new QPushButton(this))
        , m_delay(new QTimer(this))
    {
        constexpr int delayMs = 200; // Not while one types.
        m_port->setRange(setting.lowest, setting.highest);
        m_port->setMinimumWidth(fontMetrics().horizontalAdvance(u"1000000 KiB"_s) + 48); // As all of them.
        WheelGuard::guard(m_port);
        setField(m_port, setting);
        m_state->setObjectName(u"portState"_s);
        m_state->setProperty("quiet", true);
        m_use->setObjectName(u"usePort"_s);
        m_use->setAutoDefault(false);
        m_use->hide();
        auto *row = new QHBoxLayout;
        row->addWidget(m_port);
        row->addWidget(m_state);
        row->addWidget(m_use);
        row->addStretch();
        column()->addLayout(row);
        m_delay->setSingleShot(true);
        m_delay->setInterval(delayMs);
        connect(m_delay, &QTimer::timeout, this, [this] { look(); });
        connect(m_port, &QSpinBox::valueChanged, this, &SettingEditor::changed);
        connect(m_use, &QPushButton::clicked, this, [this] { m_port->setValue(m_nextFree); });
    }
    void show(const Settings &settings) override
    {
        m_port->setValue(settings.port);
        m_hasLooked = false; // It may have become free, or taken.
    }
    void writeTo(Settings &settings) const override { settings.port = m_port->value(); }
    void mark(const host::SettingsFault *fault) override
    {
        SettingEditor::mark(fault);
        if (fault)
            look(); // Somebody may have taken it meanwhile.
    }
    void follow(const Settings &settings, const ServerState &server) override
    {
        const bool isNew = !m_hasLooked || server.port != m_server.port;
        const bool isTyped = m_port->value() != m_seen || settings.host != m_host;
        m_server = server;
        m_host = settings.host;
        if (isNew)
            look();
        else if (isTyped)
            m_delay->start();
    }

private:
    void look()
    {
        const int port = m_seen = m_port->value();
        m_hasLooked = true;
        m_nextFree = 0;
        QString state;
        const QHostAddress host(m_host);
        if (host.isNull()) {
            state.clear(); // That is said beside the address.
        } else if (port == 0) {
            state = tr("a free one is taken at each start");
        } else if (port == m_server.port) {
            state = tr("in use by this server");
        } else {
            using http::PortState;
            const QList<QHostAddress> addresses = http::listeningAddresses(host);
            const PortState found = http::portState(addresses, quint16(port));
            state = found == PortState::Free ? tr("free")
                : found == PortState::Taken  ? tr("in use by another program")
                                             : tr("cannot be listened on here");
            m_nextFree = found == PortState::Taken ? http::nextFreePort(addresses, quint16(port)) : 0;
        }
        m_state->setText(state);
        m_use->setVisible(m_nextFree > 0);
        m_use->setText(tr("Use %1").arg(m_nextFree));
    }

    QSpinBox *m_port;
    Label *m_state;
    QPushButton *m_use;
    QTimer *m_delay;
    ServerState m_server;
    QString m_host;
    int m_nextFree = 0;
    int m_seen = -1;
    bool m_hasLooked = false;
};

template <typename Editor> SettingEditor *made(const Setting &setting, QWidget *parent)
{
    return new Editor(setting, parent);
}

} // namespace

SettingEditor *specialEditorFor(const Setting &setting, QWidget *parent)
{
    static const std::pair<QString, SettingEditor *(*)(const Setting &, QWidget *)> all[]
        = {{u"subdomain"_s, &made<IssuerEditor>},
           {u"resource"_s, &made<ResourceEditor>},
           {u"port"_s, &made<PortEditor>}};
    for (const auto &[field, make] : all) {
        if (setting.field == field)
            return make(setting, parent);
    }
    return nullptr;
}

} // namespace gatehouse::app
