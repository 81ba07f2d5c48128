// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/schema.h"

#include "base/percent.h"
#include "schema/evaluation.h"
#include "schema/metaschemas.h"
#include "schema/node.h"

#include <QJsonObject>
#include <QUrl>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace gatehouse::schema {

namespace {

constexpr int maximumDepth = 128; ///< Of schemas in each other.
constexpr size_t maximumNodes = 20'000;
constexpr int maximumPatterns = 1000;
constexpr qsizetype maximumPatternLength = 64 * 1024; ///< Of all together.
constexpr QLatin1StringView namelessBase{"https://schema.invalid/"}; ///< RFC 6761 §6.4: nobody's.

constexpr std::array single{"additionalProperties"_L1,
                            "contains"_L1,
                            "contentSchema"_L1,
                            "else"_L1,
                            "if"_L1,
                            "items"_L1,
                            "not"_L1,
                            "propertyNames"_L1,
                            "then"_L1,
                            "unevaluatedItems"_L1,
                            "unevaluatedProperties"_L1};
constexpr std::array lists{"allOf"_L1, "anyOf"_L1, "oneOf"_L1, "prefixItems"_L1};
constexpr std::array maps{"$defs"_L1, "definitions"_L1, "dependentSchemas"_L1, "patternProperties"_L1,
                          "properties"_L1};

QString escaped(QString token)
{
    return token.replace(u'~', u"~0"_s).replace(u'/', u"~1"_s);
}

QString unescaped(QString token)
{
    return token.replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s);
}

/// An address and the fragment behind it, percent-decoded.
std::pair<QString, QString> splitFragment(const QString &uri)
{
    const qsizetype hash = uri.indexOf(u'#');
    if (hash < 0)
        return {uri, {}};
    return {uri.first(hash), QString::fromUtf8(base::percentDecoded(uri.sliced(hash + 1).toUtf8()))};
}

QString resolved(const QString &base, const QString &reference)
{
    if (reference.isEmpty())
        return base;
    const QUrl url(reference);
    return (url.isRelative() ? QUrl(base).resolved(url) : url).toString(QUrl::FullyEncoded);
}

/// What is thrown while a schema is compiled and turned into an answer by compile().
struct Unusable
{
    QString text;
};

/// Reads schemas into nodes: first finds what has an $id or an anchor, then follows what the root leads to.
class Compiler
{
public:
    Compiler(Schema::Compiled &compiled, const Schema::Documents &documents)
        : m_compiled(compiled)
        , m_documents(documents)
    { }

    void run(const QJsonValue &schema)
    {
        const int root = addDocument(schema, namelessBase);
        m_compiled.root = node({root, {}});
        while (!m_open.empty()) {
            const auto [place, into] = m_open.back();
            m_open.pop_back();
            read(place, *into);
        }
        for (size_t i = 0; i < m_resources.size(); ++i) {
            QHash<QString, const SchemaNode *> anchors;
            for (auto it = m_resources[i].dynamicAnchors.begin(); it != m_resources[i].dynamicAnchors.end();
                 ++it) {
                // Only those that can come into scope are read; a scope is entered through a node.
                if (const SchemaNode *known = m_nodes.value({int(i), *it}))
                    anchors.insert(it.key(), known);
            }
            m_compiled.dynamicAnchors.push_back(anchors);
        }
    }

private:
    struct Place
    {
        int resource = 0;
        QString pointer = {}; ///< In the resource.

        bool operator==(const Place &) const = default;
        friend size_t qHash(const Place &place, size_t seed = 0)
        {
            return ::qHash(place.pointer, seed) ^ size_t(place.resource) * 7919;
        }
    };
    struct Resource
    {
        QString uri = {};
        QJsonValue root = {};
        QHash<QString, QString> anchors = {}; ///< Name → pointer.
        QHash<QString, QString> dynamicAnchors = {};
        bool validates = true; ///< Whether its dialect has the validation vocabulary.
    };

    int addDocument(const QJsonValue &document, const QString &retrievedFrom)
    {
        const int first = int(m_resources.size());
        m_resources.push_back({splitFragment(retrievedFrom).first, document});
        m_byUri.insert(m_resources.back().uri, first);
        scan(document, {first, {}}, 0);
        return first;
    }

    bool validatesUnder(const QString &dialect)
    {
        const QString uri = splitFragment(dialect).first;
        if (uri == draft2020_12)
            return true;
        const QJsonValue document = findDocument(uri);
        if (!document.isObject())
            throw Unusable{u"The dialect %1 is none that is known here; draft 2020-12 is."_s.arg(uri)};
        const QJsonValue vocabulary = document.toObject().value("$vocabulary"_L1);
        return !vocabulary.isObject()
            || vocabulary.toObject().contains(u"https://json-schema.org/draft/2020-12/vocab/validation"_s);
    }

