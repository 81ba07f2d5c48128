// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schemaform.h"
#include "app/theme.h"
#include "base/json.h"
#include "support/unit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QGroupBox>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace Qt::StringLiterals;

/// Fields for the values of a schema.
class TestSchemaForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Look::apply(Appearance::Light, 100); }
    void init();
    void holdsWhatIsGiven_data();
    void holdsWhatIsGiven();
    void showsNothingThatItCannot();
    void beginsWithWhatIsUsual();
    void takesNullForNotGiven();
    void keepsWhatIsUsualWithinWhatIsNotGiven();
    void givesWhatCannotBeReadAsItIs();
    void wantsAnObject();
    void givesWhatIsFilledIn();
    void growsAndShrinksItsLists();
    void asksOnlyForTheChosenAlternative();
    void leavesOutWhatIsNotGiven();
    void saysAtEachFieldWhatIsWrong_data();
    void saysAtEachFieldWhatIsWrong();
    void saysWhatIsMissingOnceItHasToBeThere();
    void namesAllThatTakesTheFocus();
    void showsForeignWordsAsText();
    void holdsTheObjectsOfTheOfficialTests();
    void staysQuickWithHostileSchemas_data();
    void staysQuickWithHostileSchemas();

private:
    void setSchema(const QByteArray &schema)
    {
        const auto read = base::readJsonObject(schema);
        QVERIFY2(read, schema.constData());
        m_form->setSchema(*read);
    }
    template <typename T> T *field(const QString &name) const
    {
        T *found = m_form->findChild<T *>(u"given/"_s + name);
        if (!found)
            qFatal("There is no %s.", qPrintable(name));
        return found;
    }
    QString faultAt(const QString &name) const
    {
        const auto *label = field<QLabel>(name + u"/fault"_s);
        return label->isHidden() ? QString() : label->text();
    }
    QByteArray value() const { return base::writeJson(m_form->value()); }

    std::unique_ptr<SchemaForm> m_form;
};

static const QByteArray everything
    = R"({"type":"object","required":["name"],"additionalProperties":false,"properties":{
"name":{"type":"string","minLength":2},"count":{"type":"integer","maximum":100},"share":{"type":"number"},
"flag":{"type":"boolean"},"colour":{"enum":["red","green",7]},"tags":{"type":"array","items":{"type":"string"}},
"days":{"type":"array","uniqueItems":true,"items":{"enum":["mon","tue"]}},"when":{"type":"object","required":["from"],"properties":{
"from":{"type":"string"},"to":{"type":"string"}}},"either":{"oneOf":[{"type":"string"},{"type":"object",
"properties":{"deep":{"type":"integer"}},"additionalProperties":false}]},"rows":{"type":"array","items":{"type":"object","properties":{"a":{"type":"integer"}}}},"any":{}}})";

void TestSchemaForm::init()
{
    m_form = std::make_unique<SchemaForm>(u"given"_s);
    m_form->resize(500, 900);
}

void TestSchemaForm::holdsWhatIsGiven_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::newRow("a text") << R"({"name":"a"})"_ba;
    QTest::newRow("numbers") << R"({"count":9223372036854775807,"name":"ab","share":0.1})"_ba;
    QTest::newRow("false is not nothing") << R"({"flag":false,"name":""})"_ba.replace(R"(,"name":"")", "");
    QTest::newRow("true") << R"({"flag":true})"_ba;
    QTest::newRow("a choice that is no text") << R"({"colour":7})"_ba;
    QTest::newRow("a list of texts") << R"({"tags":["a","","b"]})"_ba;
    QTest::newRow("some of several") << R"({"days":["tue"]})"_ba;
    QTest::newRow("an object") << R"({"when":{"from":"a"}})"_ba;
    QTest::newRow("an empty object") << R"({"when":{}})"_ba;
    QTest::newRow("one alternative") << R"({"either":"x"})"_ba;
    QTest::newRow("the other one") << R"({"either":{"deep":3}})"_ba;
    QTest::newRow("a list of objects") << R"({"rows":[{"a":1},{"a":2},{}]})"_ba;
    QTest::newRow("anything") << R"({"any":{"x":[1,null,"\u00e9"]}})"_ba;
    QTest::newRow("null where anything may be") << R"({"any":null})"_ba;
}

void TestSchemaForm::holdsWhatIsGiven()
{
    QFETCH(const QByteArray, given);
    setSchema(everything);
    const QJsonObject object = base::readJsonObject(given).value();
    QVERIFY(m_form->setValue(object));
    QCOMPARE(m_form->value(), object);
    // And nothing of it is left.
    QVERIFY(m_form->setValue({}));
    QCOMPARE(value(), "{}"_ba);
}

