// A list of the District Zakat Committee, Nowshera: the province tries it and imports it, a clerk finds who stands on it
// and registers the family from the list.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { axe, combinations, fitsWidth, openBrowser, quiet, shot, speaks } from './harness.mjs';
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
  const unit = await officer(browser, server, 'province', how);
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
  await unit.close();

  const clerk = await officer(browser, server, 'clerk', how);
  await clerk.go('/people');
  await clerk.fill({ q: '17201-5555555-3' });
  await clerk.press('people-search-button');
  assert.match((await clerk.texts('main .match')).join(' '), /Guzara 2026/);
  await look(clerk, 'found');
  await clerk.close();
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
