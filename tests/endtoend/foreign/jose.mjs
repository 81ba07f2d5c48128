// SPDX-License-Identifier: GPL-3.0-or-later
// Thousands of tokens, good and spoiled, judged by our verifier and by jose. Where the two differ, ours is the stricter
// one, for a reason that is listed here; it is never the laxer one.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { compactVerify, createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, CompactSign } from 'jose';
import { environment, program, serve } from './gatehouse.mjs';

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const seed = Number(process.env.SEED ?? randomInt(2 ** 31));

/** mulberry32: small, and the same everywhere. */
function random(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

async function makeKeys() {
  const keys = {};
  for (const alg of algorithms) {
    const pair = await generateKeyPair(alg, { extractable: true });
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: `key-${alg}`, alg, use: 'sig' };
    keys[alg] = { alg, kid: jwk.kid, jwk, privateKey: pair.privateKey };
  }
  return keys;
}

const sign = (key, header, payload) =>
  new CompactSign(Buffer.from(payload)).setProtectedHeader(header).sign(key.privateKey);

/** Signs a header exactly as written, which no library would. */
async function signRaw(key, headerText, payload) {
  // jose signs what it encodes itself, so the bytes go through WebCrypto.
  const input = `${encode(headerText)}.${encode(payload)}`;
  const { subtle } = globalThis.crypto;
  const parameters = key.alg.startsWith('PS') ? { name: 'RSA-PSS', saltLength: Number(key.alg.slice(2)) / 8 }
    : key.alg.startsWith('ES') ? { name: 'ECDSA', hash: `SHA-${key.alg.slice(2)}` }
    : key.alg.startsWith('RS') ? { name: 'RSASSA-PKCS1-v1_5' } : { name: 'Ed25519' };
  const signature = await subtle.sign(parameters, key.privateKey, Buffer.from(input));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}