void TestSchemaForm::showsNothingThatItCannot()
{
    setSchema(everything);
    QVERIFY(m_form->setValue({{u"name"_s, u"kept"_s}}));
    for (const QByteArray &given : {R"({"name":1})"_ba, R"({"colour":"blue"})"_ba, R"({"other":1})"_ba,
                                    R"({"when":{"at":1}})"_ba, R"({"either":5})"_ba}) {
        QVERIFY2(!m_form->setValue(base::readJsonObject(given).value()), given.constData());
        QCOMPARE(value(), R"({"name":"kept"})"_ba);
    }
}

void TestSchemaForm::beginsWithWhatIsUsual()
{
    setSchema(R"({"properties":{"a":{"type":"string","default":"x"},"b":{"type":"number","default":1.50},
"c":{"enum":[1,2],"default":2},"d":{"type":"array","items":{"type":"integer"},"default":[1,2]},
"e":{"type":"boolean","default":true},"f":{"type":"object","properties":{"g":{"type":"string"}},"default":{"g":"h"}}}})");
    QCOMPARE(value(), R"({"a":"x","b":1.5,"c":2,"d":[1,2],"e":true,"f":{"g":"h"}})"_ba);
}

void TestSchemaForm::takesNullForNotGiven()
{
    setSchema(R"({"properties":{"s":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null},
"i":{"type":["integer","null"],"default":null},"b":{"type":["boolean","null"],"default":null},
"o":{"anyOf":[{"type":"object","properties":{"x":{"type":"string"}},"required":["x"]},{"type":"null"}],"default":null}}})");
    QCOMPARE(value(), "{}"_ba);
    QVERIFY(m_form->judge(true).isEmpty());
}

void TestSchemaForm::keepsWhatIsUsualWithinWhatIsNotGiven()
{
    setSchema(
        R"({"properties":{"o":{"type":"object","properties":{"f":{"type":"boolean","default":true},"n":{"type":"integer","default":10}}}}})");
    QVERIFY(m_form->setValue({}));
    QCOMPARE(value(), "{}"_ba);
    field<QGroupBox>(u"o"_s)->setChecked(true);
    QCOMPARE(value(), R"({"o":{"f":true,"n":10}})"_ba);
}

