// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <functional>
#include <optional>

namespace gatehouse::client {

/// Bytes that a block or a resource carries: an image, a sound, a file.
struct Blob
{
    QByteArray bytes = {};
    QString mimeType = {}; ///< As the server says; may be empty.
    QString name = {}; ///< The last part of a resource's URI; empty where there is none.
};
/// What is said in the place of one, as in "12 bytes" or where it was saved.
using BlobWords = std::function<QString(const Blob &)>;

/// A block of a tool's result or a prompt's message, for people (MCP "Content"): text and embedded text as it
/// is, anything else as one line in brackets that names its kind, its type, and the URI of a resource.
[[nodiscard]] QString blockText(const QJsonObject &block, const BlobWords &blobWords = {});
/// What a tool answered: its blocks, one after the other.
[[nodiscard]] QString resultText(const QJsonObject &result, const BlobWords &blobWords = {});
/// What resources/read gave: its contents, one after the other.
[[nodiscard]] QString contentsText(const QJsonObject &result, const BlobWords &blobWords = {});
/// What prompts/get gave: its messages, each with its role.
[[nodiscard]] QString messagesText(const QJsonObject &result, const BlobWords &blobWords = {});

} // namespace gatehouse::client
