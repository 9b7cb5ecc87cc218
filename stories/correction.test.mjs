// Something is wrong on file: asked with the receipt on a phone, corrected at the centre, and the answer seen by the family, whose
// page never shows a value. Then a helper: named at the desk, told on the family's page, taken back there.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, combinations, fitsWidth, openBrowser, quiet, shot, speaks } from './harness.mjs';
import { family } from './parts/cast.mjs';
import { office, timed } from './parts/office.mjs';
import { officer, visitor } from './parts/officer.mjs';
import { apply, papers } from './parts/receipt.mjs';
import { intake, pass } from './parts/story.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

/** What it should be; it must stand on no public page. */
const VALUE = 'Sher Zaman Khan';

for (const { db, lang, depth } of combinations()) {
  if (depth !== 'full') continue;
  test(`a correction asked with the receipt, and a helper (${lang}, ${db})`, async (t) => {
    const server = await office(t, { db });
    if (!server) return;
    const look = async ({ page }, name, language = lang) => {
      await speaks(page, language);
      await fitsWidth(page);
      quiet(page);
      await axe(page);
      await shot(page, `correction-${lang}-${db}-${name}`);
    };
    const { clerk, visit, picks } = await timed('the visit', () => intake(browser, server, { lang, look: pass }));
    await papers(clerk, { look: pass });
    const receipt = await apply(clerk, picks, { look: pass, language: lang });
    const person = await timed('asking', () => asking(browser, server, receipt, { lang, look }));
    await timed('correcting', () => correcting(browser, server, { lang, look }));
    await timed('the answer', () => answered(person, receipt, { look }));
    await timed('a helper', () => helper(clerk, visit, { lang, look }));
    await timed('taken back', () => takenBack(person, receipt, { look }));
    await person.close();
    await clerk.close();
  });
}

/** On a phone of 320 px: first the receipt, then what is wrong; an empty form says what is missing and keeps the rest. */
async function asking(browser_, server, { code, secret }, { lang, look }) {
  const person = await visitor(browser_, server, { lang, narrow: true });
  await person.go(`/track/${code.replaceAll('-', '')}/correct`);
  await look(person, 'receipt-first');
  await person.fill({ code, secret });
  await person.press('track-button');
  await look(person, 'ask');
  await person.fill({ field: 'father', should_be: VALUE });
  await person.press('correct-send', { status: 422 });
  await look(person, 'ask-again');
  assert.equal(await person.page.inputValue('main [name="should_be"]'), VALUE, 'what was typed is kept');
  await person.fill({ whose: family(lang).head.given ?? 'Amina Bibi', why: 'B-Form' });
  await person.press('correct-send');
  assert.equal(await person.page.locator('main .notice.is-done').count(), 1);
  await noValue(person);
  await look(person, 'asked');
  return person;
}

/** A public page shows neither what was asked for nor what stands on file. */
async function noValue(person) {
  const text = await person.page.locator('body').innerText();
  assert.ok(!text.includes(VALUE), 'no value on a public page');
}

/** Another officer of the centre finds it in the list, chooses whose it is, and corrects it. */
async function correcting(browser_, server, { lang, look }) {
  const clerk = await officer(browser_, server, 'clerk', { lang });
  await clerk.go('/people/corrections');
  await look(clerk, 'list');
  await clerk.turn(() => clerk.page.locator('main tbody a').first().click(), 200);
  await look(clerk, 'choose');
  const choices = clerk.page.locator('main section li a');
  if (await choices.count()) await clerk.turn(() => choices.first().click(), 200);
  await look(clerk, 'case');
  await clerk.press('correct-refuse', { status: 422 });
  if (await choices.count()) await clerk.turn(() => choices.first().click(), 200);
  await clerk.fill({ father: VALUE, words: 'B-Form' });
  await clerk.press('correct-accept');
  await look(clerk, 'done');
  assert.equal(await clerk.page.locator('main form.form').count(), 0, 'it is answered once');
  await clerk.close();
}

async function answered(person, { code }, { look }) {
  await person.go(`/track/${code.replaceAll('-', '')}`);
  assert.match(await person.page.locator('main').innerText(), person.w.within('correction-state-accepted'));
  await noValue(person);
  await look(person, 'answered');
}

async function helper(clerk, visit, { lang, look }) {
  await clerk.go(`${visit}/household`);
  await clerk.follow('helper-link');
  await look(clerk, 'helper');
  await clerk.press('helper-save', { status: 422 });
  await look(clerk, 'helper-again');
  const year = new Date().getFullYear() + 1;
  await clerk.fill({ name: 'Gulalai', kind: 'lady_health_worker', until_day: '1', until_month: '1', until_year: String(year), how: 'thumb' });
  await clerk.page.check('main input[name="may"][value="status"]');
  await clerk.page.check('main input[name="may"][value="papers"]');
  await clerk.press('helper-save');
  await clerk.go(`${visit}/helper`);
  await look(clerk, 'helper-named');
  await clerk.go(`${visit}/helper/sheet?in=${lang}`);
  await look(clerk, 'helper-sheet');
}

async function takenBack(person, { code }, { look }) {
  await person.go(`/track/${code.replaceAll('-', '')}`);
  await look(person, 'helper-told');
  assert.ok(!(await person.page.locator('main').innerText()).includes('Gulalai'), 'who it is, not by name');
  await person.press('helper-end');
  assert.equal(await person.page.locator('main form[action$="/helper"]').count(), 0);
  await look(person, 'helper-over');
}
