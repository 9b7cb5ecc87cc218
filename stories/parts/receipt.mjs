// Steps 6 to 8 of a visit: papers, applying once, the receipt.

import assert from 'node:assert/strict';
import { readQr } from './qr.mjs';

/** Step 6: one paper present, one photographed, the rest missing and printed as a list. */
export async function papers(clerk, { look }) {
  await look(clerk, 'papers');
  const records = () => clerk.page.getByRole('link', { name: clerk.w.begins('papers-record') });
  const rows = await records().count();
  assert.ok(rows >= 3, `the package asks for papers: ${rows}`);
  await clerk.turn(() => records().nth(0).click(), 200);
  await look(clerk, 'paper');
  await clerk.fill({ state: 'present' });
  await clerk.press('papers-save');
  const photograph = await clerk.page.screenshot({ type: 'jpeg', quality: 40 });
  await clerk.turn(() => records().nth(1).click(), 200);
  await clerk.fill({ state: 'present' });
  await clerk.page.setInputFiles('input[name="scan"]', { name: 'card.jpg', mimeType: 'image/jpeg', buffer: photograph });
  await clerk.press('papers-save');
  await seeCopy(clerk);
  await clerk.press('papers-rest-missing');
  assert.ok((await clerk.page.locator('.receipt-lines li').count()) >= 1, 'what is missing is listed');
  await look(clerk, 'missing');
  await clerk.follow('papers-back');
  assert.equal(await clerk.page.locator('.paper.is-here').count(), 2, 'two papers are here');
  await clerk.follow('papers-to-apply');
}

/** The copy is the photograph, made new: a picture, and nothing of what a camera writes into it. */
async function seeCopy(clerk) {
  const address = await clerk.link('papers-look').getAttribute('href');
  const copy = await clerk.page.request.get(new URL(address, clerk.site).href);
  assert.equal(copy.status(), 200, address);
  assert.match(copy.headers()['content-type'], /^image\/jpeg/);
  assert.equal((await copy.body()).indexOf('Exif'), -1);
}

/** Steps 7 and 8: check the answers, press twice, and again as after a dropped line; one application each, one receipt. */
export async function apply(clerk, picks, { look, language }) {
  await look(clerk, 'apply');
  const visit = clerk.path().split('/').slice(0, 3).join('/');
  const form = clerk.page.locator('main form', { has: clerk.page.locator('#submit') });
  const sent = await form.evaluate((one) => Object.fromEntries(new FormData(one)));
  // Without a script the second press breaks off the first one's navigation, so the address is watched instead.
  await clerk.page.locator('#submit').dblclick({ noWaitAfter: true });
  for (let tries = 0; clerk.path() !== `${visit}/receipt` && tries < 150; tries += 1) await clerk.page.waitForTimeout(100);
  await clerk.page.waitForLoadState('load');
  const again = await clerk.page.request.post(`${clerk.site}${visit}/apply`, { form: sent });
  assert.match(again.url(), /\/receipt/, 'sending it again leads to the same receipt');
  const receipt = await readReceipt(clerk);
  assert.equal(receipt.lines, picks.length, 'one line for each programme');
  assert.equal(await clerk.page.evaluate(() => document.documentElement.lang), language, 'in the language of the family');
  await look(clerk, 'receipt', language);
  await clerk.go(`${visit}/receipt?all=1`);
  assert.equal(await clerk.page.locator('tbody tr').count(), 1, 'one receipt, however often it was pressed');
  await look(clerk, 'receipts');
  await clerk.go(`${visit}/apply`);
  assert.equal(await clerk.page.locator('main .notice.is-done').count(), picks.length, 'one application for each');
  await look(clerk, 'applied');
  return { ...receipt, visit };
}

/** What a receipt on the page says. */
export async function readReceipt(clerk) {
  const { page } = clerk;
  const code = (await page.locator('.tear-off .code').innerText()).trim();
  const secret = (await page.locator('.secret').innerText()).replace(/\D/g, '');
  assert.match(secret, /^\d{6}$/, 'the second secret is six digits');
  assert.equal(await page.locator('.qr svg path').count(), 1, 'a code for the camera of a phone');
  const address = await readQr(page, '.qr svg');
  assert.match(address, new RegExp(`^https?://[^/]+/track/${code.replace(/\W/g, '')}$`), 'the camera of a phone reads where to follow it');
  return { code, secret, lines: await page.locator('.receipt-lines > li').count() };
}

/** A lost receipt is printed again after an identity check; the secret changes. Gives back the new one. */
export async function printAgain(clerk, { visit, secret }, { look, language }) {
  await clerk.go(`${visit}/receipt?all=1`);
  await clerk.follow('receipts-again');
  await look(clerk, 'receipt-again');
  await clerk.page.locator('input[name="seen"][value="cnic"]').check();
  await clerk.press('receipt-again-button', { status: 422 });
  await look(clerk, 'receipt-again-refused');
  await clerk.fill({ digits: '6782', identity_check: 'The picture is hers.' });
  await clerk.press('receipt-again-button');
  const fresh = await readReceipt(clerk);
  assert.notEqual(fresh.secret, secret, 'the old strip opens nothing more');
  await look(clerk, 'receipt-printed-again', language);
  return fresh;
}
