// What goes wrong between a desk and its server: the line drops, the session ends, two clerks answer at once. Nothing
// is lost and nothing is recorded twice.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, shot } from './harness.mjs';
import { answer, arrive, find, question, register } from './parts/desk.mjs';
import { office } from './parts/office.mjs';
import { PASSWORD, officer } from './parts/officer.mjs';
import { pass } from './parts/story.mjs';

let browser;
let server;
let clerk;
let visit;

before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

test('lines, sessions and two clerks', async (t) => {
  server = await office(t, { db: 'sqlite' });
  const token = await officer(browser, server, 'token');
  const number = await arrive(token, { language: 'en', look: pass });
  clerk = await officer(browser, server, 'clerk');
  visit = await find(clerk, number, { look: pass });
  await register(clerk, { look: pass });
  await clerk.go(`${visit}/questions`);
  await t.test('the line is down: the answer is kept, and sent when it is back', lineDown);
  await t.test('the line drops after sending: the answer is recorded once', answerLost);
  await t.test('a form carried out without an answer does not come back for ever', spentForm);
  await t.test('the session ended: signing in again leads back, with the answer kept', sessionEnded);
  await t.test('a registration form survives both', registrationKept);
  await t.test('two clerks answer the same question: both answers are shown', twoClerks);
});

/** How many answers are on file. */
async function onFile() {
  const page = await clerk.page.context().newPage();
  await page.goto(`${server.office}${visit}/answers`);
  const count = await page.locator('main dl.facts > div').count();
  await page.close();
  return count;
}

/** The posts that leave the page, with the command each is. */
function posts(page) {
  const commands = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/questions')) {
      commands.push(new URLSearchParams(request.postData()).get('command_id'));
    }
  });
  return commands;
}

const chosen = () => clerk.page.locator('form.question-card').evaluate((form) =>
  [...new FormData(form)].filter(([name]) => ['fact', 'person', 'answer', 'complete', 'command_id'].includes(name)));

/** The server carries out what the button sends to this address, but its answer never arrives. */
async function answerDropped(address, button) {
  let status;
  const form = (request) => request.method() === 'POST' && request.url().endsWith(address);
  await clerk.page.route(`**${address}`, async (route) => {
    if (!form(route.request())) return route.continue();
    status = (await route.fetch({ maxRedirects: 0 })).status();
    return route.abort('connectionreset');
  });
  // Other posts of the page, as the question for similar people, end with it: only the form's own counts.
  const failed = clerk.page.waitForEvent('requestfailed', form);
  await clerk.button(button).click();
  await failed;
  await clerk.page.unroute(`**${address}`);
  assert.equal(status, 303, 'the server carried it out');
}

async function lineDown() {
  const before = await onFile();
  const now = await question(clerk);
  await answer(clerk, now);
  const typed = await chosen();
  const sent = posts(clerk.page);
  await clerk.page.context().setOffline(true);
  await clerk.button('ask-save').click();
  await clerk.page.getByRole('status').filter({ hasText: clerk.w.within('form-dropped') }).waitFor();
  assert.deepEqual(sent, [], 'nothing was sent into a dead line');
  assert.deepEqual(await chosen(), typed, 'the answer still stands in the form');
  await shot(clerk.page, 'lines-dropped');
  await clerk.page.context().setOffline(false);
  await clerk.press('ask-save');
  assert.deepEqual(sent, [now.command], 'sent once, as the command the form was made with');
  assert.equal(await onFile(), before + 1);
}

async function answerLost() {
  const before = await onFile();
  const now = await question(clerk);
  await answer(clerk, now);
  const sent = posts(clerk.page);
  await answerDropped('/questions', 'ask-save');
  assert.equal(await onFile(), before + 1, 'the server had recorded it');
  // The browser shows that the line broke; the clerk loads the page again, which sends the form again.
  await clerk.page.waitForTimeout(300);
  await clerk.page.reload();
  assert.equal(await onFile(), before + 1, 'one answer is on file');
  assert.deepEqual(sent, [now.command, now.command], 'sent twice, under one command');
  await clerk.go(`${visit}/questions`);
}

