// SPDX-License-Identifier: GPL-3.0-or-later
// Thousands of schemas and values, made at random, judged by our evaluator and by ajv. The two agree on each.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';

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

const next = random(seed);
const int = (bound) => Math.floor(next() * bound);
const one = (list) => list[int(list.length)];
const some = (list) => list.filter(() => next() < 0.4);

// ajv takes a member with an empty name for one that is not there.
const names = ['a', 'b', 'c', 'ab', 'x-y', 'a/b', 'ü', '~'];
const texts = ['', 'a', 'ab', 'abc', 'b1', 'A', 'ü', '\u{1F600}\u{1F600}', '1', ' a ', 'a\n'];
const numbers = [0, 1, -1, 2, 3, 1.5, 2.25, 10, 100, 1e3, -0.5, 4];
const patterns = ['^a', 'b$', '^[ab]+$', '\\d', '^.{2}$', '^\\p{L}+$', '^$', 'a|1', '\\s'];
const types = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'];

function value(depth = 0) {
  const kind = int(depth > 2 ? 5 : 8);
  if (kind < 5)
    return [() => null, () => next() < 0.5, () => one(numbers), () => one(texts), () => one(numbers)][kind]();
  if (kind === 5)
    return Array.from({ length: int(4) }, () => value(depth + 1));
  return Object.fromEntries(some(names).map((name) => [name, value(depth + 1)]));
}

function schema(depth = 0) {
  if (next() < 0.08)
    return next() < 0.7;
  const made = {};
  const below = () => schema(depth + 1);
  const list = () => Array.from({ length: 1 + int(2) }, below);
  const map = (keys) => Object.fromEntries(some(keys).map((key) => [key, below()]));
  const plain = {
    type: () => (next() < 0.7 ? one(types) : [...new Set([one(types), one(types)])]),
    enum: () => Array.from({ length: 1 + int(3) }, () => value(2)),
    const: () => value(2),
    minimum: () => one(numbers), maximum: () => one(numbers),
    exclusiveMinimum: () => one(numbers), exclusiveMaximum: () => one(numbers),
    multipleOf: () => one([1, 2, 0.5, 3, 0.25]),
    minLength: () => int(3), maxLength: () => int(4), pattern: () => one(patterns),
    minItems: () => int(3), maxItems: () => int(4), uniqueItems: () => next() < 0.5,
    minProperties: () => int(3), maxProperties: () => int(4), required: () => some(names),
    dependentRequired: () => Object.fromEntries(some(names).map((name) => [name, some(names)])),
  };
  const nested = {
    allOf: list, anyOf: list, oneOf: list, not: below, if: below, then: below, else: below,
    prefixItems: list, items: below, contains: below, properties: () => map(names),
    patternProperties: () => map(patterns), additionalProperties: below, propertyNames: below,
    dependentSchemas: () => map(names), $ref: () => one(['#/$defs/one', '#two']),
    // Without unevaluatedItems and unevaluatedProperties: ajv counts what an anyOf that failed has looked at, and not
    // what they looked at inside of other schemas, both against draft 2020-12 §11. The official suite tries them.
  };
  for (let i = 1 + int(3); i > 0; --i) {
    const [name, make] = one(Object.entries(depth < 3 && next() < 0.6 ? nested : plain));
    made[name] = make();
  }
  // Beside prefixItems, ajv lets an empty array contain what contains asks for.
  if ('contains' in made)
    delete made.prefixItems;
  if ('contains' in made && next() < 0.4)
    made.minContains = int(3);
  if ('contains' in made && next() < 0.4)
    made.maxContains = int(3);
  return made;
}

/** A whole schema. The definitions lead to no reference, so that it has an end. */
function whole() {
  const flat = () => {
    const text = JSON.stringify(schema(2));
    return text.includes('$ref') ? { type: one(types) } : JSON.parse(text);
  };
  const made = schema();
  const two = flat();
  return { ...(typeof made === 'boolean' ? { not: !made } : made),
           $defs: { one: flat(), two: { $anchor: 'two', ...(typeof two === 'boolean' ? {} : two) } } };
}

/**
 * The same schema with what stands for many members behind references: in the loop that ajv makes of it, "contains"
 * takes the answer for one member's array as that for the next member's, if that is empty.
 */
function withoutLoops(made) {
  const moved = {};
  const move = (from) => {
    if (Array.isArray(from))
      return from.map(move);
    if (typeof from !== 'object' || from === null)
      return from;
    const to = Object.fromEntries(Object.entries(from).map(([name, part]) => [name, move(part)]));
    if (typeof to.patternProperties === 'object') {
      for (const [pattern, part] of Object.entries(to.patternProperties)) {
        const name = `moved${Object.keys(moved).length}`;
        moved[name] = part;
        to.patternProperties[pattern] = { $ref: `#/$defs/${name}` };
      }
    }
    for (const keyword of ['additionalProperties', 'unevaluatedProperties', 'items', 'unevaluatedItems']) {
      if (typeof to[keyword] !== 'object' || to[keyword] === null)
        continue;
      const name = `moved${Object.keys(moved).length}`;
      moved[name] = to[keyword];
      to[keyword] = { $ref: `#/$defs/${name}` };
    }
    return to;
  };
  const all = move(made);
  return { ...all, $defs: { ...all.$defs, ...moved } };
}

test(`agrees with ajv on schemas and values made at random (SEED=${seed})`, { timeout: 170_000 }, async (context) => {
  const child = spawn(process.env.JUDGE_SCHEMAS, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  context.after(() => child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const counts = { valid: 0, invalid: 0, refusedByBoth: 0, ajvFailed: 0 };
  for (let i = 0; i < 1500; ++i) {
    const made = whole();
    const values = Array.from({ length: 8 }, () => value());
    let theirs;
    try {
      // Notes to the author of a schema are no verdict on it.
      theirs = new Ajv2020({ strict: false, allErrors: false, logger: false, unicodeRegExp: true }).compile(made);
    } catch {
      theirs = null;
    }
    child.stdin.write(`${JSON.stringify({ schema: made, values })}\n`);
    const { value: ours } = await lines.next();
    const where = `\n${JSON.stringify(made)}\n${JSON.stringify(values)}`;
    if (theirs === null || ours === '!') {
      assert.equal(ours === '!', theirs === null, `one of the two refuses the schema${where}`);
      ++counts.refusedByBoth;
      continue;
    }
    let wanted;
    try {
      wanted = values.map((each) => (theirs(each) ? '+' : '-')).join('');
    } catch {
      ++counts.ajvFailed; // "Cannot set properties of undefined" in the code that it made.
      continue;
    }
    if (ours !== wanted && JSON.stringify(made).includes('"contains"')) {
      const again = new Ajv2020({ strict: false, logger: false, inlineRefs: false }).compile(withoutLoops(made));
      wanted = values.map((each) => (again(each) ? '+' : '-')).join('');
      ++counts.ajvFailed;
    }
    assert.equal(ours, wanted, where);
    counts.valid += wanted.split('+').length - 1;
    counts.invalid += wanted.split('-').length - 1;
  }
  child.stdin.end();
  const [code] = await ended;
  assert.equal(code, 0);
  assert.ok(counts.valid > 2000 && counts.invalid > 2000 && counts.ajvFailed < 40, JSON.stringify(counts));
  context.diagnostic(`values that both accept: ${counts.valid}, that both refuse: ${counts.invalid}; `
    + `schemas that both refuse: ${counts.refusedByBoth}, that ajv fails at: ${counts.ajvFailed}`);
});
