// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/evaluation.h"

#include "base/json.h"

#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace gatehouse::schema {

namespace {

constexpr int maximumDepth = 512; ///< Of schemas that are entered from each other.
constexpr qint64 maximumSteps = 500'000; ///< Of one judgement; a tool's arguments take hundreds.
constexpr qint64 maximumPatternWork
    = 32'000'000; ///< Of all its patterns together; Pattern::find() has the unit.
constexpr qsizetype maximumFaults = 8;

/// What of a value has been looked at by schemas that accept it (draft 2020-12 §11).
struct Seen
{
    QSet<QString> members = {};
    bool allMembers = false;
    qsizetype items = 0; ///< So many from the start.
    QSet<qsizetype> more = {}; ///< Items that `contains` accepted.

    void merge(const Seen &other)
    {
        members.unite(other.members);
        allMembers |= other.allMembers;
        items = std::max(items, other.items);
        more.unite(other.more);
    }
};

/// Thrown when the bound is reached, caught by evaluate().
struct TooMuch
{
    QString text;
};

int typesOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return SchemaNode::Null;
    case QJsonValue::Bool:
        return SchemaNode::Boolean;
    case QJsonValue::Object:
        return SchemaNode::Object;
    case QJsonValue::Array:
        return SchemaNode::Array;
    case QJsonValue::String:
        return SchemaNode::String;
    case QJsonValue::Double:
        return std::floor(value.toDouble()) == value.toDouble() ? SchemaNode::Number | SchemaNode::Integer
                                                                : SchemaNode::Number;
    case QJsonValue::Undefined:
        break;
    }
    return 0;
}

QString namesOf(int types)
{
    QStringList names;
    const std::pair<int, QString> all[]
        = {{SchemaNode::Null, u"null"_s},         {SchemaNode::Boolean, u"a boolean"_s},
           {SchemaNode::Object, u"an object"_s},  {SchemaNode::Array, u"an array"_s},
           {SchemaNode::Number, u"a number"_s},   {SchemaNode::String, u"a string"_s},
           {SchemaNode::Integer, u"an integer"_s}};
    for (const auto &[type, name] : all) {
        if (types & type)
            names.append(name);
    }
    return names.join(u" or "_s);
}

/// The value for a sentence, short.
QString shown(const QJsonValue &value)
{
    if (value.isObject())
        return u"an object"_s;
    if (value.isArray())
        return u"an array"_s;
    // Of a long text only the start is written: it may be a megabyte, and be shown a thousand times.
    const QString text = value.isString()
        ? QString::fromUtf8(base::writeJson(QJsonValue(value.toString().left(61))))
        : QString::fromUtf8(base::writeJson(value));
    return text.size() > 60 ? text.first(60) + u"…"_s : text;
}

QString plain(double number)
{
    return QString::number(number, 'g', 15);
}

qsizetype codePointsOf(const QString &text)
{
    return text.size() - std::count_if(text.begin(), text.end(), [](QChar c) { return c.isLowSurrogate(); });
}

bool isMultiple(double value, double of)
{
    const double quotient = value / of;
    if (!std::isfinite(quotient))
        return false; // Beyond what a double tells.
    return std::abs(quotient - std::round(quotient)) <= 1e-10 * std::max(1.0, std::abs(quotient));
}

/// `step` is told what it costs.
template <typename Step> bool isSameJson(const QJsonValue &a, const QJsonValue &b, const Step &step)
{
    step(1);
    if (a.type() != b.type())
        return false;
    if (a.isDouble()) // Whole numbers up to 2^63 stay exact where both are.
        return a.toDouble() == b.toDouble() && a.toInteger(1) == b.toInteger(1);
    const auto isSame
        = [&step](const QJsonValue &left, const QJsonValue &right) { return isSameJson(left, right, step); };
    if (a.isArray()) {
        const QJsonArray left = a.toArray();
        const QJsonArray right = b.toArray();
        return left.size() == right.size() && std::equal(left.begin(), left.end(), right.begin(), isSame);
    }
    if (!a.isObject())
        return a == b;
    const QJsonObject left = a.toObject();
    const QJsonObject right = b.toObject();
    if (left.size() != right.size())
        return false;
    for (auto it = left.begin(); it != left.end(); ++it) {
        if (!right.contains(it.key()) || !isSame(*it, right.value(it.key())))
            return false;
    }
    return true;
}