/** What the browser kept of a form whose answer was lost must not stand in the way of the next one. */
async function spentForm() {
  // Nobody in the demo is called like this, on whatever day it was made: no match cards come between.
  const typed = { given: 'Qutlugh Tarkhan', about: '40', relationship: 'sibling' };
  await clerk.go(`${visit}/members/new`);
  await clerk.fill(typed);
  await answerDropped('/members/new', 'people-save-member');
  await clerk.page.waitForTimeout(300);
  await clerk.go(`${visit}/members/new`);
  assert.equal(await clerk.page.inputValue('#given'), typed.given, 'the browser kept it');
  await clerk.fill({ given: 'Gulalai' });
  await clerk.press('people-save-member', { status: 409 });
  await clerk.go(`${visit}/members/new`);
  assert.equal(await clerk.page.inputValue('#given'), '', 'the next form is a fresh one');
  await clerk.go(`${visit}/questions`);
}

async function sessionEnded() {
  const before = await onFile();
  const now = await question(clerk);
  await answer(clerk, now);
  const typed = await chosen();
  await clerk.page.context().clearCookies({ name: 'office-session' });
  await clerk.press('ask-save');
  assert.equal(clerk.path(), '/sign-in');
  await clerk.page.fill('input[autocomplete="username"]', 'clerk');
  await clerk.page.fill('input[autocomplete="current-password"]', PASSWORD);
  await clerk.press('sign-in-button');
  assert.equal(clerk.path(), `${visit}/questions`, 'back where they were');
  assert.deepEqual(await chosen(), typed, 'with the answer as it was given');
  await clerk.press('ask-save');
  assert.equal(await onFile(), before + 1, 'and it is recorded once');
}

async function registrationKept() {
  await clerk.go(`${visit}/members/new`);
  await clerk.fill({ given: 'Gulalai', about: '31' });
  await clerk.page.context().setOffline(true);
  await clerk.button('people-save-member').click();
  await clerk.page.getByRole('status').filter({ hasText: clerk.w.within('form-dropped') }).waitFor();
  await clerk.page.context().setOffline(false);
  await clerk.page.reload();
  assert.equal(await clerk.page.inputValue('#given'), 'Gulalai', 'a reload loses nothing');
  await clerk.fill({ given: '' });
  await clerk.press('people-save-member', { status: 422 });
  assert.equal(await clerk.page.inputValue('#about'), '31', 'nor does a refused form');
  assert.equal(await clerk.page.evaluate(() => document.activeElement.className), 'error-summary');
  await clerk.go(`${visit}/questions`);
}

async function twoClerks() {
  const now = await question(clerk);
  const social = await officer(browser, server, 'social');
  const address = `${visit}/questions?fact=${now.fact}&person=${now.person}`;
  await clerk.go(address);
  await social.go(address);
  await answer(clerk, now);
  await clerk.press('ask-save');
  await otherAnswer(social);
  await social.press('ask-save', { status: 409 });
  const sides = await social.texts('.conflict-side dd');
  assert.equal(sides.length, 2);
  assert.notEqual(sides[0], sides[1], 'both answers are shown');
  await shot(social.page, 'lines-two-clerks');
  // Choosing the second one is a correction, and a correction has a reason.
  await social.press('stale-save-mine', { status: 422 });
  await social.fill({ reason: 'She looked at the card again.' });
  await social.press('ask-save');
  await social.go(address);
  assert.ok((await social.texts('main .notice strong')).includes(sides[1]), `${sides[1]} is on file now`);
  await social.close();
}

/** Another answer than the one the first clerk gives. */
async function otherAnswer(social) {
  const form = social.page.locator('form.question-card');
  const radios = form.locator('fieldset.question input[type=radio]');
  if (await radios.count()) {
    await answer(social, await question(social));
    const all = await radios.evaluateAll((rows) => rows.map((row) => [row.value, row.checked]));
    const other = all.find(([value, checked]) => !checked && !value.startsWith('-'));
    return radios.locator(`xpath=self::*[@value="${other[0]}"]`).check();
  }
  const first = form.locator('[name="answer"]').first();
  const kind = await first.evaluate((one) => one.type);
  if (kind === 'checkbox') return form.locator('input[name="answer"]:not([value^="-"])').first().check();
  return kind.startsWith('select') ? first.selectOption({ index: 2 }) : first.fill('3');
}