/** What can happen to a good token on its way. Each gives { token, jwks?, tag }. */
const spoil = {
  nothing: async ({ token }) => ({ token }),
  bitOfHeader: async ({ token, flip }) => ({ token: flip(token, 0) }),
  bitOfPayload: async ({ token, flip }) => ({ token: flip(token, 1) }),
  bitOfSignature: async ({ token, flip }) => ({ token: flip(token, 2) }),
  characterChanged: async ({ token, pick, letter }) => {
    const at = pick(token.length);
    return { token: token.slice(0, at) + letter() + token.slice(at + 1) };
  },
  characterInserted: async ({ token, pick, letter }) => {
    const at = pick(token.length);
    return { token: token.slice(0, at) + letter() + token.slice(at) };
  },
  characterDropped: async ({ token, pick }) => {
    const at = pick(token.length);
    return { token: token.slice(0, at) + token.slice(at + 1) };
  },
  cutShort: async ({ token, pick }) => ({ token: token.slice(0, pick(token.length)) }),
  partDropped: async ({ token, pick }) => {
    const parts = token.split('.');
    parts.splice(pick(3), 1);
    return { token: parts.join('.') };
  },
  partEmptied: async ({ token, pick }) => {
    const parts = token.split('.');
    parts[pick(3)] = '';
    return { token: parts.join('.') };
  },
  partsSwapped: async ({ token, pick }) => {
    const parts = token.split('.');
    const at = pick(2);
    [parts[at], parts[at + 1]] = [parts[at + 1], parts[at]];
    return { token: parts.join('.') };
  },
  partAdded: async ({ token }) => ({ token: `${token}.` }),
  padding: async ({ token }) => ({ token: `${token}=` }),
  strayBits: async ({ token }) => {
    // The same bytes in another spelling, where the last character has bits to spare.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(token.at(-1));
    return { token: token.slice(0, -1) + alphabet[last % 2 === 0 ? last + 1 : last] };
  },
  otherAlphabet: async ({ token }) => ({ token: token.replaceAll('-', '+').replaceAll('_', '/') }),
  blankBehind: async ({ token }) => ({ token: `${token} ` }),
  newlineInside: async ({ token, pick }) => {
    const at = pick(token.length);
    return { token: `${token.slice(0, at)}\n${token.slice(at)}` };
  },
  unsigned: async ({ token, payload }) => ({ token: `${encode({ alg: 'none' })}.${encode(payload)}.` }),
  otherAlgorithm: async ({ token, key, other }) => {
    const [, payload, signature] = token.split('.');
    return { token: `${encode({ alg: other.alg, kid: key.kid })}.${payload}.${signature}` };
  },
  otherKeysName: async ({ payload, key, other }) => ({ token: await sign(key, { alg: key.alg, kid: other.kid }, payload) }),
  unknownKey: async ({ payload, key }) => ({ token: await sign(key, { alg: key.alg, kid: 'nobody' }, payload) }),
  noKeyNamed: async ({ payload, key, jwks }) => ({ token: await sign(key, { alg: key.alg }, payload), jwks, tag: 'no kid' }),
  noKeyNamedOneKey: async ({ payload, key }) => ({ token: await sign(key, { alg: key.alg }, payload), jwks: { keys: [key.jwk] } }),
  hmacWithPublicKey: async ({ payload, key }) => {
    const input = `${encode({ alg: 'HS256', kid: key.kid })}.${encode(payload)}`;
    return { token: `${input}.${createHmac('sha256', JSON.stringify(key.jwk)).update(input).digest('base64url')}` };
  },
  unknownCritical: async ({ payload, key }) => ({ token: await signRaw(key, `{"alg":"${key.alg}","kid":"${key.kid}","crit":["x"],"x":1}`, payload) }),
  unencodedPayload: async ({ payload, key }) => ({
    token: await signRaw(key, `{"alg":"${key.alg}","kid":"${key.kid}","b64":true,"crit":["b64"]}`, payload), tag: 'b64' }),
  ownKeyInHeader: async ({ payload, key }) => ({
    token: await signRaw(key, JSON.stringify({ alg: key.alg, kid: key.kid, jwk: key.jwk }), payload), tag: 'key in header' }),
  keyAddressInHeader: async ({ payload, key }) => ({
    token: await signRaw(key, JSON.stringify({ alg: key.alg, kid: key.kid, jku: 'http://127.0.0.1:1/' }), payload), tag: 'key in header' }),
  compressed: async ({ payload, key }) => ({
    token: await signRaw(key, JSON.stringify({ alg: key.alg, kid: key.kid, zip: 'DEF' }), payload), tag: 'zip' }),
  memberTwice: async ({ payload, key }) => ({
    token: await signRaw(key, `{"alg":"none","kid":"${key.kid}","alg":"${key.alg}"}`, payload), tag: 'duplicate member' }),
  blanksInHeader: async ({ payload, key }) => ({ token: await signRaw(key, ` { "alg" : "${key.alg}" ,\n "kid" : "${key.kid}" } `, payload) }),
  headerOfAnotherShape: async ({ payload, key, pick }) => ({
    token: await signRaw(key, ['[]', '""', 'null', '1', `{"alg":["${key.alg}"]}`, `{"alg":"${key.alg}","kid":1}`, '{}'][pick(7)], payload) }),
  longHeader: async ({ payload, key }) => ({
    token: await signRaw(key, JSON.stringify({ alg: key.alg, kid: key.kid, x: 'x'.repeat(5000) }), payload), tag: 'long header' }),
  keyForEncryption: async ({ token, jwks, key }) => ({ token, jwks: change(jwks, key, { use: 'enc' }) }),
  keyForAnotherAlgorithm: async ({ token, jwks, key, other }) => ({ token, jwks: change(jwks, key, { alg: other.alg }) }),
  keyWithoutAlgorithm: async ({ token, jwks, key }) => ({ token, jwks: change(jwks, key, { alg: undefined, use: undefined }) }),
  keyOperations: async ({ token, jwks, key, pick }) => ({
    token, jwks: change(jwks, key, { key_ops: [['verify'], ['sign'], [], ['verify', 'verify'], ['verify', 'sign'], 'verify', [1, 'verify']][pick(7)] }) }),
  keyOfAnotherType: async ({ token, jwks, key, other }) => ({ token, jwks: change(jwks, key, { kty: other.jwk.kty }) }),
  keyChanged: async ({ token, jwks, key, letter }) => {
    const member = key.jwk.n ? 'n' : 'x';
    return { token, jwks: change(jwks, key, { [member]: key.jwk[member].slice(0, 20) + letter() + key.jwk[member].slice(21) }) };
  },
  keyWithPrivatePart: async ({ token, jwks, key }) => ({ token, jwks: change(jwks, key, { d: 'AQ' }) }),
  noKeys: async ({ token }) => ({ token, jwks: { keys: [] } }),
  noSet: async ({ token }) => ({ token, jwks: {} }),
};

function change(jwks, key, members) {
  return { keys: jwks.keys.map((jwk) => (jwk.kid === key.kid ? JSON.parse(JSON.stringify({ ...jwk, ...members })) : jwk)) };
}

/** Where ours refuses what jose accepts, and why that is right. */
const stricterOnPurpose = {
  'another spelling': 'the same bytes have one base64url form only: no padding, blanks, stray bits or other alphabet (RFC 7515 §2)',
  'duplicate member': 'which of two members counts is a guess (RFC 7515 §4: names must be unique)',
  'key in header': 'a key of the sender’s choice is no reason to look at a token (RFC 8725 §3.10)',
  b64: 'no access token has an extension that changes what is signed (RFC 7797)',
  zip: 'compression belongs to encryption',
  'no kid': 'with several keys, which one is meant would be a guess',
  'long header': 'the header is bounded at 4 KiB',
};

