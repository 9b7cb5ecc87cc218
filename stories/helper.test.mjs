// A helper asks where things stand: named at the desk by the family, told by name; the family takes it back, and the helper is told
// nothing from then on, in a sentence. Somebody else is told the same sentence.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, combinations, fitsWidth, openBrowser, quiet, shot, speaks } from './harness.mjs';
import { office, timed } from './parts/office.mjs';
import { apply, papers } from './parts/receipt.mjs';
import { intake, pass } from './parts/story.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

for (const { db, lang, depth } of combinations()) {
  // The third combination is the narrow one that has no script.
  const how = depth === 'full' ? {} : { narrow: true, script: false };
  test(`a helper asks, and is refused once the family took it back (${lang}, ${db}${how.narrow ? ', 320 px, no script' : ''})`, async (t) => {
    const server = await office(t, { db });
    if (!server) return;
    const look = async ({ page }, name) => {
      await speaks(page, lang);
      await fitsWidth(page);
      quiet(page);
      await axe(page);
      await shot(page, `helper-${lang}-${db}-${name}`);
    };
    const { clerk, visit, picks } = await timed('the visit', () => intake(browser, server, { lang, look: pass, how }));
    await papers(clerk, { look: pass });
    const receipt = await apply(clerk, picks, { look: pass, language: lang });
    await timed('naming the helper', () => name(clerk, visit));
    await timed('the helper is told', () => told(clerk, receipt, picks, { lang, look }));
    await timed('the family takes it back', () => takeBack(clerk, visit));
    await timed('the helper is refused', () => refused(clerk, receipt, { lang, look }));
    await timed('who looked', async () => {
      await clerk.go(`${visit}/looked`);
      const rows = await clerk.texts('main tbody tr');
      for (const id of ['asking-by-helper', 'asking-by-no-helper', 'asking-by-other']) {
        assert.ok(rows.some((row) => clerk.w.within(id).test(row)), `${id} in ${rows}`);
      }
      await look(clerk, 'looked');
    });
    await clerk.close();
  });
}

async function name(clerk, visit) {
  await clerk.go(`${visit}/helper`);
  const year = new Date().getFullYear() + 1;
  await clerk.fill({ name: 'Gulalai', kind: 'lady_health_worker', until_day: '1', until_month: '1', until_year: String(year), how: 'thumb' });
  await clerk.page.check('main input[name="may"][value="status"]');
  await clerk.press('helper-save');
}

/** Nobody is taken for granted; then the helper, by name and with the last day. */
async function told(clerk, { code, secret }, picks, { lang, look }) {
  await clerk.go('/status');
  assert.equal(await clerk.page.locator('main input[name="asks"]:checked').count(), 0, 'nothing is chosen before it is said');
  await look(clerk, 'who-asks');
  await clerk.fill({ code, secret });
  await clerk.press('status-button', { status: 422 });
  await look(clerk, 'who-asks-missing');
  await clerk.fill({ asks: 'helper', code, secret, caller_language: lang });
  await clerk.press('status-button');
  assert.ok((await clerk.page.locator('main .choices').innerText()).includes('Gulalai'));
  assert.equal(await clerk.page.locator('main blockquote').count(), 0, 'nothing is told yet');
  await look(clerk, 'which');
  await clerk.press('status-button', { status: 422 });
  await look(clerk, 'which-missing');
  await clerk.page.locator('main input[name="helper"]').first().check();
  await clerk.press('status-button');
  assert.equal(await clerk.page.locator('main blockquote').count(), picks.length, 'a line for each application');
  assert.ok((await clerk.page.locator('main section').first().innerText()).includes('Gulalai'));
  assert.ok(!new URL(clerk.page.url()).search, 'no code stands in the address');
  await look(clerk, 'told');
}

async function takeBack(clerk, visit) {
  await clerk.go(`${visit}/helper`);
  await clerk.press('helper-end');
}

/** The helper, and then somebody else: the same sentence. */
async function refused(clerk, { code, secret }, { lang, look }) {
  const sentences = [];
  for (const asks of ['helper', 'other']) {
    await clerk.go('/status');
    await clerk.fill({ asks, code, secret, caller_language: lang });
    await clerk.press('status-button');
    sentences.push(...await clerk.texts('main blockquote'));
    assert.match(sentences.at(-1), clerk.w.whole('asking-refused'));
    await look(clerk, `refused-${asks}`);
  }
  assert.deepEqual([sentences.length, sentences[0]], [2, sentences[1]], 'whatever is on file');
}