/// A text that is the same for the same JSON.
void writeCanonical(const QJsonValue &value, QByteArray &out)
{
    if (value.isDouble()) {
        out += QByteArray::number(value.toDouble(), 'g', 17);
    } else if (value.isArray()) {
        out += '[';
        for (const QJsonValue &one : value.toArray()) {
            writeCanonical(one, out);
            out += ',';
        }
        out += ']';
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        out += '{';
        for (auto it = object.begin(); it != object.end(); ++it) { // In the order of their names.
            out += base::writeJson(QJsonValue(it.key())) + ':';
            writeCanonical(*it, out);
            out += ',';
        }
        out += '}';
    } else {
        out += base::writeJson(value);
    }
}

/// A place in the value, as the steps that lead there: most are never told of.
struct Where
{
    const Where *outer = nullptr;
    QStringView member = {};
    qsizetype item = -1; ///< Instead of a member.

    /// As a JSON Pointer (RFC 6901).
    [[nodiscard]] QString text() const
    {
        if (!outer)
            return {};
        const QString step = item >= 0
            ? QString::number(item)
            : member.left(80).toString().replace(u'~', u"~0"_s).replace(u'/', u"~1"_s);
        return outer->text() + u'/' + step;
    }
};

class Evaluation
{
public:
    explicit Evaluation(const Schema::Compiled &schema)
        : m_schema(schema)
    { }

    QList<Schema::Fault> faults;

    bool judge(const SchemaNode &node, const QJsonValue &value, const Where &where, Seen *seen)
    {
        step();
        if (node.always) {
            if (!*node.always)
                fail(where, [&] { return u"nothing is allowed here"_s; });
            return *node.always;
        }
        if (++m_depth > maximumDepth)
            throw TooMuch{u"the schema refers to itself too deeply"_s};
        const bool entersResource = m_scope.empty() || m_scope.back() != node.resource;
        if (entersResource)
            m_scope.push_back(node.resource);
        Seen own;
        const bool isValid = judgeHere(node, value, where, own);
        if (entersResource)
            m_scope.pop_back();
        --m_depth;
        if (isValid && seen) {
            step((own.members.size() + own.more.size()) / 8);
            seen->merge(own);
        }
        return isValid;
    }

private:
    bool judgeHere(const SchemaNode &node, const QJsonValue &value, const Where &where, Seen &own)
    {
        bool isValid = judgeValue(node, value, where);
        if (node.ref)
            isValid &= judge(*node.ref, value, where, &own);
        if (node.dynamicRef)
            isValid &= judge(dynamicTarget(node), value, where, &own);
        isValid &= judgeCombinations(node, value, where, own);
        if (value.isArray())
            isValid &= judgeArray(node, value.toArray(), where, own);
        else if (value.isObject())
            isValid &= judgeObject(node, value.toObject(), where, own);
        return isValid;
    }

    void step(qint64 cost = 1)
    {
        m_steps += cost;
        if (m_steps > maximumSteps)
            throw TooMuch{u"to judge the value takes too much work"_s};
    }

    /// `words` are asked for only where somebody reads them.
    template <typename Words> bool fail(const Where &where, const Words &words)
    {
        if (m_silent == 0 && faults.size() < maximumFaults)
            faults.append({where.text(), words()});
        return false;
    }

    const SchemaNode &dynamicTarget(const SchemaNode &node) const
    {
        if (!node.dynamicName.isEmpty()) {
            for (const int resource : m_scope) {
                if (const SchemaNode *found
                    = m_schema.dynamicAnchors[size_t(resource)].value(node.dynamicName))
                    return *found;
            }
        }
        return *node.dynamicRef;
    }

