// A letter of decision, from the officer's press to the sheet of paper: opened beside the decision in the family's language, in the
// two others, printed on one side of A4, and taken along as PDF where this machine has the program for it.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe, combinations, fitsWidth, openBrowser, quiet, shot, speaks } from './harness.mjs';
import { WORDS, FOCAL } from './parts/department.mjs';
import { office, timed } from './parts/office.mjs';
import { officer } from './parts/officer.mjs';
import { readQr } from './parts/qr.mjs';
import { apply, papers } from './parts/receipt.mjs';
import { intake, pass } from './parts/story.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

/** The program that makes PDFs, as the office finds it; nothing where this machine has none. */
const PROGRAM = [process.env.ONEWINDOW_LETTERS, join(dirname(process.env.ONEWINDOW_BIN ?? '.'), 'onewindow-letters')]
  .find((path) => path && existsSync(path));

for (const { db, lang, depth } of combinations()) {
  // English as an officer has it, Urdu likewise; Pashto on a narrow page without a script.
  const how = depth === 'full' ? {} : { narrow: true, script: false };
  test(`a letter of decision is opened, printed and taken along (${lang}, ${db})`, async (t) => {
    const server = await office(t, { db });
    if (!server) return;
    const look = async ({ page }, name, language = lang) => {
      await speaks(page, language);
      await fitsWidth(page);
      quiet(page);
      await axe(page);
      await shot(page, `letters-${lang}-${db}-${name}`);
    };
    const { clerk, visit, picks } = await timed('the visit', () => intake(browser, server, { lang, look: pass, how }));
    await papers(clerk, { look: pass });
    const receipt = await apply(clerk, picks, { look: pass, language: lang });
    const focal = await officer(browser, server, FOCAL[picks[0].split('-')[0]], { lang, ...how });
    const address = await timed('refusing', () => refuse(focal, receipt, { look }));
    await timed('the letter', () => read(focal, receipt, { lang, look }));
    await timed('as PDF', () => taken(t, focal, address, { lang, look }));
    await focal.close();
    await timed('at the desk', () => atTheDesk(clerk, visit, address, { lang, look }));
    await clerk.close();
  });
}

/** The department refuses, by its rule and with words of its own; gives back the application's address. */
async function refuse(focal, { code }, { look }) {
  const row = focal.page.getByRole('row').filter({ hasText: code });
  await row.locator('input[name="app"]').check();
  await focal.press('inbox-acknowledge');
  await focal.turn(() => row.getByRole('link').first().click(), 200);
  assert.equal(await focal.page.locator('main a[href$="/letter"]').count(), 0, 'no letter before there is a decision');
  await focal.go(`${focal.path()}/letter`, 404);
  await focal.page.goBack();
  const form = focal.page.locator('form', { has: focal.page.locator('input[name="to"][value="under_review"]') });
  await focal.turn(() => form.getByRole('button').click(), 200);
  await focal.turn(() => focal.page.locator('a[href*="to=rejected"]').click(), 200);
  await focal.page.locator('input[name="rule"]').last().check();
  await focal.fill({ words: WORDS.rejected });
  const send = focal.page.locator('form', { has: focal.page.locator('input[name="to"][value="rejected"]') });
  await focal.turn(() => send.getByRole('button').click(), 200);
  const address = focal.path();
  await focal.turn(() => focal.page.locator('main a[href$="/letter"]').first().click(), 200);
  assert.equal(focal.path(), `${address}/letter`);
  await look(focal, 'letter');
  return address;
}

/** What stands on it, in three languages; on paper it is one side of A4, without what is for the screen. */
async function read(focal, { code }, { lang, look }) {
  const { page } = focal;
  const said = await page.locator('main').innerText();
  assert.ok(said.includes(code) && said.includes(WORDS.rejected), 'the code and the words of the office');
  assert.match(await readQr(page, '.qr svg'), new RegExp(`/track/${code.replace(/\W/g, '')}$`), 'the camera of a phone follows it');
  for (const other of ['en', 'ur', 'ps'].filter((each) => each !== lang)) {
    await focal.turn(() => page.locator(`nav.receipt-actions a[hreflang="${other}"]`).click(), 200);
    assert.ok((await page.locator('main').innerText()).includes(code), `${other}: the code`);
    await look(focal, `letter-in-${other}`, other);
    await onPaper(page);
  }
}

async function onPaper(page) {
  await page.emulateMedia({ media: 'print' });
  assert.ok(!(await page.locator('nav.receipt-actions').isVisible()), 'buttons are not printed');
  await page.emulateMedia({ media: null });
  const printed = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.equal(printed.match(/\/Type\s*\/Page\b/g)?.length, 1, `${page.url()} takes one side`);
  const [, width, height] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(printed);
  assert.ok(Math.abs(width - 595.3) < 2 && Math.abs(height - 841.9) < 2, `A4 is 595 x 842 points, not ${width} x ${height}`);
}

/** With the program each language is a PDF; without it the page says so and no press leads nowhere. */
async function taken(t, focal, address, { lang, look }) {
  const { page } = focal;
  await focal.go(`${address}/letter?in=${lang}`);
  const press = page.locator('nav.receipt-actions a[href*="/letter/pdf"]');
  const offered = await press.count();
  if (!PROGRAM && !process.env.ONEWINDOW_AT) assert.equal(offered, 0, 'nothing is offered that this office cannot make');
  if (PROGRAM) assert.equal(offered, 1, 'the office found its program');
  if (!offered) {
    assert.equal(await page.locator('nav .notice.is-warning').count(), 1, 'the page says why there is no PDF');
    await focal.go(`${address}/letter/pdf`, 503);
    // The browser calls 503 an error; here it is the right answer.
    page.complaints = page.complaints.filter((one) => !one.includes('/letter/pdf'));
    await look(focal, 'no-program');
    t.diagnostic('onewindow-letters is not here, so no PDF was made. To have it: cargo xtask letters --debug');
    return;
  }
  const [download] = await Promise.all([page.waitForEvent('download'), press.click()]);
  assert.match(download.suggestedFilename(), /^letter-[A-Z0-9]+\.pdf$/);
  for (const each of ['en', 'ur', 'ps']) {
    const answer = await page.request.get(`${focal.site}${address}/letter/pdf?in=${each}`);
    assert.equal(answer.status(), 200, each);
    assert.equal((await answer.body()).subarray(0, 5).toString('latin1'), '%PDF-', each);
  }
}

/** The clerk who serves the family opens the same letter from the visit. */
async function atTheDesk(clerk, visit, address, { lang, look }) {
  const id = address.split('/').at(-1);
  await clerk.go(`${visit}/applications/${id}`);
  await clerk.follow('letter-link');
  await look(clerk, 'desk-letter');
  assert.ok((await clerk.page.locator('main').innerText()).includes(WORDS.rejected));
  await clerk.turn(() => clerk.page.locator('nav.receipt-actions a').last().click(), 200);
  assert.equal(clerk.path(), `${visit}/applications/${id}`, `back to the application (${lang})`);
}