class Harness {
  constructor() {
    this.child = spawn(program, ['verify', '--stdin'], { env: environment(), stdio: ['pipe', 'pipe', 'inherit'] });
    this.waiting = [];
    createInterface({ input: this.child.stdout }).on('line', (line) => this.waiting.shift()(JSON.parse(line)));
  }
  ask(request) {
    const answer = new Promise((resolve) => this.waiting.push(resolve));
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    return answer;
  }
  async end() {
    this.child.stdin.end();
    const [code] = await once(this.child, 'close');
    assert.equal(code, 0);
  }
}

async function joseAccepts(token, jwks, algs) {
  try {
    await compactVerify(token, createLocalJWKSet(jwks), { algorithms: algs });
    return true;
  } catch {
    return false;
  }
}

test(`agrees with jose on signatures, or is stricter on purpose (SEED=${seed})`, { timeout: 170_000 }, async (context) => {
  const keys = await makeKeys();
  const jwks = { keys: Object.values(keys).map((key) => key.jwk) };
  const harness = new Harness();
  context.after(() => harness.child.kill());
  const next = random(seed);
  const pick = (n) => Math.floor(next() * n);
  const letter = () => 'ABCXYZabcxyz0189-_.=+/ ~é'.charAt(pick(25));
  const names = Object.keys(spoil);
  const counts = { tokens: 0, bothAccept: 0, bothRefuse: 0, stricter: {} };
  const total = 5000;
  for (let i = 0; i < total; ++i) {
    const key = keys[algorithms[pick(algorithms.length)]];
    let other = key;
    while (other.alg === key.alg)
      other = keys[algorithms[pick(algorithms.length)]];
    const name = names[i % names.length];
    const payload = JSON.stringify({ sub: `user_${i}`, n: pick(1000) });
    const token = await sign(key, { alg: key.alg, kid: key.kid }, payload);
    const flip = (text, part) => {
      const parts = text.split('.');
      const bytes = Buffer.from(parts[part], 'base64url');
      bytes[pick(bytes.length)] ^= 1 << pick(8);
      parts[part] = bytes.toString('base64url');
      return parts.join('.');
    };
    const made = await spoil[name]({ token, payload, key, other, jwks, pick, letter, flip });
    const set = made.jwks ?? jwks;
    const algs = name === 'nothing' && pick(4) === 0 ? [other.alg] : algorithms;
    const [ours, theirs] = await Promise.all([
      harness.ask({ id: i, op: 'jws', token: made.token, jwks: set, algs }),
      joseAccepts(made.token, set, algs),
    ]);
    assert.equal(ours.id, i);
    ++counts.tokens;
    const story = `#${i} ${name} ${key.alg}: ours ${ours.ok} (${ours.reason}), jose ${theirs}\n${made.token}\n${JSON.stringify(set)}`;
    if (name === 'nothing' && algs === algorithms)
      assert.ok(ours.ok && theirs, story);
    if (ours.ok === theirs) {
      ++counts[theirs ? 'bothAccept' : 'bothRefuse'];
      continue;
    }
    assert.ok(theirs && !ours.ok, `laxer than jose: ${story}`);
    const respelled = (text) => Buffer.from(text, 'base64url').toString('base64url') !== text;
    const isRespelled = made.token.split('.').some(respelled)
      || (set.keys ?? []).some((jwk) => ['n', 'e', 'x', 'y'].some((member) => jwk[member] && respelled(jwk[member])));
    const why = made.tag ?? (isRespelled ? 'another spelling' : name);
    assert.ok(stricterOnPurpose[why], `stricter, but not on purpose: ${story}`);
    counts.stricter[why] = (counts.stricter[why] ?? 0) + 1;
  }
  await harness.end();
  console.log(JSON.stringify(counts));
  for (const why of Object.keys(counts.stricter))
    console.log(`  stricter: ${why}: ${stricterOnPurpose[why]}`);
  assert.ok(counts.bothAccept > 400 && counts.bothRefuse > 2000, JSON.stringify(counts));
});