    bool isSame(const QJsonValue &a, const QJsonValue &b)
    {
        return isSameJson(a, b, [this](qint64 cost) { step(cost); });
    }

    /// Judges without a word: what fails here is no fault of the whole.
    bool tryOut(const SchemaNode &node, const QJsonValue &value, const Where &where, Seen *seen)
    {
        ++m_silent;
        const bool isValid = judge(node, value, where, seen);
        --m_silent;
        return isValid;
    }

    bool judgeValue(const SchemaNode &node, const QJsonValue &value, const Where &where)
    {
        bool isValid = true;
        if (node.types != 0 && !(node.types & typesOf(value)))
            isValid = fail(where,
                           [&] { return u"must be %1 and is %2"_s.arg(namesOf(node.types), shown(value)); });
        if (node.oneOfValues) {
            if (value.isString())
                step(value.toString().size() / 64); // Qt copies it to compare it.
            const bool isOne = std::any_of(node.oneOfValues->begin(), node.oneOfValues->end(),
                                           [&](const QJsonValue &one) { return isSame(one, value); });
            if (!isOne) {
                isValid = fail(where, [&] {
                    QStringList wanted;
                    for (qsizetype i = 0; i < std::min<qsizetype>(node.oneOfValues->size(), 10); ++i)
                        wanted.append(shown(node.oneOfValues->at(i)));
                    return u"must be %1 and is %2"_s.arg(wanted.join(u" or "_s), shown(value));
                });
            }
        }
        if (value.isDouble())
            isValid &= judgeNumber(node, value.toDouble(), where);
        else if (value.isString() && (node.minLength || node.maxLength || node.pattern))
            isValid &= judgeString(node, value.toString(), where);
        return isValid;
    }

    bool judgeNumber(const SchemaNode &node, double number, const Where &where)
    {
        const auto must = [&](bool is, const QString &what, const std::optional<double> &bound) {
            return is || fail(where, [&] {
                       return u"must be %1 %2 and is %3"_s.arg(what, plain(*bound), plain(number));
                   });
        };
        bool isValid = true;
        if (node.multipleOf)
            isValid &= must(isMultiple(number, *node.multipleOf), u"a multiple of"_s, node.multipleOf);
        if (node.minimum)
            isValid &= must(number >= *node.minimum, u"at least"_s, node.minimum);
        if (node.maximum)
            isValid &= must(number <= *node.maximum, u"at most"_s, node.maximum);
        if (node.exclusiveMinimum)
            isValid &= must(number > *node.exclusiveMinimum, u"more than"_s, node.exclusiveMinimum);
        if (node.exclusiveMaximum)
            isValid &= must(number < *node.exclusiveMaximum, u"less than"_s, node.exclusiveMaximum);
        return isValid;
    }

    bool judgeString(const SchemaNode &node, const QString &text, const Where &where)
    {
        bool isValid = true;
        if (node.minLength || node.maxLength) {
            const qsizetype length = codePointsOf(text);
            step(length / 64);
            isValid &= judgeCount(double(length), node.minLength, node.maxLength, u"characters"_s, where);
        }
        if (node.pattern && !matches(*node.pattern, text))
            isValid = fail(where, [&] {
                return u"must fit the pattern %1 and is %2"_s.arg(node.pattern->text().left(120),
                                                                  shown(text));
            });
        return isValid;
    }

    bool matches(const Pattern &pattern, const QString &text)
    {
        step();
        switch (pattern.find(text, m_patternWork)) {
        case Pattern::Answer::Matches:
            return true;
        case Pattern::Answer::Differs:
            return false;
        case Pattern::Answer::TooMuchWork:
            break;
        }
        throw TooMuch{u"the pattern %1 takes too much work"_s.arg(pattern.text().left(120))};
    }

