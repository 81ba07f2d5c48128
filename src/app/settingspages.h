// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settingrow.h"
#include "app/theme.h"

#include <QList>
#include <QWidget>

class QButtonGroup;
class QComboBox;
class QGridLayout;
class QHBoxLayout;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace gatehouse::app {

/// A page of the settings: what it is called, and what stands there.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    [[nodiscard]] const QString &title() const { return m_title; }
    /// How often the word is found here; marks where.
    virtual int search(const QString &word) = 0;

protected:
    SettingsPage(const QString &name, const QString &title, QWidget *parent);
    [[nodiscard]] QVBoxLayout *column() const { return m_column; }
    [[nodiscard]] QGridLayout *addForm();
    /// At the right of the title.
    QPushButton *addHeadButton(const QString &name, const QString &text);
    /// In which of these titles the word is; marks them.
    [[nodiscard]] static int searchIn(const QList<QWidget *> &titles, const QString &word);

private:
    QString m_title;
    QVBoxLayout *m_column;
    QHBoxLayout *m_head;
};

/// The settings of one topic, as the table has them.
class TopicPage : public SettingsPage
{
    Q_OBJECT

public:
    TopicPage(host::Topic topic, QWidget *parent);

    [[nodiscard]] const QList<SettingRow *> &rows() const { return m_rows; }
    int search(const QString &word) override;
    /// Whether something here is not as delivered.
    void setDiffers(bool differs);

Q_SIGNALS:
    void changed();
    /// What stands here shall be as delivered.
    void defaultsWanted();

private:
    QList<SettingRow *> m_rows;
    QPushButton *m_putBack;
};

/// How the window looks; counts at once.
class AppearancePage : public SettingsPage
{
    Q_OBJECT

public:
    explicit AppearancePage(QWidget *parent);

    void show(Appearance appearance, int textPercent);
    /// Its code; empty: the system's.
    void showLanguage(const QString &code);
    int search(const QString &word) override;

Q_SIGNALS:
    void lookWanted(gatehouse::app::Appearance appearance, int textPercent);
    void languageWanted(const QString &code);

private:
    void tell();
    void addLanguages(QGridLayout *form);

    QButtonGroup *m_appearance;
    QSpinBox *m_size;
    QComboBox *m_language;
    QList<QWidget *> m_titles;
    bool m_isFilling = false;
};

/// Where the settings are kept, and the way back to those delivered.
class AdvancedPage : public SettingsPage
{
    Q_OBJECT

public:
    /// `file` is where the settings are kept.
    AdvancedPage(const QString &file, QWidget *parent);
    [[nodiscard]] QWidget *lastField() const { return m_titles.last(); }
    int search(const QString &word) override;

Q_SIGNALS:
    void defaultsWanted();

private:
    QList<QWidget *> m_titles;
};

} // namespace gatehouse::app