    QJsonValue findDocument(const QString &uri) const
    {
        const QJsonValue given = m_documents.value(uri, QJsonValue::Undefined);
        return given.isUndefined() ? metaschemas().value(uri, QJsonValue::Undefined) : given;
    }

    void scan(const QJsonValue &schema, Place place, int depth)
    {
        if (depth > maximumDepth)
            throw Unusable{u"The schema is nested too deeply."_s};
        if (!schema.isObject())
            return;
        const QJsonObject object = schema.toObject();
        if (object.value("$id"_L1).isString()) {
            const QString uri = splitFragment(resolved(m_resources[size_t(place.resource)].uri,
                                                       object.value("$id"_L1).toString()))
                                    .first;
            if (place.pointer.isEmpty()) {
                m_resources[size_t(place.resource)].uri = uri;
            } else {
                const int embedded = int(m_resources.size());
                m_resources.push_back({uri, schema});
                m_resources.back().validates = m_resources[size_t(place.resource)].validates;
                m_embedded.insert(place, embedded);
                place = {embedded, {}};
            }
            m_byUri.insert(uri, place.resource);
        }
        Resource &resource = m_resources[size_t(place.resource)];
        if (place.pointer.isEmpty() && object.value("$schema"_L1).isString()) {
            const bool validates = validatesUnder(object.value("$schema"_L1).toString());
            m_resources[size_t(place.resource)].validates = validates;
        }
        if (object.value("$anchor"_L1).isString())
            resource.anchors.insert(object.value("$anchor"_L1).toString(), place.pointer);
        if (object.value("$dynamicAnchor"_L1).isString()) {
            resource.anchors.insert(object.value("$dynamicAnchor"_L1).toString(), place.pointer);
            resource.dynamicAnchors.insert(object.value("$dynamicAnchor"_L1).toString(), place.pointer);
        }
        const auto below = [&place](QLatin1StringView keyword) {
            return Place{place.resource, place.pointer + u'/' + keyword};
        };
        for (const QLatin1StringView keyword : single)
            scan(object.value(keyword), below(keyword), depth + 1);
        for (const QLatin1StringView keyword : lists) {
            const QJsonArray all = object.value(keyword).toArray();
            for (qsizetype i = 0; i < all.size(); ++i)
                scan(all[i], {place.resource, below(keyword).pointer + u'/' + QString::number(i)}, depth + 1);
        }
        for (const QLatin1StringView keyword : maps) {
            const QJsonObject all = object.value(keyword).toObject();
            for (auto it = all.begin(); it != all.end(); ++it)
                scan(*it, {place.resource, below(keyword).pointer + u'/' + escaped(it.key())}, depth + 1);
        }
    }

    /// The node at a place, to be read later.
    const SchemaNode *node(Place place)
    {
        if (const auto embedded = m_embedded.constFind(place); embedded != m_embedded.cend())
            place = {*embedded, {}};
        SchemaNode *&known = m_nodes[place];
        if (!known) {
            if (m_compiled.nodes.size() >= maximumNodes)
                throw Unusable{u"The schema is too large."_s};
            m_compiled.nodes.push_back(std::make_unique<SchemaNode>());
            known = m_compiled.nodes.back().get();
            m_open.emplace_back(place, known);
        }
        return known;
    }

    QJsonValue valueAt(const Place &place) const
    {
        QJsonValue value = m_resources[size_t(place.resource)].root;
        const QStringList tokens = place.pointer.split(u'/');
        for (qsizetype i = 1; i < tokens.size(); ++i)
            value = step(value, tokens[i]);
        return value;
    }

    static QJsonValue step(const QJsonValue &value, const QString &token)
    {
        bool isIndex = false;
        const int index = token.toInt(&isIndex);
        if (value.isArray())
            return isIndex && index >= 0 && index < value.toArray().size()
                ? value.toArray().at(index)
                : QJsonValue(QJsonValue::Undefined);
        return value.isObject() ? value.toObject().value(unescaped(token))
                                : QJsonValue(QJsonValue::Undefined);
    }