void TestSchemaForm::givesWhatCannotBeReadAsItIs()
{
    setSchema(everything);
    field<QLineEdit>(u"count"_s)->setText(u"many"_s);
    field<QPlainTextEdit>(u"any"_s)->setPlainText(u"{"_s);
    QCOMPARE(value(), "{}"_ba);
    QCOMPARE(base::writeJson(m_form->asTyped()), R"({"any":"{","count":"many"})"_ba);
}

void TestSchemaForm::wantsAnObject()
{
    setSchema(R"({"type":"object"})");
    auto *text = m_form->findChild<QPlainTextEdit *>();
    text->setPlainText(u"[1,2]"_s);
    QCOMPARE(m_form->judge(false).size(), 1);
    text->setPlainText(u"{\"a\":1}"_s);
    QVERIFY(m_form->judge(true).isEmpty());
    QCOMPARE(value(), R"({"a":1})"_ba);
}

void TestSchemaForm::givesWhatIsFilledIn()
{
    setSchema(everything);
    QSignalSpy changed(m_form.get(), &SchemaForm::changed);
    QTest::keyClicks(field<QLineEdit>(u"name"_s), u"Ada"_s);
    QTest::keyClicks(field<QLineEdit>(u"count"_s), u"12"_s);
    field<QCheckBox>(u"flag"_s)->click();
    field<QComboBox>(u"colour"_s)->setCurrentIndex(2);
    field<QListWidget>(u"days"_s)->item(0)->setCheckState(Qt::Checked);
    field<QPlainTextEdit>(u"any"_s)->setPlainText(u"[true]"_s);
    QVERIFY(changed.size() >= 6);
    QCOMPARE(value(),
             R"({"any":[true],"colour":"green","count":12,"days":["mon"],"flag":true,"name":"Ada"})"_ba);
    QVERIFY(m_form->judge(true).isEmpty());
}

void TestSchemaForm::growsAndShrinksItsLists()
{
    setSchema(everything);
    auto *add = field<QPushButton>(u"tags"_s);
    for (int i = 0; i < 3; ++i) {
        add->click();
        field<QLineEdit>(u"tags/%1"_s.arg(i))->setText(QString::number(i));
    }
    QCOMPARE(value(), R"({"tags":["0","1","2"]})"_ba);
    // The button that takes the second one out stands beside it.
    QWidget *row = field<QLineEdit>(u"tags/1"_s)->parentWidget()->parentWidget();
    row->findChild<QPushButton *>(QString(), Qt::FindDirectChildrenOnly)->click();
    QCOMPARE(value(), R"({"tags":["0","2"]})"_ba);
    for (int i = 0; i < 200; ++i)
        add->click();
    QVERIFY(!add->isEnabled());
    QCOMPARE(m_form->value().value("tags"_L1).toArray().size(), 100);
}

void TestSchemaForm::asksOnlyForTheChosenAlternative()
{
    setSchema(everything);
    auto *box = field<QComboBox>(u"either"_s);
    QCOMPARE(box->currentText(), u"not given"_s);
    box->setCurrentIndex(2);
    field<QLineEdit>(u"either/1/deep"_s)->setText(u"5"_s);
    field<QLineEdit>(u"either/0"_s)->setText(u"not this one"_s);
    QCOMPARE(value(), R"({"either":{"deep":5}})"_ba);
    QVERIFY(field<QLineEdit>(u"either/0"_s)->isHidden()
            || !field<QLineEdit>(u"either/0"_s)->isVisibleTo(m_form.get()));
    box->setCurrentIndex(1);
    QCOMPARE(value(), R"({"either":"not this one"})"_ba);
}

void TestSchemaForm::leavesOutWhatIsNotGiven()
{
    setSchema(everything);
    auto *when = field<QGroupBox>(u"when"_s);
    QVERIFY(!when->isChecked());
    field<QLineEdit>(u"when/from"_s)->setText(u"a"_s);
    QCOMPARE(value(), "{}"_ba);
    when->setChecked(true);
    QCOMPARE(value(), R"({"when":{"from":"a"}})"_ba);
    auto *flag = field<QCheckBox>(u"flag"_s);
    QCOMPARE(flag->text(), u"not given"_s);
    for (const char *said : {"true", "false", "not given"}) {
        for (int i = 0; i < 3 && flag->text() != QLatin1StringView(said); ++i)
            flag->click();
        QCOMPARE(flag->text(), QLatin1StringView(said));
        QCOMPARE(m_form->value().contains(u"flag"_s), QLatin1StringView(said) != "not given"_L1);
    }
}

void TestSchemaForm::saysAtEachFieldWhatIsWrong_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("said");
    QTest::newRow("no number") << u"count"_s << u"many"_s << u"whole number"_s;
    QTest::newRow("too large") << u"count"_s << u"500"_s << u"100"_s;
    QTest::newRow("too short") << u"name"_s << u"a"_s << u"2"_s;
    QTest::newRow("no JSON") << u"any"_s << u"{"_s << u"JSON"_s;
    QTest::newRow("within an object") << u"when/to"_s << u"x"_s << QString();
}

void TestSchemaForm::saysAtEachFieldWhatIsWrong()
{
    QFETCH(const QString, name);
    QFETCH(const QString, typed);
    QFETCH(const QString, said);
    setSchema(everything);
    if (auto *line = m_form->findChild<QLineEdit *>(u"given/"_s + name))
        line->setText(typed);
    else
        field<QPlainTextEdit>(name)->setPlainText(typed);
    const auto faults = m_form->judge(false);
    QCOMPARE(faults.isEmpty(), said.isEmpty());
    QVERIFY2(faultAt(name).contains(said), qPrintable(faultAt(name)));
    if (said.isEmpty())
        return;
    QCOMPARE(m_form->firstField(), field<QWidget>(name));
    QCOMPARE(field<QWidget>(name)->accessibleDescription().isEmpty(), false);
    QVERIFY(m_form->setValue({{u"name"_s, u"Ada"_s}}));
    QVERIFY(m_form->judge(true).isEmpty());
    QCOMPARE(faultAt(name), QString());
}

void TestSchemaForm::saysWhatIsMissingOnceItHasToBeThere()
{
    setSchema(everything);
    QVERIFY(m_form->judge(false).isEmpty());
    QCOMPARE(m_form->judge(true).size(), 1);
    QVERIFY(!faultAt(u"name"_s).isEmpty());
    QCOMPARE(m_form->firstField(), field<QWidget>(u"name"_s));
    field<QGroupBox>(u"when"_s)->setChecked(true);
    QCOMPARE(m_form->judge(true).size(), 2);
    QVERIFY(!faultAt(u"when/from"_s).isEmpty());
}

