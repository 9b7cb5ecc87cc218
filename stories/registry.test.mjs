// Registered twice: a woman of Nowshera comes to the centre in Lower Dir and is written down otherwise. The clerk sees who is
// similar, the pair comes before the officers, two of them join the records, both lists stand on one file, the overlap is
// counted; then it is undone exactly, and "two people" is remembered.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, combinations, fitsWidth, openBrowser, quiet, shot, speaks } from './harness.mjs';
import { family } from './parts/cast.mjs';
import { arrive, find, register } from './parts/desk.mjs';
import { office, timed } from './parts/office.mjs';
import { officer } from './parts/officer.mjs';

/** How the second centre writes her down: another hand, a digit misread, another village and phone. */
const AGAIN = {
  latin: { given: 'Aamna Bibi', father: 'Sher Zamaan' },
  arabic: { given: 'امنہ بی بی', father: 'شیرزمان' },
};
const NUMBER = { first: '17201-2345678-2', second: '17201-2345678-4' };
const SOURCES = ['Khair Committee Pabbi', 'Women’s Fund Lower Dir'];
const REASON = { look: 'two cards to compare', same: 'seen with both cards', undo: 'two women: both came', apart: 'both women came' };

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

for (const { db, lang, depth } of combinations()) {
  const how = { lang, narrow: depth === 'look', script: depth !== 'look' };
  test(`somebody registered twice is one person, and two again (${db}, ${lang})`, async (t) => {
    const server = await office(t, { db });
    if (!server) return;
    await timed(`registered twice (${db}, ${lang})`, () => twice(server, lang, how));
  });
}

async function twice(server, lang, how) {
  const wide = how.narrow ? '320' : 'wide';
  const look = async ({ page }, name) => {
    await fitsWidth(page);
    await speaks(page, lang);
    quiet(page);
    await axe(page);
    await shot(page, `registry-${lang}-${wide}-${name}`);
    // What an officer reads on a phone, too.
    if (!how.narrow) await narrowly(page, () => shot(page, `registry-${lang}-320-${name}`));
  };
  const name = (await inNowshera(server, lang, how)).name;
  const unit = await officer(browser, server, 'province', how);
  const keeper = await officer(browser, server, 'lists', how);
  await list(keeper, 0, { given: name.amina, father: name.sher, number: NUMBER.first, phone: '0300 1234567', village: name.village, district: 'nowshera' });
  await inLowerDir(server, lang, how, look);
  const manager = await officer(browser, server, 'manager', how);
  const before = await file(manager, NUMBER.first);
  assert.match(before.text, new RegExp(SOURCES[0]));
  assert.doesNotMatch(before.text, new RegExp(SOURCES[1]));

  const pair = await proposed(unit, again(lang).given, name, look);
  await manager.go('/people/review?view=waiting');
  await look(manager, 'waiting');
  await manager.go(pair);
  await openAll(manager);
  await look(manager, 'second-officer');
  await manager.press('review-approve');
  await look(manager, 'joined');

  // While she stood there twice, nobody could say whom this list means.
  await list(keeper, 1, { ...again(lang), number: NUMBER.second, phone: '0300 7654321', village: 'Khall', district: 'lower-dir' });
  await keeper.go('/people/imports');
  await look(keeper, 'imports');
  const joined = await file(manager, NUMBER.second);
  for (const source of SOURCES) assert.match(joined.text, new RegExp(source), 'both lists on one file');
  assert.match(joined.text, new RegExp(again(lang).given), 'as whom she is also registered');
  await look(manager, 'one-file');
  await overlap(manager, look);

  await file(manager, NUMBER.first);
  await manager.turn(() => manager.page.locator('main a[href$="/merges"]').first().click(), 200);
  await look(manager, 'merges');
  await manager.turn(() => manager.page.locator(`main a[href="${pair}"]`).click(), 200);
  await manager.fill({ undoing: REASON.undo });
  await manager.press('review-undo-button');
  await look(manager, 'undone');
  const after = await file(manager, NUMBER.first);
  assert.equal(after.text, before.text, 'undone exactly');

  await manager.go(pair);
  await manager.fill({ decision: 'different', reason: REASON.apart });
  await manager.press('review-decide-button');
  await look(manager, 'different');
  await remembered(server, manager, lang, how, pair);
  await unit.close();
  await manager.close();
}

