// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"
#include "web/form.h"

#include <QTest>

using namespace gatehouse::web;
using namespace Qt::StringLiterals;

class TestForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsStrictlyWhatIsObeyed_data();
    void readsStrictlyWhatIsObeyed();
    void readsEverythingThatIsLookedThrough();
    void readsBackWhatItWrites();
};

void TestForm::readsStrictlyWhatIsObeyed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("value"); // Of "a".
    QTest::addColumn<QString>("fault");
    const auto row = [](const char *name, const QByteArray &text, const QString &value,
                        const QString &fault = {}) { QTest::newRow(name) << text << value << fault; };
    row("nothing", "", {});
    row("a value", "a=b", u"b"_s);
    row("spaces in both spellings", "a=b+c%20d", u"b c d"_s);
    row("an equals sign in it", "a=b=c", u"b=c"_s);
    row("no equals sign", "a", {});
    row("other letters", "a=%C3%A4", u"ä"_s);
    row("decoded once", "a=%2541", u"%41"_s);
    row("twice", "a=b&a=c", {}, u"twice"_s);
    row("twice, one of them escaped", "a=b&%61=c", {}, u"twice"_s);
    row("no name", "=b", {}, u"no name"_s);
    row("an empty one", "a=b&&c=d", {}, u"no name"_s);
    row("half an escape", "a=%4", {}, u"percent sign"_s);
    row("no hex digits", "a=%zz", {}, u"percent sign"_s);
    row("not UTF-8", "a=%FF", {}, u"UTF-8"_s);
    row("a line end", "a=b%0Ac", {}, u"control"_s);
    row("a raw blank", "a=b c", {}, u"percent-encoded"_s);
    row("too many", QByteArray("x=1&").repeated(65), {}, u"64"_s);
    row("too long", "a=" + QByteArray(17'000, 'b'), {}, u"longer"_s);
}

void TestForm::readsStrictlyWhatIsObeyed()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, fault);
    const auto form = readForm(text);
    QCOMPARE(form.has_value(), fault.isEmpty());
    if (form)
        QTEST(form->value("a"_L1), "value");
    else
        QVERIFY2(form.error().contains(fault), qPrintable(form.error()));
}

void TestForm::readsEverythingThatIsLookedThrough()
{
    const QByteArray text = "a=1&&A=2&%61=3+4&b&=5&c=%zz&d=%FF&e=%2541"_ba;
    QByteArrayList read;
    for (const FormField &field : formFields(text))
        read.append(field.name + '=' + field.value);
    QCOMPARE(read, (QByteArrayList{"a=1", "A=2", "a=3 4", "b=", "=5", "c=%zz", "d=\xff", "e=%41"}));
    QCOMPARE(formValues(text, "a"), (QByteArrayList{"1", "3 4"}));
    QCOMPARE(onlyFormValue(text, "a"), std::nullopt);
    QCOMPARE(onlyFormValue(text, "A"), "2"_ba);
    QCOMPARE(onlyFormValue(text, "x"), std::nullopt);
    QVERIFY(formFields("").isEmpty());
}

void TestForm::readsBackWhatItWrites()
{
    Form form;
    form.add(u"resource"_s, u"https://a/b?c=d&e=ü+ %"_s);
    form.add(u"a&b"_s, u""_s);
    QCOMPARE(form.text(), "resource=https%3A%2F%2Fa%2Fb%3Fc%3Dd%26e%3D%C3%BC%2B%20%25&a%26b="_ba);
    const auto back = readForm(form.text());
    QVERIFY(back);
    QCOMPARE(back->text(), form.text());
    QVERIFY(back->has("resource"_L1) && !back->has("a&b"_L1));
}

GATEHOUSE_TEST(TestForm)
#include "tst_form.moc"
