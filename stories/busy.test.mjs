// The writer stands still, as with a disk that does not answer: the form is kept on the page that says so, is sent again
// with one button, and is recorded once. With the script and without it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe, fitsWidth, openBrowser, shot, speaks } from './harness.mjs';
import { answer, arrive, find, question, register } from './parts/desk.mjs';
import { office } from './parts/office.mjs';
import { officer, visitor } from './parts/officer.mjs';
import { pass } from './parts/story.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

/** Holds the database's one place for writing from outside until it is let go. */
async function standstill(server) {
  const hold = `import sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10)
c.execute("begin immediate")
print("held", flush=True)
sys.stdin.read()`;
  const child = spawn('python3', ['-c', hold, join(server.dir, 'demo.sqlite')], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return async () => {
    child.stdin.end();
    await once(child, 'exit');
  };
}

test('a busy office keeps the form', async (t) => {
  const server = await office(t, { db: 'sqlite' });
  const token = await officer(browser, server, 'token');
  const number = await arrive(token, { language: 'en', look: pass });
  const clerk = await officer(browser, server, 'clerk');
  const visit = await find(clerk, number, { look: pass });
  await register(clerk, { look: pass });
  await clerk.go(`${visit}/questions`);
  await t.test('an answer, with the script', () => answered(server, clerk, visit));
  await t.test('a token, without the script, in Urdu at 320 px', () => tokenIssued(server));
  await t.test('pages are opened meanwhile, and signing out works', () => meanwhile(server));
});

/** Presses "send again" as somebody does who is told to wait a moment. */
async function sendAgain(who) {
  for (let turn = 0; turn < 20; turn += 1) {
    const answer = await who.press('busy-again', { status: null });
    if (answer.status() === 200) return;
    assert.equal(answer.status(), 503, who.page.url());
    await who.page.waitForTimeout(500);
  }
  assert.fail('It did not recover.');
}

async function onFile(server, clerk, visit) {
  const page = await clerk.page.context().newPage();
  await page.goto(`${server.office}${visit}/answers`);
  const count = await page.locator('main dl.facts > div').count();
  await page.close();
  return count;
}

async function answered(server, clerk, visit) {
  const earlier = await onFile(server, clerk, visit);
  await answer(clerk, await question(clerk));
  const go = await standstill(server);
  await clerk.press('ask-save', { status: 503 });
  await axe(clerk.page);
  await shot(clerk.page, 'busy-en');
  await clerk.press('busy-again', { status: 503 });
  await go();
  await sendAgain(clerk);
  assert.equal(await onFile(server, clerk, visit), earlier + 1, 'recorded once');
  const kept = await clerk.page.evaluate(() => Object.keys(sessionStorage).filter((key) => /^(kept|sent):/.test(key)));
  assert.deepEqual(kept, [], 'nothing is kept of a form that went through');
}

async function tokenIssued(server) {
  const token = await officer(browser, server, 'token', { lang: 'ur', narrow: true, script: false });
  await token.go('/desk');
  const waiting = await token.page.locator('tbody tr').count();
  await token.fill({ counter: 'women', topic: 'help', language: 'ur' });
  const go = await standstill(server);
  await token.press('token-issue-button', { status: 503 });
  await speaks(token.page, 'ur');
  await fitsWidth(token.page);
  await axe(token.page);
  await shot(token.page, 'busy-ur-320-noscript');
  await go();
  await sendAgain(token);
  assert.equal(await token.page.locator('tbody tr').count(), waiting + 1, 'one token');
}

async function meanwhile(server) {
  const clerk = await officer(browser, server, 'clerk');
  const go = await standstill(server);
  await clerk.go('/desk');
  const open = await visitor(browser, server, { lang: 'ps' });
  await open.go('/programmes');
  await clerk.press('sign-out');
  assert.equal(clerk.path(), '/sign-in');
  await go();
}
