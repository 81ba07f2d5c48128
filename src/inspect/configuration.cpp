// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/configuration.h"

#include "host/settingstable.h"

using namespace Qt::StringLiterals;

namespace gatehouse::inspect {

host::Configuration configurationOf(const Gatehouse::Server::Options &options, int port,
                                    const host::Settings &kept, const QHash<QString, QString> &environment)
{
    host::Configuration configuration;
    configuration.settings = configuration.kept = kept;
    configuration.readEnvironment(environment);
    host::Settings said; // By the program; what it leaves as it is it does not say.
    said.port = port;
    said.host = options.host;
    said.verifyJwt = options.oauth.verifyJwt;
    said.authorization = !options.oauth.isOff;
    said.requiredScopes = options.oauth.requiredScopes;
    said.subdomain = options.oauth.subdomain;
    said.resource = options.oauth.resource;
    if (!options.oauth.scopesSupported.isEmpty())
        said.scopes = options.oauth.scopesSupported;
    for (const host::Setting &setting : host::settingsTable()) {
        if (setting.isSame(said, host::Settings()) && setting.field != "port"_L1)
            continue;
        if (!setting.isSame(said, configuration.settings))
            configuration.overrides.insert(setting.field, u"the program"_s);
        setting.copy(said, configuration.settings);
    }
    return configuration;
}

} // namespace gatehouse::inspect
