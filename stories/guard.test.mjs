// An office that guards itself: signing in with a code of the phone, and leaving a shared computer and coming back.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { axe, fitsWidth, openBrowser, openPage, quiet, shot, speaks } from './harness.mjs';
import { office } from './parts/office.mjs';
import { PASSWORD, someone } from './parts/officer.mjs';
import { arrive, find, register } from './parts/desk.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

/** The code of a secret (RFC 6238), `steps` half minutes from now. */
function code(secret, steps = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function look(who, name) {
  await fitsWidth(who.page);
  await speaks(who.page, who.w.lang);
  quiet(who.page);
  await axe(who.page);
  await shot(who.page, `guard-${who.w.lang}-${name}`);
}

/** Gives name and password; whatever page comes next. */
async function password(server, login, how = {}) {
  const page = await openPage(browser, how);
  const who = someone(page, server.office, how.lang ?? 'en');
  await who.go(`/sign-in?lang=${who.w.lang}`);
  if (how.seen) {
    await how.seen(who, 'sign-in');
    await who.fill({ user: login, password: 'not the password' });
    await who.turn(() => page.locator('main button[type="submit"]').first().click(), 422);
    await how.seen(who, 'sign-in-wrong');
  }
  await who.fill({ user: login, password: how.password ?? PASSWORD });
  await who.turn(() => page.locator('main button[type="submit"]').first().click(), 200);
  return who;
}

/** An administrator appoints a clerk and hands over a first password, which opens nothing but the page that changes it. */
async function firstPassword(server, admin, how) {
  await admin.fill({ login: 'gulalai', name: 'Gulalai', role: 'registration_clerk', centre: 'nowshera', district: 'nowshera' });
  await admin.press('officer-appoint-button');
  await look(admin, 'password-once');
  const first = (await admin.page.locator('main dd .code').innerText()).trim();
  const clerk = await password(server, 'gulalai', { ...how, password: first });
  assert.equal(clerk.path(), '/password');
  await look(clerk, 'first-password');
  await clerk.go('/desk');
  assert.equal(clerk.path(), '/password', 'nothing opens before it is changed');
  await clerk.fill({ old: first, new: 'short', again: 'short' });
  await clerk.press('password-button', { status: 422 });
  await look(clerk, 'first-password-short');
  await clerk.fill({ old: first, new: 'nine green buses wait', again: 'nine green buses wait' });
  await clerk.press('password-button');
  assert.equal(clerk.path(), '/sign-in', 'and signs in with the new one');
  await clerk.close();
}

/** Enrols the second step; the secret, and the code that confirmed it. */
async function enrol(who, { seen = async () => {} } = {}) {
  const secret = (await who.page.locator('#secret').innerText()).replace(/\s/g, '');
  await seen(who, 'enrol');
  await who.fill({ code: '000000' });
  await who.press('second-button', { status: 422 });
  await seen(who, 'enrol-wrong');
  const used = code(secret, -1);
  await who.fill({ code: used });
  await who.press('second-button');
  assert.equal((await who.texts('.recovery li')).length, 8);
  await seen(who, 'recovery');
  await who.follow('recovery-done');
  return { secret, used };
}

for (const { lang, how } of [
  { lang: 'en', how: {} },
  { lang: 'ur', how: { narrow: true } },
  { lang: 'ps', how: { narrow: true, script: false } },
]) {
  test(`signing in with a code of the phone (${lang})`, async (t) => {
    const server = await office(t, { db: 'sqlite', args: ['--second-step'] });
    const admin = await password(server, 'admin', { lang, seen: look, ...how });
    assert.equal(admin.path(), '/sign-in/second');
    await admin.go('/officers');
    assert.equal(admin.path(), '/sign-in/second', 'the password alone opens nothing');
    const { secret, used } = await enrol(admin, { seen: look });
    assert.equal(admin.path(), '/officers');
    await admin.close();
    const again = await password(server, 'admin', { lang, ...how });
    assert.equal(again.path(), '/sign-in/code');
    await look(again, 'code');
    await again.fill({ code: used });
    await again.press('sign-in-button', { status: 422 });
    await again.fill({ code: code(secret) });
    await again.press('sign-in-button');
    assert.equal(again.path(), '/officers');
    await firstPassword(server, again, { lang, ...how });
    await again.close();
  });
}

test('a shared computer: locked, a colleague, and back to the page and the form', async (t) => {
  const server = await office(t, { db: 'sqlite' });
  const token = await password(server, 'token');
  const number = await arrive(token, { language: 'en', look: async () => {} });
  await token.close();
  const clerk = await password(server, 'clerk');
  const visit = await find(clerk, number, { look: async () => {} });
  await clerk.go(`${visit}/register`);
  await clerk.fill({ given: 'Gulalai', father: 'Noor Rehman' });
  await clerk.press('lock-button');
  assert.equal(clerk.path(), '/lock');
  await look(clerk, 'locked');
  assert.ok(!(await clerk.page.content()).includes('Gulalai'), 'nothing of the family stands in the page');
  assert.equal(await clerk.page.evaluate(() => sessionStorage.length), 0, 'nor in the browser');
  // A colleague signs in, in one step, and sees nothing of it.
  await clerk.page.fill('#user', 'social');
  await clerk.page.fill('#password', PASSWORD);
  await clerk.press('lock-other-button');
  assert.equal(clerk.path(), '/desk');
  await clerk.go('/kept');
  assert.ok(!(await clerk.page.content()).includes('Gulalai'), 'what waits for a colleague is not shown');
  await clerk.press('lock-button');
  // The first one comes back to what was being typed.
  await clerk.page.fill('#user', 'clerk');
  await clerk.page.fill('#password', PASSWORD);
  await clerk.button('lock-other-button').click();
  await clerk.page.waitForURL(`**${visit}/register`);
  await clerk.page.waitForFunction(() => document.querySelector('[name="given"]')?.value === 'Gulalai');
  await clerk.close();
});

/** The address of a family of this centre, whoever the demo has there: what was opened once is open for half an hour. */
async function someFile(who, number) {
  for (const q of ['Amina', 'Zainab', 'Fatima', 'Ayesha', 'Noor Rehman', 'Sher Zaman']) {
    await who.fill({ q });
    await who.press('people-search-button');
    const found = who.page.locator('main a.button[href^="/people/"]');
    if (await found.count() > number) return found.nth(number).getAttribute('href');
  }
  return assert.fail('the demo has no family of these names at this centre');
}

test('what is protected, opened in front of a second person', async (t) => {
  const server = await office(t, { db: 'sqlite' });
  for (const { lang, how, number } of [{ lang: 'en', how: {}, number: 0 }, { lang: 'ps', how: { narrow: true, script: false }, number: 1 }]) {
    const social = await password(server, 'social', { lang, ...how });
    await social.go('/people');
    await social.go(await someFile(social, number));
    await social.follow('protected-ask');
    await look(social, 'protected-ask');
    await social.press('protected-open', { status: 422 });
    await social.fill({ why: 'danger', words: 'she is at the door' });
    await social.press('protected-open');
    await look(social, 'protected');
    await social.go('/access/openings', 404);
    await social.close();
    const manager = await password(server, 'manager', { lang, ...how });
    await manager.go('/access/openings');
    await look(manager, 'openings');
    assert.match(await manager.page.locator('main').innerText(), /she is at the door/);
    await manager.press('openings-note');
    assert.doesNotMatch(await manager.page.locator('main').innerText(), /she is at the door/);
    await manager.go('/access/openings?view=all');
    await look(manager, 'openings-all');
    await manager.close();
    const auditor = await password(server, 'auditor', { lang, ...how });
    await auditor.go('/access/reads?view=unbound');
    await look(auditor, 'reads-unbound');
    await auditor.close();
  }
});
