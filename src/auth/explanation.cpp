// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/explanation.h"

#include "auth/explanationcases.h"
#include "auth/explanationtable.h"

#include <QCoreApplication>
#include <QDateTime>

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace gatehouse::auth {

namespace {

QString translated(const char *text)
{
    return *text ? QCoreApplication::translate("gatehouse::auth::Explanation", text) : QString();
}

QString noted(const QString &text)
{
    return QCoreApplication::translate("gatehouse::auth::Check", text.toUtf8().constData());
}

/// What stands for a placeholder; null for what is none.
QString valueOf(QChar placeholder, const Verdict &verdict, const Check &check)
{
    const auto shown = [](const QString &value) { return value.isEmpty() ? u"–"_s : value.left(300); };
    switch (placeholder.unicode()) {
    case u'1':
        return shown(noted(check.expected));
    case u'2':
        return shown(noted(check.actual));
    case u'3':
        return duration(check.offBySeconds);
    case u'4':
        return shown(noted(check.note));
    case u'5':
        return shown(check.what);
    case u'6':
        return QDateTime::fromMSecsSinceEpoch(verdict.keysFetchedAt).toString(u"HH:mm:ss"_s);
    case u'7':
        return duration(std::abs(verdict.issuerAheadSeconds));
    default:
        return {};
    }
}

/// In one pass, so that a value that holds "%1" itself stays what it is.
QString filled(const char *source, const Verdict &verdict, const Check &check)
{
    const QString text = translated(source);
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar next = text[i] == u'%' && i + 1 < text.size() ? text[i + 1] : QChar();
        const QString value = next.isNull() ? QString() : valueOf(next, verdict, check);
        if (value.isNull()) {
            out += text[i];
            continue;
        }
        out += value;
        ++i;
    }
    return out;
}

/// Whether a token of which one thing is wrong was signed by its issuer and is good otherwise.
bool isOnlyFault(const Verdict &verdict)
{
    qsizetype failed = 0;
    bool isSigned = false;
    for (const Check &check : verdict.checks) {
        failed += check.state == CheckState::Failed ? 1 : 0;
        isSigned = isSigned || (check.what == "signature"_L1 && check.state == CheckState::Passed);
    }
    return failed == 1 && isSigned;
}

QString copyText(CopyText copy, const Check &check)
{
    switch (copy) {
    case CopyText::Nothing:
        return {};
    case CopyText::Expected:
        return check.expected;
    case CopyText::Actual:
        return check.actual;
    case CopyText::EmailTemplate:
        // AuthKit's template language; members whose value is null are left out.
        return uR"({"email":"{{ user.email }}","email_verified":{{ user.email_verified }},)"
               uR"("first_name":"{{ user.first_name }}","last_name":"{{ user.last_name }}",)"
               uR"("picture":"{{ user.profile_picture_url }}"})"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

Explanation explain(const Verdict &verdict)
{
    const ExplanationRow row = rowOf(verdict.reason);
    const Check *decisive = verdict.decisive();
    const Check check = decisive ? *decisive : Check();
    const ExplanationCase special = verdict.accepted() ? ExplanationCase() : caseOf(verdict, check);
    Explanation words;
    words.word = translated(row.word);
    if (verdict.reason == Reason::Expired)
        words.word += u' ' + duration(check.offBySeconds);
    words.wire = QString::fromLatin1(row.wire);
    words.sentence = filled(row.sentence, verdict, check);
    const bool isPair = verdict.reason == Reason::WrongAudience || verdict.reason == Reason::WrongIssuer;
    if (isPair && !check.note.isEmpty()) {
        words.sentence.chop(1); // The full stop comes behind.
        words.sentence += u" ("_s + check.note + u")."_s;
    }
    if (isOnlyFault(verdict))
        words.sentence += u' '
            + translated(QT_TRANSLATE_NOOP("gatehouse::auth::Explanation", "Nothing else is wrong with it."));
    words.cause = filled(*special.cause ? special.cause : row.cause, verdict, check);
    words.remedy = filled(*special.remedy ? special.remedy : row.remedy, verdict, check);
    words.page = translated(special.page);
    words.copy = copyText(special.copy, check);
    words.error = QString::fromLatin1(row.error);
    words.status = row.status;
    return words;
}

QList<Hint> hintsOf(const Verdict &verdict)
{
    QList<Hint> hints;
    const QList<HintRow> rows = hintRowsOf(verdict);
    for (const HintRow &row : rows)
        hints.append({translated(row.sentence), translated(row.page), copyText(row.copy, {})});
    return hints;
}

QString duration(qint64 seconds)
{
    if (seconds < 120)
        return u"%1 s"_s.arg(seconds);
    return seconds < 7200 ? u"%1 min"_s.arg(seconds / 60) : u"%1 h"_s.arg(seconds / 3600);
}

QString reasonName(Reason reason)
{
    return QString::fromLatin1(rowOf(reason).name);
}

} // namespace gatehouse::auth