void TestSchemaForm::namesAllThatTakesTheFocus()
{
    setSchema(everything);
    field<QPushButton>(u"tags"_s)->click();
    field<QPushButton>(u"rows"_s)->click();
    for (QWidget *one : m_form->findChildren<QWidget *>()) {
        if ((one->focusPolicy() & Qt::TabFocus) && !one->objectName().startsWith("qt_"_L1))
            QVERIFY2(!one->accessibleName().isEmpty() || !one->property("text").toString().isEmpty(),
                     qPrintable(QString::fromLatin1(one->metaObject()->className()) + one->objectName()));
    }
}

void TestSchemaForm::showsForeignWordsAsText()
{
    setSchema(
        R"({"properties":{"<b>a</b>\u202e&x":{"type":"string","description":"<img src='file:///etc/passwd'>\u0007","title":"&T\u202e"},"o&o":{"type":"object","properties":{"p":{"type":"string"}}}}})");
    for (const QLabel *label : m_form->findChildren<QLabel *>()) {
        QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY(!label->text().contains(QChar(0x202E)) && !label->text().contains(QChar(7)));
        QVERIFY(!label->buddy());
    }
    for (const auto *box : m_form->findChildren<QGroupBox *>())
        QCOMPARE(box->title(), u"o&&o"_s);
}

/// What the official tests call valid is held, and given back as it was; nothing of it is refused.
void TestSchemaForm::holdsTheObjectsOfTheOfficialTests()
{
    const QDir folder(QStringLiteral(GATEHOUSE_SOURCE_DIR) + u"/../shared/vectors/jsonschema/draft2020-12"_s);
    if (!folder.exists())
        QSKIP("The official test suite is not beside the project (../shared/vectors/jsonschema).");
    int held = 0;
    for (const QFileInfo &info : folder.entryInfoList({u"*.json"_s}, QDir::Files)) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto groups = base::readJson(file.readAll(), {200, 16 * 1024 * 1024});
        QVERIFY2(groups, qPrintable(info.fileName()));
        for (const QJsonValue &group : groups->toArray()) {
            if (!group["schema"_L1].isObject())
                continue;
            m_form->setSchema(group["schema"_L1].toObject());
            for (const QJsonValue &test : group["tests"_L1].toArray()) {
                if (!test["data"_L1].isObject() || !test["valid"_L1].toBool())
                    continue;
                const QJsonObject data = test["data"_L1].toObject();
                if (!m_form->setValue(data))
                    continue; // As JSON.
                ++held;
                QVERIFY2(schema::isSameJson(m_form->value(), data),
                         (info.fileName().toUtf8() + ": " + base::writeJson(data) + " became " + value())
                             .constData());
            }
        }
    }
    QVERIFY2(held > 50, qPrintable(QString::number(held)));
}

void TestSchemaForm::staysQuickWithHostileSchemas_data()
{
    QTest::addColumn<QByteArray>("schema");
    QByteArrayList many;
    for (int i = 0; i < 10'000; ++i)
        many.append("\"p" + QByteArray::number(i) + R"(":{"type":"string"})");
    QTest::newRow("ten thousand properties") << QByteArray("{\"properties\":{" + many.join(',') + "}}");
    QTest::newRow("itself, again and again")
        << R"({"properties":{"a":{"$ref":"#"},"b":{"$ref":"#"},"c":{"type":"array","items":{"$ref":"#"}}}})"_ba;
    QTest::newRow("a description of five megabytes") << QByteArray(
        R"({"properties":{"a":{"type":"string","description":")" + QByteArray(5'000'000, 'x') + R"("}}})");
    QByteArrayList values;
    for (int i = 0; i < 10'000; ++i)
        values.append('"' + QByteArray(100, 'v') + QByteArray::number(i) + '"');
    QTest::newRow("a thousand alternatives of everything")
        << QByteArray("{\"anyOf\":[" + QByteArrayList(1000, "{}").join(',') + "]}");
    QTest::newRow("forty alternatives of itself")
        << QByteArray("{\"anyOf\":[" + QByteArrayList(40, R"({"$ref":"#"})").join(',') + "]}");
    QTest::newRow("ten thousand choices")
        << QByteArray("{\"properties\":{\"a\":{\"enum\":[" + values.join(',') + "]}}}");
}

/// No more is made than a person can fill in.
void TestSchemaForm::staysQuickWithHostileSchemas()
{
    QFETCH(const QByteArray, schema);
    const auto read = base::readJsonObject(schema, {200, 16 * 1024 * 1024});
    QVERIFY(read);
    m_form->setSchema(*read);
    const qsizetype widgets = m_form->findChildren<QWidget *>().size();
    QVERIFY2(widgets < 3000, qPrintable(QString::number(widgets)));
    m_form->judge(true);
    QVERIFY(m_form->firstField());
}

GATEHOUSE_TEST(TestSchemaForm)
#include "tst_schemaform.moc"
