// SPDX-License-Identifier: GPL-3.0-or-later
// browser.mjs ADDRESS: what a person does with a browser, without one: follows redirects, keeps cookies, and fills in and sends
// the first form of each page, until nothing is left to send.
const jar = new Map();
let next = { url: process.argv[2], body: undefined };

const attribute = (tag, name) => tag.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1]?.replaceAll('&amp;', '&');

for (let steps = 0; next && steps < 30; ++steps) {
  const answer = await fetch(next.url, {
    method: next.body ? 'POST' : 'GET', redirect: 'manual', body: next.body,
    headers: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), Accept: 'text/html' },
  });
  for (const cookie of answer.headers.getSetCookie()) {
    const [name, value] = cookie.split(';')[0].split(/=(.*)/);
    jar.set(name, value);
  }
  const location = answer.headers.get('location');
  const page = await answer.text();
  const form = page.match(/<form\b[^]*?<\/form>/)?.[0];
  if (location) {
    next = { url: new URL(location, next.url) };
  } else if (form) {
    const fields = [...form.matchAll(/<(?:input|button)\b[^>]*>/g)].map(([tag]) => [attribute(tag, 'name'), attribute(tag, 'value') ?? 'ada'])
      .filter(([name]) => name && name !== 'abort');
    next = { url: new URL(attribute(form, 'action') || next.url, next.url), body: new URLSearchParams(fields) };
  } else {
    next = undefined;
  }
}
