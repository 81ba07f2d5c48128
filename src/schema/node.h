// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/pattern.h"
#include "schema/schema.h"

#include <QHash>
#include <QJsonArray>
#include <QStringList>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace gatehouse::schema {

/// One schema or subschema with its references resolved. Pointers are into Compiled::nodes.
struct SchemaNode
{
    enum Type { Null = 1, Boolean = 2, Object = 4, Array = 8, Number = 16, String = 32, Integer = 64 };

    std::optional<bool> always = {}; ///< A schema that is true or false.
    int resource = 0; ///< Whose dynamic anchors come into scope here.

    const SchemaNode *ref = nullptr;
    const SchemaNode *dynamicRef = nullptr; ///< Where it leads unless the scope says otherwise.
    QString dynamicName = {}; ///< Empty: it behaves as $ref.

    int types = 0; ///< 0: any.
    std::optional<QJsonArray> oneOfValues = {}; ///< enum; const is one of one.
    std::optional<double> multipleOf = {};
    std::optional<double> minimum = {};
    std::optional<double> maximum = {};
    std::optional<double> exclusiveMinimum = {};
    std::optional<double> exclusiveMaximum = {};
    std::optional<double> minLength = {};
    std::optional<double> maxLength = {};
    std::optional<Pattern> pattern = {};
    std::optional<double> minItems = {};
    std::optional<double> maxItems = {};
    bool uniqueItems = false;
    std::optional<double> minContains = {};
    std::optional<double> maxContains = {};
    std::optional<double> minProperties = {};
    std::optional<double> maxProperties = {};
    QStringList required = {};
    QHash<QString, QStringList> dependentRequired = {};

    std::vector<const SchemaNode *> prefixItems = {};
    const SchemaNode *items = nullptr;
    const SchemaNode *contains = nullptr;
    const SchemaNode *unevaluatedItems = nullptr;
    QHash<QString, const SchemaNode *> properties = {};
    std::vector<std::pair<Pattern, const SchemaNode *>> patternProperties = {};
    const SchemaNode *additionalProperties = nullptr;
    const SchemaNode *propertyNames = nullptr;
    const SchemaNode *unevaluatedProperties = nullptr;
    QHash<QString, const SchemaNode *> dependentSchemas = {};
    std::vector<const SchemaNode *> allOf = {};
    std::vector<const SchemaNode *> anyOf = {};
    std::vector<const SchemaNode *> oneOf = {};
    const SchemaNode *no = nullptr; ///< not
    const SchemaNode *condition = nullptr; ///< if
    const SchemaNode *then = nullptr;
    const SchemaNode *otherwise = nullptr; ///< else
};

struct Schema::Compiled
{
    std::vector<std::unique_ptr<SchemaNode>> nodes = {};
    const SchemaNode *root = nullptr;
    std::vector<QHash<QString, const SchemaNode *>> dynamicAnchors = {}; ///< By resource.
    bool usesUnevaluated = false; ///< Somewhere it matters what was looked at already.
};

} // namespace gatehouse::schema