const again = (lang) => (lang === 'en' ? AGAIN.latin : AGAIN.arabic);

/** Amina Bibi's family, as its own centre registers it. */
async function inNowshera(server, lang, how) {
  const pass = async () => {};
  const token = await officer(browser, server, 'token', how);
  const number = await arrive(token, { language: lang, look: pass });
  await token.close();
  const clerk = await officer(browser, server, 'clerk', how);
  await find(clerk, number, { look: pass });
  await register(clerk, { look: pass });
  await clerk.close();
  return family(lang);
}

/** The second centre: similar records stand beside the form while it is filled, and again before it is saved. */
async function inLowerDir(server, lang, how, look) {
  const { head } = family(lang);
  const clerk = await officer(browser, server, 'clerk-dir', how);
  await clerk.go('/desk');
  await clerk.fill({ counter: 'women', topic: 'help', language: lang });
  await clerk.press('token-issue-button');
  await clerk.turn(() => clerk.page.locator('tbody a').last().click(), 200);
  await clerk.press('visit-call');
  await clerk.go(`${clerk.path().split('/').slice(0, 3).join('/')}/register`);
  const place = { district: 'lower-dir', village: 'Khall', phone: '0300 7654321' };
  await clerk.fill({ ...head, ...again(lang), number: NUMBER.second, number_check: 'not_yet_verified', ...place });
  if (how.script) {
    await clerk.page.locator('[data-similar-place] .match').first().waitFor();
    await look(clerk, 'beside');
  }
  await clerk.press('people-register-button');
  const cards = (await clerk.texts('article.match')).join(' ');
  assert.match(cards, clerk.w.within('review-why-number-one-digit-off'), 'what speaks for one person');
  assert.ok(!cards.includes(family(lang).name.village), 'no more than a match card of another district');
  await look(clerk, 'similar');
  await clerk.press('people-register-none-of-these');
  await clerk.close();
}

/** A list of one row: somebody gives her something every month. */
async function list(unit, nth, { given, father, number, phone, village, district }) {
  await unit.go('/people/imports/new');
  const born = `02/03/${new Date().getFullYear() - 48}`;
  const rows = ['Name,Father/Husband Name,CNIC No,Mobile No,Village,Date of Birth', [given, father, number, phone, village, born].join(',')];
  await unit.fill({ source: SOURCES[nth] });
  const file = { name: `list-${nth}.csv`, mimeType: 'text/csv', buffer: Buffer.from(`${rows.join('\n')}\n`) };
  await unit.page.setInputFiles('input[name="list"]', file);
  await unit.press('import-look');
  await unit.fill({ title: `Support ${nth + 1}`, stated_on: '2026-10-01', district, amount: '3000', per: 'month' });
  await unit.press('import-try');
  const address = unit.path();
  await until(unit, address, () => unit.page.locator('form[action$="/start"]').count());
  await unit.turn(() => unit.page.locator('form[action$="/start"] button').click(), 200);
  await until(unit, address, async () => !(await unit.page.locator('form[action$="/cancel"]').count()));
  const figures = (await unit.texts('dl.figures dd')).map(Number);
  assert.deepEqual(figures, [0, 1, 0, 0], `the row means somebody on file: ${figures}`);
}

/** The pair comes before the provincial unit, who opens both files and says that they are one person. */
async function proposed(unit, given, name, look) {
  const row = () => unit.page.locator('article.match').filter({ hasText: given }).filter({ hasText: name.amina });
  await until(unit, '/people/review', () => row().count());
  await look(unit, 'list');
  await unit.turn(() => row().first().locator('a').click(), 200);
  const address = unit.path();
  await look(unit, 'closed');
  await openAll(unit);
  await look(unit, 'side-by-side');
  assert.ok(await unit.page.locator('.differs').count(), 'differences are marked');
  await unit.press('review-decide-button', { status: 422 });
  await look(unit, 'nothing-said');
  const kept = unit.page.locator('.choice').filter({ has: unit.page.locator('input[name="kept"]') }).filter({ hasText: name.village });
  await unit.fill({ decision: 'same', reason: REASON.same });
  await kept.locator('input').check();
  await unit.press('review-decide-button');
  await look(unit, 'proposed');
  assert.equal(await unit.page.locator('form[action$="/approve"]').count(), 0, 'who proposed cannot confirm');
  return address;
}

