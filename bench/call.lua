-- SPDX-License-Identifier: GPL-3.0-or-later
-- The one request that wrk sends again and again: method, headers and body come from the environment.
wrk.method = "POST"
wrk.body = os.getenv("CALL_BODY")
for name, value in string.gmatch(os.getenv("CALL_HEADERS"), "([^:\n]+): ([^\n]+)") do
  wrk.headers[name] = value
end
