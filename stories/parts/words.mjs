// The words of the pages, read from the same Fluent files the server reads: stories find buttons and links by what
// people see, in any language, and no story holds a sentence twice.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../crates/web/locales');
const read = new Map();

/** The messages of a language: id to pattern, as written. */
function messages(lang) {
  if (!read.has(lang)) {
    const found = new Map();
    for (const name of readdirSync(join(folder, lang)).filter((each) => each.endsWith('.ftl'))) {
      let id = null;
      for (const line of readFileSync(join(folder, lang, name), 'utf8').split('\n')) {
        const begins = /^([a-z][\w-]*)\s*=\s?(.*)$/.exec(line);
        if (begins) found.set((id = begins[1]), begins[2]);
        else if (/^#/.test(line)) id = null;
        else if (id && line.trim()) found.set(id, `${found.get(id)}\n${line}`);
      }
    }
    read.set(lang, found);
  }
  return read.get(lang);
}

/**
 * What a message may look like on a page: a regular expression over the whole text, or over its beginning. Values that
 * are not given match anything; of variants, each is taken.
 */
export function words(lang) {
  const source = (id, values) => {
    const written = messages(lang).get(id);
    assert.ok(written !== undefined, `There is no message ${id} in ${lang}.`);
    return pattern(written, values);
  };
  return {
    lang,
    has: (id) => messages(lang).has(id),
    whole: (id, values = {}) => new RegExp(`^\\s*${source(id, values)}\\s*$`, 's'),
    begins: (id, values = {}) => new RegExp(`^\\s*${source(id, values)}`, 's'),
    within: (id, values = {}) => new RegExp(source(id, values), 's'),
  };
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s+/g, '\\s+');

function pattern(text, values) {
  let out = '';
  for (let at = 0; at < text.length;) {
    if (text[at] !== '{') {
      const end = text.indexOf('{', at);
      out += escaped(text.slice(at, end < 0 ? undefined : end));
      at = end < 0 ? text.length : end;
      continue;
    }
    const end = closing(text, at);
    out += placeable(text.slice(at + 1, end), values);
    at = end + 1;
  }
  return out;
}

function closing(text, open) {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}' && (depth -= 1) === 0) return at;
  }
  throw new Error(`A brace is not closed in: ${text}`);
}

function placeable(inside, values) {
  const variants = inside.split('->')[1];
  if (variants !== undefined) {
    const each = variants.split(/^\s*\*?\[[^\]]+\]\s?/m).slice(1).map((one) => pattern(one.trim(), values));
    return `(?:${each.join('|')})`;
  }
  const quoted = /^\s*"(.*)"\s*$/.exec(inside);
  if (quoted) return escaped(quoted[1]);
  const name = /^\s*\$([\w-]+)\s*$/.exec(inside)?.[1];
  // Values stand between marks that keep their direction to themselves.
  return name in values ? `[\\u2066-\\u2069]?${escaped(String(values[name]))}[\\u2066-\\u2069]?` : '.*?';
}
