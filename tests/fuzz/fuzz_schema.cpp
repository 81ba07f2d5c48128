// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "fuzz/fuzz.h"
#include "schema/schema.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace gatehouse;
using namespace Qt::StringLiterals;

/// An array of a schema and a value.
void fuzz::tryInput(const QByteArray &input)
{
    const auto json = base::readJson(input);
    if (!json || json->toArray().size() < 2)
        return;
    const auto schema = schema::Schema::compile(json->toArray().at(0));
    require(schema.has_value() || !schema.error().isEmpty(), "a schema that is refused without a word");
    if (!schema)
        return;
    const auto judged = schema->judge(json->toArray().at(1));
    require((judged.verdict == schema::Schema::Verdict::Valid) == judged.faults.isEmpty(),
            "a verdict without a reason, or a reason without a verdict");
    require(schema::isSameJson(json->toArray().at(1), json->toArray().at(1)), "a value that is not itself");
}

QByteArrayList fuzz::seeds()
{
    return {
        R"([{"type":"object","properties":{"a":{"type":["integer","null"],"minimum":1}},"required":["a"]},{"a":2}])",
        R"([{"$defs":{"n":{"properties":{"next":{"$ref":"#/$defs/n"}},"additionalProperties":false}},"$ref":"#/$defs/n"},{"next":{"next":{}}}])",
        R"([{"anyOf":[{"type":"string","pattern":"^(a+)+$"},{"enum":[1,2,[3]]}]},"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"])",
        R"([{"prefixItems":[true,{"const":{"a":1.0}}],"items":{"not":{"type":"array"}},"uniqueItems":true},[1,{"a":1},2]])",
        R"([{"if":{"required":["a"]},"then":{"unevaluatedProperties":false,"patternProperties":{"^a":true}},"else":false},{"a":1,"b":2}])",
        R"([{"$id":"https://a.example/s","$anchor":"x","allOf":[{"$ref":"#x2"}],"$defs":{"y":{"$anchor":"x2","contains":{"multipleOf":0.5},"minContains":0}}},[1.5]])",
        R"([{"$dynamicAnchor":"t","items":{"$dynamicRef":"#t"},"dependentSchemas":{"a":{"maxProperties":1}},"dependentRequired":{"b":["c"]}},[[],[[]]]])",
        R"([{"pattern":"^\\p{Letter}[\\s\\u{1F600}]$","minLength":2,"maxLength":3},"a "])"};
}
