// Steps 9 and 10: the focal person of each department answers, and the family sees it on the public page.

import assert from 'node:assert/strict';
import { officer } from './officer.mjs';

/** Which account of the demo decides a programme. */
export const FOCAL = { kpsw: 'welfare', bisp: 'bisp', kpz: 'zakat', pbm: 'pbm' };

/** What the family will read, in any language of the story. */
export const WORDS = {
  returned_for_information: 'Bring the death certificate. راشن کارڈ کی ضرورت نہیں۔',
  rejected: 'The yearly list is full. Ask again in July.',
  approved: 'Come with your card on any morning.',
};

/** What each of three programmes is answered. */
export const DECISIONS = ['approved', 'returned_for_information', 'rejected'];

/** Step 9. Each programme's focal person acknowledges, reviews and decides; what is approved is handed over. */
export async function decide(browser, server, programmes, { code }, { look, how }) {
  for (const [at, programme] of programmes.entries()) {
    const focal = await officer(browser, server, FOCAL[programme.split('-')[0]], how);
    const row = focal.page.getByRole('row').filter({ hasText: code });
    assert.equal(await row.count(), 1, `${programme}: one application stands in the inbox`);
    if (at === 0) await look(focal, 'inbox');
    await row.locator('input[name="app"]').check();
    await focal.press('inbox-acknowledge');
    await focal.turn(() => row.getByRole('link').first().click(), 200);
    await step(focal, 'under_review');
    await look(focal, `case-${DECISIONS[at]}`);
    await step(focal, DECISIONS[at], look);
    if (DECISIONS[at] === 'approved') await deliver(focal, look);
    if (DECISIONS[at] !== 'returned_for_information') await letter(focal, DECISIONS[at], { code, look });
    await focal.close();
  }
}

/** One step: a button at once, or a form with words. */
async function step(focal, to, look) {
  const direct = focal.page.locator('form', { has: focal.page.locator(`input[name="to"][value="${to}"]`) });
  if (await direct.count()) return focal.turn(() => direct.getByRole('button').click(), 200);
  await focal.turn(() => focal.page.locator(`a[href*="to=${to}"]`).click(), 200);
  await look?.(focal, `decide-${to}`);
  if (to === 'rejected') await focal.page.locator('input[name="rule"]').last().check();
  await focal.fill({ words: WORDS[to] });
  await focal.turn(() => direct.getByRole('button').click(), 200);
  return assert.equal(await focal.page.locator('main .notice.is-done').count(), 1, `${to} is saved`);
}

/** The letter of a decision, in the family's language, with the code that follows it. */
async function letter(focal, decision, { code, look }) {
  await focal.turn(() => focal.page.locator('main a[href$="/letter"]').first().click(), 200);
  assert.ok((await focal.page.locator('main').innerText()).includes(code), 'the letter names the receipt');
  await look(focal, `letter-${decision}`);
  await focal.turn(() => focal.page.locator('nav.receipt-actions a').last().click(), 200);
}

async function deliver(focal, look) {
  await focal.fill({ what: 'The card' });
  await focal.press('deliver-button');
  await look(focal, 'delivered');
}

/** Step 10: the code and the second secret show it; a wrong secret shows nothing. */
export async function track(person, { code, secret }, { look }) {
  await look(person, 'portal');
  await person.follow('portal-track');
  const wrong = secret === '000000' ? '000001' : '000000';
  await person.fill({ code, secret: wrong });
  await person.press('track-button', { status: 422 });
  await look(person, 'track-refused');
  await person.fill({ code: code.toLowerCase().replaceAll('-', ' '), secret });
  await person.press('track-button');
  const seen = await person.page.locator('main').innerText();
  for (const words of Object.values(WORDS)) assert.ok(seen.includes(words), `the family reads: ${words}`);
  assert.equal(await person.page.locator('main article .timeline').count(), DECISIONS.length);
  await look(person, 'timeline');
  await ownLetter(person, code, { look });
  assert.ok(!person.page.url().includes(secret), 'the secret stands in no address');
  if (!person.page.scriptless) await saveOnPhone(person, code, { look });
}

/** The family's own letter: the refusal with what to do about it, and nobody's name. */
async function ownLetter(person, code, { look }) {
  const letters = person.page.locator('main a[href*="/letter/"]');
  assert.equal(await letters.count(), 2, 'a letter for what was approved and for what was refused');
  const refused = person.page.locator('main article', { hasText: WORDS.rejected });
  await person.turn(() => refused.locator('a[href*="/letter/"]').click(), 200);
  const said = await person.page.locator('main').innerText();
  assert.ok(said.includes(code) && said.includes(WORDS.rejected), 'the reason and the code');
  await look(person, 'letter-own');
  await person.turn(() => person.page.locator('nav.receipt-actions a').last().click(), 200);
}

/** The receipt is kept on the phone by one press, and erased by one. */
async function saveOnPhone(person, code, { look }) {
  const kept = () => person.page.evaluate(() => window.localStorage.length);
  assert.equal(await kept(), 0, 'nothing is kept unless somebody asks for it');
  await person.button('save-button').click();
  assert.equal(await kept(), 1);
  await person.follow('saved-title');
  assert.ok((await person.page.locator('[data-saved-receipts]').innerText()).includes(code), 'the receipt is in the list');
  await look(person, 'saved');
  await person.button('saved-erase-all').click();
  assert.equal(await kept(), 0, 'erased by one press');
}

/** Back at the desk: the family brings what was asked for. */
export async function answerDepartment(clerk, { visit }, { look }) {
  await clerk.go(`${visit}/apply`);
  const links = clerk.page.locator('main a[href*="/applications/"]');
  const waiting = await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  for (const address of new Set(waiting)) {
    await clerk.go(address);
    const form = clerk.page.locator('form', { has: clerk.page.locator('input[name="to"][value="resubmitted"]') });
    if ((await form.count()) === 0) continue;
    await look(clerk, 'application');
    await form.locator('textarea').fill('The death certificate is here.');
    await clerk.turn(() => form.getByRole('button').click(), 200);
    return;
  }
  assert.fail('no application waits for the family');
}
