// By keyboard alone: the focus shows everywhere and goes in the order of the page; numbers answer, Enter sends.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { keep, keyboardWalk, openBrowser, quiet } from './harness.mjs';
import { answer, arrive, find, question, register } from './parts/desk.mjs';
import { office } from './parts/office.mjs';
import { officer } from './parts/officer.mjs';
import { pass } from './parts/story.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

test('a desk without a mouse', async (t) => {
  const server = await office(t, { db: 'sqlite' });
  const token = await officer(browser, server, 'token');
  const number = await arrive(token, { language: 'en', look: pass });
  const clerk = await officer(browser, server, 'clerk');
  const walks = {};
  await find(clerk, number, { look: pass });
  const look = async ({ page }, name) => {
    if (['register', 'consent'].includes(name)) walks[name] = await keyboardWalk(page);
  };
  await register(clerk, { look });
  await t.test('registration is walked from top to bottom', () => inOrder(walks.register, [
    'skip-to-content', 'people-back-to-search', 'people-name', 'people-father', 'people-year', 'people-number',
    'people-district', 'people-village', 'people-phone', 'people-register-button',
  ], clerk));
  await clerk.follow('people-to-questions');
  await t.test('the question page is walked from top to bottom', async () => {
    walks.question = await keyboardWalk(clerk.page);
    inOrder(walks.question, ['skip-to-content', 'value-yes', 'ask-save', 'ask-enough'], clerk);
  });
  await t.test('and on a narrow window, where the panel is a bar at its foot', async () => {
    await clerk.page.setViewportSize({ width: 320, height: 640 });
    walks.narrow = await keyboardWalk(clerk.page);
    inOrder(walks.narrow, ['skip-to-content', 'value-yes', 'ask-save', 'ask-enough', 'panel-title'], clerk);
    await clerk.page.setViewportSize({ width: 1280, height: 900 });
  });
  await t.test('the first stop leads past the frame', async () => {
    await clerk.page.reload();
    await clerk.page.keyboard.press('Tab');
    await clerk.page.keyboard.press('Enter');
    assert.equal(await clerk.page.evaluate(() => document.activeElement.id), 'main');
  });
  await t.test('a number answers and Enter sends', () => numbersAnswer(clerk));
  await t.test('the slash goes to the search box', async () => {
    await clerk.go('/people');
    await clerk.page.keyboard.press('/');
    assert.equal(await clerk.page.evaluate(() => document.activeElement.id), 'q');
  });
  for (const [name, stops] of Object.entries(walks)) keep(`keyboard-${name}`, stops);
  quiet(clerk.page);
});

/** Asserts that the walk passes these words in this order. */
function inOrder(stops, ids, { w }) {
  let from = -1;
  for (const id of ids) {
    const says = w.begins(id);
    const at = stops.findIndex((stop, index) => index > from && says.test(stop.replace(/^\S+ "(.*)"$/s, '$1')));
    assert.ok(at > from, `${id} does not come after what stands before it:\n${stops.join('\n')}`);
    from = at;
  }
}

/** Finds a question with rows, answers it with 2 and Enter, and sees that the second row was kept. */
async function numbersAnswer(clerk) {
  const rows = clerk.page.locator('form.question-card fieldset.question input[type=radio]');
  await clerk.page.reload();
  for (let tries = 0; (await rows.count()) === 0; tries += 1) {
    const now = await question(clerk);
    assert.ok(now && tries < 20, 'a question with rows is asked');
    await answer(clerk, now);
    await clerk.press('ask-save');
  }
  const before = await question(clerk);
  await clerk.page.keyboard.press('2');
  assert.ok(await rows.nth(1).isChecked(), 'the second row is chosen');
  assert.equal(await rows.nth(1).evaluate((one) => one === document.activeElement), true, 'and has the focus');
  // As Urdu and Pashto keyboards type it.
  await clerk.page.evaluate(() => document.activeElement.dispatchEvent(
    new KeyboardEvent('keydown', { key: '۱', bubbles: true, cancelable: true }),
  ));
  assert.ok(await rows.nth(0).isChecked(), 'digits of any script count');
  await clerk.turn(() => clerk.page.keyboard.press('Enter'), 200);
  const next = await question(clerk);
  assert.notDeepEqual([next?.fact, next?.person], [before.fact, before.person], 'the next question is asked');
}

