// A morning at the counter: two desks call, one hands a visit to the other, the screen shows numbers only, the day is
// closed and closed again. Then the department: who waits for money, and many deliveries at once.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, combinations, fitsWidth, openBrowser, quiet, shot, speaks } from './harness.mjs';
import { office, timed } from './parts/office.mjs';
import { officer, visitor } from './parts/officer.mjs';
import { apply, papers } from './parts/receipt.mjs';
import { intake, pass } from './parts/story.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

const NOTE = 'The B-Form of Hamza is missing.';
const FOCAL = { kpsw: 'welfare', bisp: 'bisp', kpz: 'zakat', pbm: 'pbm' };

for (const { db, lang, depth } of combinations()) {
  if (depth !== 'full') continue;
  const looking = (story) => async (who, name, language = lang) => {
    await speaks(who.page, language);
    await fitsWidth(who.page);
    quiet(who.page);
    await axe(who.page);
    await shot(who.page, `${story}-${lang}-${db}-${name}`);
  };

  test(`two desks, a visit handed on, the day closed (${lang}, ${db})`, async (t) => {
    const server = await office(t, { db });
    if (!server) return;
    const look = looking('counter');
    const [token, manager] = [await officer(browser, server, 'token', { lang }), await officer(browser, server, 'manager', { lang })];
    const [one, two] = [await officer(browser, server, 'clerk', { lang }), await officer(browser, server, 'social', { lang })];
    const numbers = [];
    for (const counter of ['disability', 'disability', 'disability']) {
      await token.go('/desk');
      await token.fill({ counter, topic: 'help', language: lang });
      await token.press('token-issue-button');
      numbers.push(new URL(token.page.url()).searchParams.get('token'));
    }
    await manager.go('/desk/display');
    await look(manager, 'display-ask');
    await manager.press('display-renew');
    await look(manager, 'display-link');
    const link = await manager.page.locator('main a[href^="/display/"]').getAttribute('href');
    await one.go('/desk');
    await two.go('/desk');
    await one.fill({ desk: '1', queue: 'disability' });
    await two.fill({ desk: '2', queue: 'disability' });
    await look(one, 'desk');
    await timed('two desks press at once', () => Promise.all([one.press('next-button'), two.press('next-button')]));
    const served = async (who) => (await who.page.locator('.visit-token').innerText()).match(/\d+/)[0];
    const called = [await served(one), await served(two)];
    assert.deepEqual([...called].sort(), [numbers[0], numbers[1]], 'two desks, two tokens');
    await one.follow('hand-button');
    await look(one, 'hand');
    await one.fill({ to_desk: '2', note: NOTE });
    await one.press('hand-send');
    await look(one, 'handed');
    assert.ok(!(await one.page.locator('main').innerText()).includes(NOTE), 'the list does not show the note');
    await two.go('/desk');
    await two.press('next-button');
    assert.equal(await served(two), called[0], 'what was handed on comes before the third token');
    assert.ok((await two.page.locator('main').innerText()).includes(NOTE));
    await look(two, 'received');
    await screen(server, link, called[0]);
    await close(two, manager, look);
    for (const who of [token, manager, one, two]) await who.close();
  });

  test(`who waits for money, and many deliveries (${lang}, ${db})`, async (t) => {
    const server = await office(t, { db });
    if (!server) return;
    const look = looking('several');
    const { clerk, picks } = await timed('the visit', () => intake(browser, server, { lang, look: pass }));
    await papers(clerk, { look: pass });
    const receipt = await apply(clerk, picks, { look: pass, language: lang });
    await clerk.close();
    const focal = await officer(browser, server, FOCAL[picks[0].split('-')[0]], { lang });
    const row = focal.page.getByRole('row').filter({ hasText: receipt.code });
    await row.locator('input[name="app"]').check();
    await focal.press('inbox-acknowledge');
    await focal.turn(() => row.getByRole('link').first().click(), 200);
    await focal.turn(() => focal.page.locator('a[href*="to=wait_listed"]').click(), 200);
    await focal.turn(() => focal.page.locator('form:has(input[value="wait_listed"]) button').click(), 200);
    const person = await visitor(browser, server, { lang, narrow: true });
    await place(person, receipt, look);
    await focal.go('/applications/waiting');
    const list = focal.page.locator(`nav.tabs a[href*="programme=${picks[0]}&"]`);
    if (await list.count()) await focal.turn(() => list.first().click(), 200);
    await look(focal, 'waiting');
    await focal.fill({ count: '0' });
    await focal.press('waiting-button', { status: 422 });
    await focal.fill({ count: String(await focal.page.locator('main tbody tr').count()) });
    await focal.press('waiting-button');
    await look(focal, 'money-came');
    await focal.go(`/applications/deliveries?programme=${picks[0]}`);
    const mine = focal.page.getByRole('row').filter({ hasText: receipt.code });
    await mine.locator('input[name^="amount-"]').fill('4,833');
    await mine.locator('input[name^="on-"]').fill('31 2 2026');
    await focal.fill({ what: 'The first quarter' });
    await focal.press('deliveries-button', { status: 422 });
    assert.equal(await mine.locator('input[name^="amount-"]').inputValue(), '4,833', 'nothing typed is lost');
    await look(focal, 'deliveries-refused');
    const today = new Date().toLocaleDateString('en-CA', { timeZone: 'Asia/Karachi' });
    await mine.locator('input[name^="on-"]').fill(today);
    await focal.press('deliveries-button');
    assert.ok((await mine.innerText()).includes('Rs 4,833'), 'the row says what was recorded');
    await look(focal, 'deliveries');
    await person.page.reload();
    assert.ok((await person.page.locator('main').innerText()).includes('Rs 4,833'), 'and so does the family’s page');
    await person.close();
    await focal.close();
  });
}