    bool judgeCount(double count, const std::optional<double> &minimum, const std::optional<double> &maximum,
                    const QString &what, const Where &where)
    {
        if (minimum && count < *minimum)
            return fail(where, [&] {
                return u"must have at least %1 %2 and has %3"_s.arg(plain(*minimum), what, plain(count));
            });
        if (maximum && count > *maximum)
            return fail(where, [&] {
                return u"must have at most %1 %2 and has %3"_s.arg(plain(*maximum), what, plain(count));
            });
        return true;
    }

    bool judgeCombinations(const SchemaNode &node, const QJsonValue &value, const Where &where, Seen &own)
    {
        bool isValid = true;
        for (const SchemaNode *one : node.allOf)
            isValid &= judge(*one, value, where, &own);
        if (!node.anyOf.empty()) {
            bool fitsOne = false;
            for (const SchemaNode *one : node.anyOf) {
                fitsOne |= tryOut(*one, value, where, &own);
                if (fitsOne && !m_schema.usesUnevaluated)
                    break; // The rest could only add to what has been seen.
            }
            if (!fitsOne)
                isValid = failAll(node.anyOf, value, where);
        }
        if (!node.oneOf.empty()) {
            int fitting = 0;
            for (const SchemaNode *one : node.oneOf)
                fitting += tryOut(*one, value, where, &own) ? 1 : 0;
            if (fitting == 0)
                isValid = failAll(node.oneOf, value, where);
            else if (fitting > 1)
                isValid = fail(
                    where, [&] { return u"fits %1 of the forms of which it may fit one"_s.arg(fitting); });
        }
        if (node.no && tryOut(*node.no, value, where, nullptr))
            isValid = fail(where, [&] { return u"has a form that is not allowed"_s; });
        if (node.condition) {
            const SchemaNode *next = tryOut(*node.condition, value, where, &own) ? node.then : node.otherwise;
            isValid &= !next || judge(*next, value, where, &own);
        }
        return isValid;
    }

    /// Says of each form why it does not fit, or only that none does where that is all one can say.
    bool failAll(const std::vector<const SchemaNode *> &forms, const QJsonValue &value, const Where &where)
    {
        if (m_silent > 0)
            return false;
        fail(where, [&] { return u"fits none of the %1 allowed forms"_s.arg(forms.size()); });
        for (const SchemaNode *form : forms)
            judge(*form, value, where, nullptr);
        return false;
    }

    bool judgeArray(const SchemaNode &node, const QJsonArray &array, const Where &where, Seen &own)
    {
        bool isValid = judgeCount(double(array.size()), node.minItems, node.maxItems, u"items"_s, where);
        const auto at = [&where](qsizetype i) { return Where{&where, {}, i}; };
        const qsizetype prefixed = std::min(qsizetype(node.prefixItems.size()), array.size());
        for (qsizetype i = 0; i < prefixed; ++i)
            isValid &= judge(*node.prefixItems[size_t(i)], array[i], at(i), nullptr);
        own.items = std::max(own.items, prefixed);
        if (node.items) {
            for (qsizetype i = prefixed; i < array.size(); ++i)
                isValid &= judge(*node.items, array[i], at(i), nullptr);
            own.items = array.size();
        }
        if (node.contains) {
            qsizetype found = 0;
            for (qsizetype i = 0; i < array.size(); ++i) {
                if (tryOut(*node.contains, array[i], at(i), nullptr)) {
                    ++found;
                    own.more.insert(i);
                }
            }
            isValid &= judgeCount(double(found), node.minContains ? node.minContains : 1.0, node.maxContains,
                                  u"items of a certain form"_s, where);
        }
        if (node.uniqueItems && !areUnique(array))
            isValid = fail(where, [&] { return u"must not have the same item twice"_s; });
        if (node.unevaluatedItems) {
            for (qsizetype i = own.items; i < array.size(); ++i) {
                if (!own.more.contains(i))
                    isValid &= judge(*node.unevaluatedItems, array[i], at(i), nullptr);
            }
            own.items = array.size();
        }
        return isValid;
    }

    bool areUnique(const QJsonArray &array)
    {
        QSet<QByteArray> texts;
        for (const QJsonValue &item : array) {
            QByteArray text;
            writeCanonical(item, text);
            step(1 + text.size() / 64);
            if (texts.contains(text))
                return false;
            texts.insert(text);
        }
        return true;
    }