    /// The place that a reference names.
    Place find(const QString &reference, const Place &from)
    {
        const auto [relative, fragment] = splitFragment(reference);
        const QString uri = relative.isEmpty() ? m_resources[size_t(from.resource)].uri
                                               : resolved(m_resources[size_t(from.resource)].uri, relative);
        auto known = m_byUri.constFind(uri);
        if (known == m_byUri.cend()) {
            const QJsonValue document = findDocument(uri);
            if (document.isUndefined())
                throw Unusable{u"The reference %1 leads to nothing that is known here."_s.arg(reference)};
            addDocument(document, uri);
            known = m_byUri.constFind(uri);
        }
        const int resource = relative.isEmpty() ? from.resource : *known;
        if (!fragment.isEmpty() && !fragment.startsWith(u'/')) {
            const auto &anchors = m_resources[size_t(resource)].anchors;
            if (!anchors.contains(fragment))
                throw Unusable{u"The reference %1 names no anchor."_s.arg(reference)};
            return {resource, anchors.value(fragment)};
        }
        // Step by step: the way may lead into a schema with an $id of its own.
        Place place{resource, {}};
        const QStringList tokens = fragment.split(u'/');
        for (qsizetype i = 1; i < tokens.size(); ++i) {
            place.pointer += u'/' + tokens[i];
            if (const auto embedded = m_embedded.constFind(place); embedded != m_embedded.cend())
                place = {*embedded, {}};
        }
        if (valueAt(place).isUndefined())
            throw Unusable{u"The reference %1 leads nowhere."_s.arg(reference)};
        return place;
    }

    void read(const Place &place, SchemaNode &into)
    {
        const QJsonValue value = valueAt(place);
        into.resource = place.resource;
        if (value.isBool()) {
            into.always = value.toBool();
            return;
        }
        if (!value.isObject())
            throw Unusable{u"A schema is an object, true or false."_s};
        const QJsonObject schema = value.toObject();
        const auto child = [&](const QString &keyword) -> const SchemaNode * {
            return schema.contains(keyword) ? node({place.resource, place.pointer + u'/' + keyword})
                                            : nullptr;
        };
        const auto children = [&](const QString &keyword) {
            std::vector<const SchemaNode *> all;
            const qsizetype count = schema.value(keyword).toArray().size();
            for (qsizetype i = 0; i < count; ++i)
                all.push_back(
                    node({place.resource, place.pointer + u'/' + keyword + u'/' + QString::number(i)}));
            return all;
        };
        const auto named = [&](const QString &keyword) {
            QHash<QString, const SchemaNode *> all;
            const QStringList names = schema.value(keyword).toObject().keys();
            for (const QString &name : names)
                all.insert(name,
                           node({place.resource, place.pointer + u'/' + keyword + u'/' + escaped(name)}));
            return all;
        };
        readReferences(schema, place, into);
        into.allOf = children(u"allOf"_s);
        into.anyOf = children(u"anyOf"_s);
        into.oneOf = children(u"oneOf"_s);
        into.no = child(u"not"_s);
        into.condition = child(u"if"_s);
        into.then = child(u"then"_s);
        into.otherwise = child(u"else"_s);
        into.prefixItems = children(u"prefixItems"_s);
        into.items = child(u"items"_s);
        into.contains = child(u"contains"_s);
        into.unevaluatedItems = child(u"unevaluatedItems"_s);
        into.properties = named(u"properties"_s);
        const auto patterns = named(u"patternProperties"_s);
        for (auto it = patterns.begin(); it != patterns.end(); ++it)
            into.patternProperties.emplace_back(pattern(it.key()), *it);
        into.additionalProperties = child(u"additionalProperties"_s);
        into.propertyNames = child(u"propertyNames"_s);
        into.unevaluatedProperties = child(u"unevaluatedProperties"_s);
        into.dependentSchemas = named(u"dependentSchemas"_s);
        m_compiled.usesUnevaluated |= into.unevaluatedItems || into.unevaluatedProperties;
        if (m_resources[size_t(place.resource)].validates)
            readAssertions(schema, into);
    }

    void readReferences(const QJsonObject &schema, const Place &place, SchemaNode &into)
    {
        if (const QJsonValue ref = schema.value("$ref"_L1); ref.isString())
            into.ref = node(find(ref.toString(), place));
        const QJsonValue dynamic = schema.value("$dynamicRef"_L1);
        if (!dynamic.isString())
            return;
        const Place target = find(dynamic.toString(), place);
        into.dynamicRef = node(target);
        const QString name = splitFragment(dynamic.toString()).second;
        if (m_resources[size_t(target.resource)].dynamicAnchors.value(name, u"-"_s) != target.pointer)
            return;
        into.dynamicName = name;
        // Whichever resource is entered first may hold the one that counts.
        for (size_t i = 0; i < m_resources.size(); ++i) {
            const auto anchor = m_resources[i].dynamicAnchors.constFind(name);
            if (anchor != m_resources[i].dynamicAnchors.cend())
                node({int(i), QString(*anchor)});
        }
    }

