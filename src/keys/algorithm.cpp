// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/algorithm.h"

#include <algorithm>
#include <array>

namespace gatehouse::keys {

using namespace Qt::StringLiterals;

namespace {

using Scheme = Algorithm::Scheme;

constexpr std::array all = {
    Algorithm{"RS256"_L1, Scheme::Pkcs1, "SHA256"_L1, "RSA"_L1, {}},
    Algorithm{"RS384"_L1, Scheme::Pkcs1, "SHA384"_L1, "RSA"_L1, {}},
    Algorithm{"RS512"_L1, Scheme::Pkcs1, "SHA512"_L1, "RSA"_L1, {}},
    Algorithm{"PS256"_L1, Scheme::Pss, "SHA256"_L1, "RSA"_L1, {}},
    Algorithm{"PS384"_L1, Scheme::Pss, "SHA384"_L1, "RSA"_L1, {}},
    Algorithm{"PS512"_L1, Scheme::Pss, "SHA512"_L1, "RSA"_L1, {}},
    Algorithm{"ES256"_L1, Scheme::Ecdsa, "SHA256"_L1, "EC"_L1, "P-256"_L1},
    Algorithm{"ES384"_L1, Scheme::Ecdsa, "SHA384"_L1, "EC"_L1, "P-384"_L1},
    Algorithm{"ES512"_L1, Scheme::Ecdsa, "SHA512"_L1, "EC"_L1, "P-521"_L1},
    Algorithm{"EdDSA"_L1, Scheme::EdDsa, {}, "OKP"_L1, "Ed25519"_L1},
    Algorithm{"Ed25519"_L1, Scheme::EdDsa, {}, "OKP"_L1, "Ed25519"_L1},
};

} // namespace

const Algorithm *algorithmNamed(const QString &name)
{
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&name](const Algorithm &algorithm) { return name == algorithm.name; });
    return found == all.end() ? nullptr : &*found;
}

QStringList algorithmNames()
{
    QStringList names;
    for (const Algorithm &algorithm : all)
        names.append(algorithm.name);
    return names;
}

} // namespace gatehouse::keys