    bool judgeObject(const SchemaNode &node, const QJsonObject &object, const Where &where, Seen &own)
    {
        bool isValid
            = judgeCount(double(object.size()), node.minProperties, node.maxProperties, u"members"_s, where);
        step(node.required.size() + node.dependentRequired.size() + qint64(node.dependentSchemas.size()));
        for (const QString &name : node.required) {
            if (!object.contains(name))
                isValid = fail(where, [&] { return u"must have the member %1"_s.arg(name.left(80)); });
        }
        for (auto it = node.dependentRequired.begin(); it != node.dependentRequired.end(); ++it) {
            for (const QString &name : object.contains(it.key()) ? *it : QStringList()) {
                step();
                if (!object.contains(name))
                    isValid = fail(where, [&] {
                        return u"must have the member %1 where it has %2"_s.arg(name.left(80),
                                                                                it.key().left(80));
                    });
            }
        }
        for (auto it = node.dependentSchemas.begin(); it != node.dependentSchemas.end(); ++it) {
            if (object.contains(it.key()))
                isValid &= judge(**it, object, where, &own);
        }
        for (auto it = object.begin(); it != object.end(); ++it)
            isValid &= judgeMember(node, it.key(), *it, where, own);
        if (node.unevaluatedProperties) {
            for (auto it = object.begin(); it != object.end(); ++it) {
                if (!own.allMembers && !own.members.contains(it.key()))
                    isValid &= judgeLeftOver(*node.unevaluatedProperties, it.key(), *it, where);
            }
            own.allMembers = true;
        }
        return isValid;
    }

    bool judgeMember(const SchemaNode &node, const QString &name, const QJsonValue &value, const Where &where,
                     Seen &own)
    {
        step();
        bool isValid = true;
        bool isKnown = false;
        const Where at{&where, name};
        if (const auto property = node.properties.constFind(name); property != node.properties.cend()) {
            isKnown = true;
            isValid &= judge(**property, value, at, nullptr);
        }
        for (const auto &[pattern, schema] : node.patternProperties) {
            if (matches(pattern, name)) {
                isKnown = true;
                isValid &= judge(*schema, value, at, nullptr);
            }
        }
        if (!isKnown && node.additionalProperties) {
            isKnown = true;
            isValid &= judgeLeftOver(*node.additionalProperties, name, value, where);
        }
        if (node.propertyNames)
            isValid &= judge(*node.propertyNames, name, at, nullptr);
        if (isKnown && m_schema.usesUnevaluated)
            own.members.insert(name);
        return isValid;
    }

    /// A member that nothing names: where none is allowed, that is said.
    bool judgeLeftOver(const SchemaNode &schema, const QString &name, const QJsonValue &value,
                       const Where &where)
    {
        if (schema.always == false)
            return fail(where, [&] { return u"must not have the member %1"_s.arg(name.left(80)); });
        return judge(schema, value, Where{&where, name}, nullptr);
    }

    const Schema::Compiled &m_schema;
    std::vector<int> m_scope; ///< Resources that were entered, the outermost first.
    int m_depth = 0;
    int m_silent = 0;
    qint64 m_steps = 0;
    qint64 m_patternWork = maximumPatternWork; ///< That is left.
};

} // namespace

bool isSameJson(const QJsonValue &a, const QJsonValue &b)
{
    return isSameJson(a, b, [](qint64) {});
}

Schema::Judgement evaluate(const Schema::Compiled &schema, const QJsonValue &value)
{
    Evaluation evaluation(schema);
    try {
        const bool isValid = evaluation.judge(*schema.root, value, {}, nullptr);
        return {isValid ? Schema::Verdict::Valid : Schema::Verdict::Invalid, evaluation.faults};
    } catch (const TooMuch &bound) {
        return {Schema::Verdict::Undecided, {{{}, bound.text}}};
    }
}

} // namespace gatehouse::schema
