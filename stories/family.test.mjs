// What a family can ask of its own file: messages to a phone that others read too, a status read aloud on the phone, who looked, and
// consent taken back.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
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

for (const { db, lang, depth } of combinations()) {
  if (depth !== 'full') continue;
  test(`messages, a call, who looked, and consent taken back (${lang}, ${db})`, async (t) => {
    const server = await office(t, { db });
    if (!server) return;
    const look = async ({ page }, name, language = lang) => {
      await speaks(page, language);
      await fitsWidth(page);
      quiet(page);
      await axe(page);
      await shot(page, `family-${lang}-${db}-${name}`);
    };
    const { clerk, visit, picks } = await timed('the visit', () => intake(browser, server, { lang, look: pass }));
    await papers(clerk, { look: pass });
    const receipt = await apply(clerk, picks, { look: pass, language: lang });
    await timed('the message', () => message(server, clerk, receipt));
    await timed('the call', () => call(clerk, receipt, picks, look));
    await timed('who looked', () => looked(browser, server, clerk, visit, receipt, { lang, look }));
    await timed('taking consent back', () => takeBack(clerk, visit, look));
    await clerk.close();
  });
}

/** Others of the house read this phone, so the file of the sender holds neutral words and nothing else. */
async function message(server, clerk, { code }) {
  const folder = join(server.dir, 'messages');
  const names = async () => (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  for (let tries = 0; (await names()).length === 0 && tries < 300; tries += 1) await clerk.page.waitForTimeout(100);
  const [name, ...more] = await names();
  assert.ok(name && more.length === 0, `one message for the receipt: ${[name, ...more]}`);
  const text = await readFile(join(folder, name), 'utf8');
  const sent = JSON.parse(text);
  assert.equal(`${sent.id}.json`, name);
  assert.equal(sent.to, '+923001234567');
  assert.match(sent.text, clerk.w.whole('message-neutral', { tail: code.slice(-5) }));
  const { name: names_, place } = family(clerk.w.lang);
  for (const secret of [...Object.values(names_), place.village]) assert.ok(!text.includes(secret), `${secret} in ${text}`);
  assert.ok([...sent.text].length <= (clerk.w.lang === 'en' ? 160 : 70), sent.text);
}

/** Code alone, a wrong secret, then the right one; then the card number instead. */
async function call(clerk, { code, secret }, picks, look) {
  await clerk.go('/status');
  await look(clerk, 'status');
  await clerk.fill({ asks: 'family', code });
  await clerk.press('status-button', { status: 422 });
  await clerk.fill({ asks: 'family', code, secret: secret === '000000' ? '000001' : '000000' });
  await clerk.press('status-button', { status: 422 });
  await look(clerk, 'status-wrong');
  await clerk.fill({ asks: 'family', code, secret });
  await clerk.press('status-button');
  assert.equal(await clerk.page.locator('main blockquote').count(), picks.length, 'a line for each application');
  await look(clerk, 'status-told');
  await clerk.fill({ asks: 'family', code, number: '17201 2345678 2', caller_language: 'ps' });
  await clerk.press('status-button');
  const told = clerk.page.locator('main blockquote').first();
  assert.deepEqual([await told.getAttribute('lang'), await told.getAttribute('dir')], ['ps', 'rtl'], 'in the caller’s language');
  assert.ok(!new URL(clerk.page.url()).search, 'no code stands in the address');
}

async function looked(browser_, server, clerk, visit, receipt, { lang, look }) {
  await clerk.go(`${visit}/household`);
  await clerk.follow('looked-link');
  assert.ok((await clerk.texts('main tbody tr')).some((row) => clerk.w.within('asking-by-family').test(row)), 'the call is there');
  await look(clerk, 'looked');
  await clerk.follow('looked-sheet');
  await look(clerk, 'looked-sheet');
  const person = await visitor(browser_, server, { lang, narrow: true });
  await person.go('/track');
  await person.fill({ code: receipt.code, secret: receipt.secret });
  await person.press('track-button');
  await person.follow('looked-days');
  assert.ok(await person.page.locator('main .timeline .event').count(), 'days and offices');
  const seen = await person.page.locator('main').innerText();
  assert.doesNotMatch(seen, /clerk/i, 'no officer is named');
  await look(person, 'looked-days');
  await person.close();
}

async function takeBack(clerk, visit, look) {
  await clerk.go(`${visit}/household`);
  await clerk.follow('withdraw-link');
  await look(clerk, 'withdraw');
  await clerk.press('withdraw-save', { status: 422 });
  await clerk.page.check('main input[name="purpose"][value="message"]');
  await clerk.fill({ how: 'spoken' });
  await clerk.press('withdraw-save');
  assert.equal(await clerk.page.locator('main .notice.is-done').count(), 1);
  await clerk.go(`${visit}/consent/withdraw`);
  assert.equal(await clerk.page.locator('main input[name="purpose"][value="message"]').count(), 0, 'there is nothing more to take back');
}
