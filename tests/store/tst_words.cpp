// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/words.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheWords_data();
    void findsTheWords();
    void keepsWithinItsBounds();
    void showsWhereAWordStands_data();
    void showsWhereAWordStands();
};

void TestWords::findsTheWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("only signs") << u"'; -- \" ( ) * : & | !"_s << QString();
    QTest::newRow("case and signs") << u"Hello, WORLD-wide"_s << u"hello world wide"_s;
    QTest::newRow("each once") << u"a b A a"_s << u"a b"_s;
    QTest::newRow("accents") << u"Crème Brûlée"_s << u"creme brulee"_s;
    QTest::newRow("accents apart") << u"Cre\u0300me"_s << u"creme"_s;
    QTest::newRow("sharp s") << u"Straße"_s << u"strasse"_s;
    QTest::newRow("wide and ligatures") << u"ＡＢＣ ﬁn"_s << u"abc fin"_s;
    QTest::newRow("one character of many words") << u"\uFDFA"_s << u"صلى الله عليه وسلم"_s;
    QTest::newRow("marks upon marks") << u"a\u0301\u0316\u0301b"_s << u"ab"_s;
    QTest::newRow("Hangul, taken apart alike") << u"한"_s << u"\u1112\u1161\u11AB"_s;
    QTest::newRow("numbers") << u"3.14 v2"_s << u"3 14 v2"_s;
    QTest::newRow("a script without spaces") << u"東京tower"_s << u"東 京 tower"_s;
    QTest::newRow("Greek and Cyrillic") << u"Ωmega ЖИЗНЬ"_s << u"ωmega жизнь"_s;
    QTest::newRow("beyond the first plane") << u"𝐀𝐁 😀"_s << u"ab"_s;
}

void TestWords::findsTheWords()
{
    QFETCH(const QString, text);
    QTEST(store::wordsOf(text).join(u' '), "words");
}

void TestWords::keepsWithinItsBounds()
{
    QCOMPARE(store::wordsOf(QString(1000, u'a')).value(0).size(), 64);
    QString many;
    for (int i = 0; i < 1000; ++i)
        many += QString::number(i) + u' ';
    const qsizetype size = store::wordsOf(many, 100).join(u' ').size();
    QVERIFY2(size <= 100 && size > 90, qPrintable(QString::number(size)));
}

void TestWords::showsWhereAWordStands_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("excerpt");
    QTest::newRow("all of a short text") << u"one two"_s << u"two"_s << u"one two"_s;
    QTest::newRow("lines and blanks") << u"one\n\n  two"_s << u"one"_s << u"one two"_s;
    QTest::newRow("in the middle") << u"aaaaaaaaaaaaaaaaaaaa needle bbbbbbbbbbbbbbbbbbbbb"_s << u"needle"_s
                                   << u"…aaaaa needle bbbbb…"_s;
    QTest::newRow("found nowhere") << u"abcdefghijklmnopqrstuvwxyz"_s << u"zz"_s << u"abcdefghijklmnopqr…"_s;
    QTest::newRow("no half of a character") << u"😀😀😀😀😀😀😀😀😀😀"_s << u"x"_s << u"😀😀😀😀😀😀😀😀😀…"_s;
}

void TestWords::showsWhereAWordStands()
{
    QFETCH(const QString, text);
    QFETCH(const QString, word);
    QTEST(store::excerptOf(text, {word}, 18), "excerpt");
}

GATEHOUSE_TEST(TestWords)
#include "tst_words.moc"
