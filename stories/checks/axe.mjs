// Accessibility by axe-core: WCAG 2.2 A and AA, and its good practices.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

// With JavaScript off the browser runs what the debugger asks for, but no timer ever fires; axe uses timers only to
// put a task off. Long ones are its time limits, and are left out.
const WITHOUT_TIMERS = `window.setTimeout = (task, delay, ...values) => {
  if (!(delay > 100)) Promise.resolve().then(() => task(...values));
  return 0;
}`;

/**
 * Asserts that axe finds no violation on the page; lists each with the elements and what to do.
 * `without` names rules that a page breaks for a reason which the caller states.
 * The script goes in through the browser's debugger, so the page's own security policy stays as it is.
 */
export async function axe(page, { within = 'document', without = [] } = {}) {
  const session = await page.context().newCDPSession(page);
  try {
    await evaluate(session, source);
    if (page.scriptless) await evaluate(session, WITHOUT_TIMERS);
    const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
    const options = JSON.stringify({ runOnly: { type: 'tag', values: TAGS }, rules, resultTypes: ['violations'], preload: false });
    const target = within === 'document' ? 'document' : JSON.stringify(within);
    const found = await evaluate(session, `axe.run(${target}, ${options}).then((result) => JSON.stringify(result.violations))`);
    const lines = JSON.parse(found).flatMap(readable);
    assert.equal(lines.length, 0, `${page.url()}: axe found violations\n${lines.join('\n')}`);
  } finally {
    await session.detach();
  }
}

async function evaluate(session, expression) {
  const asked = session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  const late = pause(60_000, null, { ref: false });
  const answer = await Promise.race([asked, late]);
  if (!answer) throw new Error('axe did not come to an end within a minute.');
  const { result, exceptionDetails } = answer;
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

function readable({ id, impact, help, nodes }) {
  const where = nodes.slice(0, 5).map(({ target, html, failureSummary }) => {
    const why = failureSummary.split('\n').slice(1).map((line) => line.trim()).join('; ');
    return `    ${target.join(' ')}  ${html.slice(0, 120)}\n      ${why}`;
  });
  const more = nodes.length > 5 ? [`    and ${nodes.length - 5} more`] : [];
  return [`  ${id} (${impact}): ${help}`, ...where, ...more];
}
