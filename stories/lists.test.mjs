// A list of the District Zakat Committee, Nowshera: the list keeper tries it and imports it, a clerk finds who stands on it.
// One row has Amina Bibi's number under another name: the province says whom it means, a manager takes it back
// and says that it is somebody new.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { axe, combinations, fitsWidth, openBrowser, quiet, shot, speaks } from './harness.mjs';
import { arrive, find, register } from './parts/desk.mjs';
import { office, timed } from './parts/office.mjs';
import { officer } from './parts/officer.mjs';

const LIST = new URL('../docs/guide/examples/zakat-nowshera-2026.csv', import.meta.url);

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

for (const { db, lang, depth } of combinations()) {
  const how = { lang, narrow: depth === 'look', script: depth !== 'look' };
  test(`a list is imported and found at the desk (${db}, ${lang})`, async (t) => {
    const server = await office(t, { db });
    if (!server) return;
    await timed(`the list (${db}, ${lang})`, () => imported(server, lang, how));
  });
}

async function imported(server, lang, how) {
  const look = async ({ page }, name) => {
    await fitsWidth(page);
    await speaks(page, lang);
    quiet(page);
    await axe(page);
    await shot(page, `lists-${lang}-${how.narrow ? '320' : 'wide'}-${name}`);
  };
  await registered(server, lang, how);
  const unit = await officer(browser, server, 'lists', how);
  await unit.go('/people/imports');
  await look(unit, 'none');
  await unit.follow('import-new');
  await unit.fill({ source: 'District Zakat Committee Nowshera' });
  await unit.press('import-look', { status: 422 });
  await look(unit, 'no-file');
  await unit.page.setInputFiles('input[name="list"]', { name: 'guzara.csv', mimeType: 'text/csv', buffer: readFileSync(LIST) });
  await unit.press('import-look');
  await look(unit, 'columns');
  await unit.fill({ title: 'Guzara 2026', stated_on: '2026-10-01', district: 'nowshera', per: 'half_year' });
  await unit.press('import-try');
  const address = unit.path();
  await until(unit, address, () => unit.page.locator('form[action$="/start"]').count());
  await look(unit, 'tried');
  await unit.turn(() => unit.page.locator('form[action$="/start"] button').click(), 200);
  await until(unit, address, async () => !(await unit.page.locator('form[action$="/cancel"]').count()));
  await look(unit, 'imported');
  const figures = await unit.texts('dl.figures dd');
  assert.equal(figures.map(Number).reduce((a, b) => a + b), 7, `every row came to something: ${figures}`);
  await unit.go('/people/imports');
  await look(unit, 'list');
  await decided(server, unit, address, lang, how, look);
  await unit.close();

  const clerk = await officer(browser, server, 'clerk', how);
  await clerk.go('/people');
  await clerk.fill({ q: '17201-5555555-3' });
  await clerk.press('people-search-button');
  assert.match((await clerk.texts('main .match')).join(' '), /Guzara 2026/);
  await look(clerk, 'found');
  await clerk.close();
}

/** Amina Bibi's family, at its own centre. */
async function registered(server, lang, how) {
  const pass = async () => {};
  const token = await officer(browser, server, 'token', how);
  const number = await arrive(token, { language: lang, look: pass });
  await token.close();
  const clerk = await officer(browser, server, 'clerk', how);
  await find(clerk, number, { look: pass });
  await register(clerk, { look: pass });
  await clerk.close();
}

/** The row that has her number: said by the province, taken back by the manager, somebody new after all. */
async function decided(server, keeper, list, lang, how, look) {
  const state = async (nth) => {
    await keeper.go(list);
    return Number((await keeper.texts('dl.figures dd'))[nth]);
  };
  const matched = await state(1);
  // Who keeps lists joins no records: the province says whom the row means.
  const unit = await officer(browser, server, 'province', how);
  await unit.go(`/people/rows?list=${list.split('/').at(-1)}`);
  await look(unit, 'rows');
  await unit.turn(() => unit.page.locator('article.match a').first().click(), 200);
  const row = unit.path();
  await look(unit, 'row');
  assert.match((await unit.texts('article.match')).join(' '), unit.w.within('review-why-same-number'), 'why it may be her');
  await unit.press('review-decide-button', { status: 422 });
  await look(unit, 'row-nothing-said');
  const her = () => unit.page.locator('input[name="means"]').first().check();
  await her();
  await unit.fill({ reason: 'the number is hers' });
  await unit.press('review-decide-button', { status: 422 });
  const opening = unit.page.locator('form[action$="/open"]').first();
  await opening.locator('input[name="opening"]').fill('a row with her number');
  await unit.turn(() => opening.locator('button').click(), 200);
  await her();
  await unit.fill({ reason: 'the number is hers' });
  await unit.press('review-decide-button');
  await look(unit, 'row-said');
  await unit.close();

  const manager = await officer(browser, server, 'manager', how);
  await manager.go('/people/review');
  await manager.turn(() => manager.page.locator('main a[href="/people/rows"]').click(), 200);
  await manager.go('/people/rows?view=decided');
  await manager.turn(() => manager.page.locator(`main a[href="${row}"]`).click(), 200);
  await look(manager, 'row-decided');
  assert.equal(await state(1), matched + 1, 'the list counts it as matched');
  await manager.fill({ undoing: 'a man of another family' });
  await manager.press('row-undo-button');
  await look(manager, 'row-back');
  assert.equal(await state(1), matched, 'as before');
  await manager.fill({ means: 'new', reason: 'nobody here is called so' });
  await manager.press('review-decide-button');
  await look(manager, 'row-new');
  await manager.close();
}

/** Looks at a page again until something is so: the rows are taken in the background. */
async function until(who, path, so) {
  for (let tries = 0; tries < 100; tries += 1) {
    await who.go(path);
    if (await so()) return;
    await new Promise((done) => setTimeout(done, 300));
  }
  assert.fail(`${path} stays as it is`);
}