/** Opens every file of the pair that is not open, each with a reason. */
async function openAll(who) {
  const closed = () => who.page.locator('form[action$="/open"]');
  while (await closed().count()) {
    await closed().first().locator('input[name="opening"]').fill(REASON.look);
    await who.turn(() => closed().first().locator('button').click(), 200);
  }
}

/** The family's file by a number, opened with a reason: what it says. */
async function file(manager, number) {
  await manager.go('/people');
  await manager.fill({ q: number });
  await manager.press('people-search-button');
  const address = await manager.page.locator('main a.button[href^="/people/"]').first().getAttribute('href');
  await manager.go(address);
  await manager.fill({ reason: REASON.look });
  await manager.press('people-open-button');
  // Which merges there were is told apart from what the file says.
  const text = await manager.page.locator('main').evaluate((main) => {
    const copy = main.cloneNode(true);
    copy.querySelectorAll('a[href$="/merges"]').forEach((link) => link.closest('ul').remove());
    return copy.textContent.replace(/\s+/g, ' ');
  });
  return { address, text };
}

/** Two lists of one purpose in one hand: counted, with the families behind the number, and rounded when it leaves. */
async function overlap(manager, look) {
  await manager.go('/insights/overlap');
  await look(manager, 'overlap');
  const row = manager.page.locator('tr').filter({ hasText: SOURCES[0] }).filter({ hasText: SOURCES[1] });
  assert.equal(await row.count(), 1, 'the two lists stand beside each other');
  const csv = await manager.page.request.get(new URL('/insights/overlap/export', manager.site).href);
  const line = (await csv.text()).split('\r\n').find((each) => SOURCES.every((source) => each.includes(source)));
  assert.match(line, /,0,0,0$/, 'one woman is no number that leaves');
  await manager.turn(() => row.getByRole('link').click(), 200);
  await look(manager, 'overlap-families');
  assert.equal(await manager.page.locator('tbody tr').count(), 1);
}

/** Her file is corrected in Lower Dir and compared again; the pair does not come back. */
async function remembered(server, manager, lang, how, pair) {
  const clerk = await officer(browser, server, 'clerk-dir', how);
  await clerk.go('/desk');
  await clerk.turn(() => clerk.page.locator('tbody a').last().click(), 200);
  await clerk.go(`${clerk.path().split('/').slice(0, 3).join('/')}/household`);
  await clerk.turn(() => clerk.page.locator('main li.member a.button').first().click(), 200);
  await clerk.fill({ given: family(lang).head.given, reason: REASON.apart });
  await clerk.press('people-save-correction');
  await clerk.close();
  await until(manager, '/people/review', async () => (await manager.page.locator(`a[href="${pair}"]`).count()) === 0);
  await new Promise((done) => setTimeout(done, 5000));
  for (const view of ['open', 'waiting', 'not-sure']) {
    await manager.go(`/people/review?view=${view}`);
    assert.equal(await manager.page.locator(`a[href="${pair}"]`).count(), 0, `remembered: ${view}`);
  }
  await manager.go('/people/review?view=decided');
  assert.equal(await manager.page.locator(`a[href="${pair}"]`).count(), 1);
}

async function narrowly(page, act) {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  await fitsWidth(page);
  await act();
  await page.setViewportSize(size);
}

/** Looks at a page again until something is so: lists are taken and records compared in the background. */
async function until(who, path, so) {
  for (let tries = 0; tries < 100; tries += 1) {
    await who.go(path);
    if (await so()) return;
    await new Promise((done) => setTimeout(done, 300));
  }
  assert.fail(`${path} stays as it is`);
}