/** Claims, each with what jose is asked to check as our server does. */
const spoilClaims = {
  nothing: () => ({}),
  issuerSlash: ({ iss }) => ({ iss: `${iss}/` }),
  issuerMissing: () => ({ iss: undefined }),
  issuerList: ({ iss }) => ({ iss: [iss] }),
  audienceList: ({ aud }) => ({ aud: ['x', aud] }),
  audienceSlash: ({ aud }) => ({ aud: `${aud}/` }),
  audienceOther: () => ({ aud: 'client_01' }),
  audienceMissing: () => ({ aud: undefined }),
  audienceEmpty: () => ({ aud: [] }),
  audienceMixed: ({ aud }) => ({ aud: [aud, 1] }),
  expired: ({ now, pick }) => ({ exp: now - 12 - pick(1000) }),
  expiredWithinTolerance: ({ now }) => ({ exp: now - 3 }),
  expiryText: ({ now }) => ({ exp: String(now + 300) }),
  expiryMissing: () => ({ exp: undefined }),
  expiryNull: () => ({ exp: null }),
  expiryFraction: ({ now }) => ({ exp: now + 300.5 }),
  expiryFar: () => ({ exp: 1e15 }),
  notYet: ({ now, pick }) => ({ nbf: now + 15 + pick(1000) }),
  notYetWithinTolerance: ({ now }) => ({ nbf: now + 3 }),
  notYetText: () => ({ nbf: '0' }),
  issuedLater: ({ now }) => ({ iat: now + 3600 }),
  issuedText: () => ({ iat: 'now' }),
  subjectMissing: () => ({ sub: undefined }),
  subjectEmpty: () => ({ sub: '' }),
  subjectNumber: () => ({ sub: 7 }),
  scopeList: () => ({ scope: ['email'] }),
  rolesText: () => ({ roles: 'admin' }),
  organizationObject: () => ({ org_id: {} }),
  nonce: () => ({ nonce: 'n' }),
};

const stricterOnClaims = {
  audienceMixed: 'an audience that is no string makes the claim no audience (RFC 7519 §4.1.3)',
  expiryFar: 'no calendar holds it: milliseconds were taken for seconds',
  issuedLater: 'issued in the future: a clock is wrong, or the token is made up',
  subjectEmpty: 'an empty subject names nobody',
  subjectNumber: 'RFC 7519 §4.1.2: a string',
  scopeList: 'a scope of the wrong type must not read as none',
  rolesText: 'roles of the wrong type must not read as none',
  organizationObject: 'an organization of the wrong type must not read as none',
  nonce: 'an ID token is no access token',
};

test('agrees with jose on claims, or is stricter on purpose', { timeout: 120_000 }, async (context) => {
  const keys = await makeKeys();
  const key = keys.ES256;
  const jwks = { keys: [key.jwk] };
  const keyServer = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(jwks));
  });
  context.after(() => keyServer.close());
  keyServer.listen(0, '127.0.0.1');
  await once(keyServer, 'listening');
  const issuer = `http://127.0.0.1:${keyServer.address().port}`;
  const server = await serve(['--subdomain', issuer, '--algorithms', 'ES256']);
  const audience = server.mcp;
  const next = random(seed);
  const pick = (n) => Math.floor(next() * n);
  const names = Object.keys(spoilClaims);
  const counts = { tokens: 0, bothAccept: 0, bothRefuse: 0, stricter: {} };
  for (let i = 0; i < 1000; ++i) {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, aud: audience, sub: `user_${i}`, exp: now + 300, iat: now, scope: 'openid email' };
    const name = names[i % names.length];
    Object.assign(claims, spoilClaims[name]({ ...claims, now, pick }));
    const token = await sign(key, { alg: key.alg, kid: key.kid }, JSON.stringify(claims));
    const [response, theirs] = await Promise.all([
      fetch(audience.replace('localhost', '127.0.0.1'), {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', Accept: 'application/json',
                   'MCP-Protocol-Version': '2026-07-28', 'Mcp-Method': 'tools/list' },
        body: JSON.stringify({ jsonrpc: '2.0', id: i, method: 'tools/list',
                               params: { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28',
                                                  'io.modelcontextprotocol/clientCapabilities': {} } } }),
      }),
      jwtVerify(token, createLocalJWKSet(jwks),
                { algorithms: ['ES256'], issuer, audience, clockTolerance: 10, requiredClaims: ['sub', 'exp'] })
        .then(() => true, () => false),
    ]);
    await response.arrayBuffer();
    assert.ok(response.status === 200 || response.status === 401, `${name}: HTTP ${response.status}`);
    const ours = response.status === 200;
    ++counts.tokens;
    const story = `#${i} ${name}: ours ${ours}, jose ${theirs}\n${JSON.stringify(claims)}`;
    if (ours === theirs) {
      ++counts[theirs ? 'bothAccept' : 'bothRefuse'];
      continue;
    }
    assert.ok(theirs && !ours, `laxer than jose: ${story}`);
    assert.ok(stricterOnClaims[name], `stricter, but not on purpose: ${story}`);
    counts.stricter[name] = (counts.stricter[name] ?? 0) + 1;
  }
  console.log(JSON.stringify(counts));
  assert.ok(counts.bothAccept > 100 && counts.bothRefuse > 400, JSON.stringify(counts));
  await server.stop();
});