    void readAssertions(const QJsonObject &schema, SchemaNode &into)
    {
        static const QHash<QString, int> types{
            {u"null"_s, SchemaNode::Null},      {u"boolean"_s, SchemaNode::Boolean},
            {u"object"_s, SchemaNode::Object},  {u"array"_s, SchemaNode::Array},
            {u"number"_s, SchemaNode::Number},  {u"string"_s, SchemaNode::String},
            {u"integer"_s, SchemaNode::Integer}};
        const QJsonValue type = schema.value("type"_L1);
        for (const QJsonValue &one : type.isArray() ? type.toArray() : QJsonArray({type}))
            into.types |= types.value(one.toString());
        if (schema.value("enum"_L1).isArray())
            into.oneOfValues = schema.value("enum"_L1).toArray();
        const auto number = [&schema](QLatin1StringView keyword) -> std::optional<double> {
            const QJsonValue value = schema.value(keyword);
            return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
        };
        into.multipleOf = number("multipleOf"_L1);
        into.minimum = number("minimum"_L1);
        into.maximum = number("maximum"_L1);
        into.exclusiveMinimum = number("exclusiveMinimum"_L1);
        into.exclusiveMaximum = number("exclusiveMaximum"_L1);
        into.minLength = number("minLength"_L1);
        into.maxLength = number("maxLength"_L1);
        into.minItems = number("minItems"_L1);
        into.maxItems = number("maxItems"_L1);
        into.minContains = number("minContains"_L1);
        into.maxContains = number("maxContains"_L1);
        into.minProperties = number("minProperties"_L1);
        into.maxProperties = number("maxProperties"_L1);
        into.uniqueItems = schema.value("uniqueItems"_L1).toBool();
        if (const QJsonValue text = schema.value("pattern"_L1); text.isString())
            into.pattern = pattern(text.toString());
        into.required = stringsOf(schema.value("required"_L1));
        const QJsonObject dependent = schema.value("dependentRequired"_L1).toObject();
        for (auto it = dependent.begin(); it != dependent.end(); ++it)
            into.dependentRequired.insert(it.key(), stringsOf(*it));
        readConst(schema, into);
    }

    static void readConst(const QJsonObject &schema, SchemaNode &into)
    {
        if (!schema.contains("const"_L1))
            return;
        const QJsonValue only = schema.value("const"_L1);
        const bool isAllowed = !into.oneOfValues
            || std::any_of(into.oneOfValues->begin(), into.oneOfValues->end(),
                           [&only](const QJsonValue &one) { return isSameJson(one, only); });
        into.oneOfValues = isAllowed ? QJsonArray({only}) : QJsonArray();
    }

    static QStringList stringsOf(const QJsonValue &array)
    {
        QStringList all;
        for (const QJsonValue &one : array.toArray())
            all.append(one.toString());
        return all;
    }

    Pattern pattern(const QString &text)
    {
        // Each costs up to a few milliseconds to compile, once.
        m_patternLength += text.size();
        if (++m_patterns > maximumPatterns || m_patternLength > maximumPatternLength)
            throw Unusable{u"The schema has more patterns than are read."_s};
        auto read = Pattern::read(text);
        if (!read)
            throw Unusable{read.error()};
        return *read;
    }

    int m_patterns = 0;
    qsizetype m_patternLength = 0;
    Schema::Compiled &m_compiled;
    const Schema::Documents &m_documents;
    std::vector<Resource> m_resources;
    QHash<QString, int> m_byUri;
    QHash<Place, int> m_embedded; ///< Where a resource lies in another one.
    QHash<Place, SchemaNode *> m_nodes;
    std::vector<std::pair<Place, SchemaNode *>> m_open; ///< Made and not read yet.
};

/// Whether it is a schema at all, by the draft's own word.
QString faultOf(const QJsonValue &schema)
{
    static const auto metaschema = Schema::compile(metaschemas().value(draft2020_12));
    if (!metaschema)
        return metaschema.error();
    const Schema::Judgement judgement = metaschema->judge(schema);
    return judgement.verdict == Schema::Verdict::Valid ? QString() : judgement.text(u"the schema"_s);
}

} // namespace

base::Expected<Schema, QString> Schema::compile(const QJsonValue &schema, const Documents &documents)
{
    const bool isTheMetaschema
        = schema.isObject() && schema.toObject().value("$id"_L1) == QJsonValue(QString(draft2020_12));
    if (!isTheMetaschema) {
        if (const QString fault = faultOf(schema); !fault.isEmpty())
            return base::failure(fault);
    }
    const auto compiled = std::make_shared<Compiled>();
    try {
        Compiler(*compiled, documents).run(schema);
    } catch (const Unusable &unusable) {
        return base::failure(unusable.text);
    }
    Schema made;
    made.d = compiled;
    return made;
}

Schema::Judgement Schema::judge(const QJsonValue &value) const
{
    return evaluate(*d, value);
}

QString Schema::Judgement::text(const QString &name) const
{
    QStringList sentences;
    for (const Fault &fault : faults)
        sentences.append((fault.where.isEmpty() ? name : fault.where.sliced(1)) + u": "_s + fault.text);
    return sentences.join(u"; "_s);
}

} // namespace gatehouse::schema
