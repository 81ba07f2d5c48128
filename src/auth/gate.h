// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/policy.h"
#include "auth/tokenmemory.h"
#include "auth/verdict.h"
#include "base/clock.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace gatehouse::auth {

class KeySource;
struct KeyAnswer;

/// What of a request concerns the gate: every Authorization header, and the raw query.
struct Credentials
{
    QList<QByteArray> authorization = {};
    QByteArray query = {};
};

/// Decides who may come in, before anything reads the body. Asks KeySource for keys, which may take a fetch;
/// all else is a function of its inputs. A refused token is judged to the end, for the record. A token that
/// was let in is remembered while the issuer's keys stay the same: its next call costs no
/// public-key operation, and the judgement itself is kept until a time in its claims comes. Lives on one
/// thread.
class AuthGate : public QObject
{
    Q_OBJECT

public:
    AuthGate(Policy policy, KeySource *keys, base::Clock clock, QObject *parent = nullptr);
    /// Answers whoever still waits: the keys are unavailable.
    ~AuthGate() override;

    /// From here on judges by these. Tokens that wait for keys are judged anew: at once where the keys come
    /// from elsewhere now, else when their key is known.
    void reconfigure(Policy policy, KeySource *keys);

    /// Judges and answers exactly once: at once when the key is known or not needed, later when it must be
    /// fetched.
    void judge(const Credentials &credentials, std::function<void(Judgement)> done);

    /// An accepted judgement against what one operation needs, beside what every call needs: as it was, or
    /// MissingScope, MissingPermission or WrongOrganization.
    [[nodiscard]] Judgement withNeeds(Judgement judgement, const base::AccessRequirements &needs) const;

    /// Whether that caller has what an operation needs, by the policy that is in force when it is asked;
    /// where nothing is needed, whether the caller's token would be let in at all, had it come when this was
    /// asked for: that time has passed since is nobody's change. Nothing is allowed any more once the gate is
    /// gone.
    [[nodiscard]] std::function<bool(const base::AccessRequirements &)>
    rightsOf(const Principal &principal) const;

    [[nodiscard]] const Policy &policy() const { return m_inForce->policy; }

private:
    struct Judging;
    [[nodiscard]] Judgement settled(Verdict verdict, const QJsonObject &claims) const;
    [[nodiscard]] static std::optional<Judgement> readToken(Judging &judging, const QByteArray &token);
    void judgeTokenAndClaims(Judging &judging) const;
    void finish(Judging judging, const KeyAnswer &answer, const std::function<void(Judgement)> &done);

    struct Waiting
    {
        Credentials credentials;
        std::function<void(Judgement)> done;
    };
    /// Shared with what outlives the gate.
    struct InForce
    {
        Policy policy;
        bool isOver = false; ///< The gate is gone.
    };
    std::shared_ptr<InForce> m_inForce;
    quint64 m_rules = 0; ///< Counts the policies.
    KeySource *m_keys;
    QHash<quint64, Waiting> m_waiting; ///< For keys.
    quint64 m_lastWaiting = 0;
    base::Clock m_clock;
    TokenMemory m_memory;
};

} // namespace gatehouse::auth
