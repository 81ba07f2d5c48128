// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/documentschema.h"

using namespace Qt::StringLiterals;

namespace gatehouse::store {

Schema documentSchema()
{
    Migration first;
    first.sqlite = {
        uR"(CREATE TABLE gatehouse_document (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
            organization TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, created_ms INTEGER NOT NULL,
            updated_ms INTEGER NOT NULL) STRICT)"_s,
        u"CREATE INDEX gatehouse_document_newest ON gatehouse_document (organization, updated_ms DESC, id DESC)"_s,
        // The words are ours already: only spaces part them.
        u"CREATE VIRTUAL TABLE gatehouse_document_words USING fts5(words, tokenize='ascii')"_s};
    first.postgresql = {
        uR"(CREATE TABLE gatehouse_document (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            id text NOT NULL UNIQUE, organization text NOT NULL, title text NOT NULL, text text NOT NULL,
            created_ms bigint NOT NULL, updated_ms bigint NOT NULL, words tsvector NOT NULL))"_s,
        u"CREATE INDEX gatehouse_document_newest ON gatehouse_document (organization, updated_ms DESC, id DESC)"_s,
        u"CREATE INDEX gatehouse_document_words ON gatehouse_document USING gin (words)"_s};
    return {0x47614463, u"gatehouse_schema"_s, {first}};
}

} // namespace gatehouse::store