/** The screen of the waiting room, on a machine on which nobody is signed in; with its script and without. */
async function screen(server, link, token) {
  for (const script of [false, true]) {
    const page = (await visitor(browser, server, { lang: 'ur', script })).page;
    await page.goto(`${server.office}${link}?in=ur`);
    const shown = await page.locator('main').innerText();
    assert.match(shown, new RegExp(`\\b${token}\\b`));
    assert.ok(!/Amina|آمنہ|akhtar|yasmin|shakeel/i.test(shown), 'no names');
    await fitsWidth(page);
    await axe(page, { without: ['meta-refresh'] });
    await shot(page, `counter-display-${script ? 'script' : 'noscript'}`);
    if (script) {
      await page.waitForFunction(() => document.documentElement.lang === 'ps', null, { timeout: 15_000 });
      assert.match(await page.locator('main').innerText(), new RegExp(`\\b${token}\\b`), 'in the next language');
    } else {
      assert.match(await page.content(), /http-equiv="refresh"/);
    }
    await page.context().close();
  }
}

/** A clerk closes the day; a visit ends after that; the manager sees what changed, and closes it again. */
async function close(clerk, manager, look) {
  const visit = clerk.path().split('/').slice(0, 3).join('/');
  await clerk.go('/desk/day');
  await look(clerk, 'day');
  await clerk.press('day-close');
  await look(clerk, 'day-closed');
  assert.equal(await clerk.page.locator('.is-changed').count(), 0);
  await clerk.go(`${visit}/household`);
  await clerk.press('visit-end');
  await manager.go('/desk/day');
  assert.ok(await manager.page.locator('.is-changed').count(), 'what changed since is marked');
  await look(manager, 'day-changed');
  await manager.press('day-close-again');
  assert.equal(await manager.page.locator('main ol.receipt-lines > li').count(), 2, 'both closings stand on the sheet');
  await look(manager, 'day-closed-again');
}

async function place(person, { code, secret }, look) {
  await person.go('/track');
  await person.fill({ code, secret });
  await person.press('track-button');
  assert.match(await person.page.locator('main').innerText(), person.w.within('track-waiting-place'));
  await look(person, 'place');
}
