// What people do with the window beside applying: a lost secret of a complaint is replaced at a desk; programmes are chosen
// by group and stand side by side; a sheet is printed; a centre says whom to ask for; a token counter asks how they heard.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, combinations, fitsWidth, openBrowser, quiet, shot, speaks } from './harness.mjs';
import { SAID, numbers, open } from './parts/grievance.mjs';
import { office, timed } from './parts/office.mjs';
import { officer, visitor } from './parts/officer.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

const looker = (lang, width) => async ({ page }, name) => {
  await speaks(page, lang);
  await fitsWidth(page);
  quiet(page);
  await axe(page);
  await shot(page, `citizen-${lang}-${width}-${name}`);
};

for (const { lang, narrow } of [{ lang: 'en', narrow: true }, { lang: 'ur', narrow: true }, { lang: 'ur', narrow: false }]) {
  const width = narrow ? 'phone' : 'desktop';
  test(`a lost secret, programmes side by side, a centre (${lang}, ${width})`, async (t) => {
    const server = await office(t, { db: combinations()[0].db });
    if (!server) return;
    const look = looker(lang, width);
    const person = await visitor(browser, server, { lang, narrow, script: narrow });
    await timed(`programmes side by side (${lang}, ${width})`, () => sideBySide(person, look));
    await timed(`a lost secret (${lang}, ${width})`, () => lostSecret(server, person, { lang, narrow, look }));
    await person.close();
  });
}

async function sideBySide(person, look) {
  await person.go('/programmes');
  await look(person, 'catalogue');
  await person.fill({ group: 'widows' });
  await person.press('sites-show');
  await look(person, 'group');
  await person.turn(() => person.page.locator('.cards a').first().click(), 200);
  await look(person, 'programme');
  await person.follow('compare-with');
  await person.page.locator('#p2').selectOption('kpz-guzara');
  await person.page.locator('#p3').selectOption('pbm-owsp');
  await person.press('compare-button');
  assert.equal(await person.page.locator('thead th[scope="col"]').count(), 3);
  await look(person, 'compare');
  await person.go('/help/husband-died');
  await person.follow('leaflet-print');
  assert.equal(await person.page.locator('figure.qr svg').count(), 1);
  await look(person, 'sheet');
  await person.go('/sites');
  await look(person, 'sites-folded');
  await person.page.locator('details.is-folded > summary').click();
  await person.fill({ district: 'nowshera', service: 'register' });
  await person.press('sites-show');
  assert.ok(await person.page.locator('details.is-folded[open]').count(), 'the filter stays open');
  await look(person, 'sites-open');
  await person.go('/centres/nowshera');
  await look(person, 'centre');
}

async function lostSecret(server, person, { lang, narrow, look }) {
  await person.go('/complain/new');
  await person.page.locator('details.more', { has: person.page.locator('[name="name"]') }).locator('summary').click();
  await person.fill({ kind: 'delay', subject: 'other', district: 'nowshera', words: SAID, name: 'Amina Bibi' });
  await person.press('complain-send');
  const lost = await numbers(person);
  const clerk = await officer(browser, server, 'clerk', { lang, narrow });
  await clerk.go('/desk');
  await clerk.fill({ counter: 'women', topic: 'help', language: lang, heard: 'mosque' });
  await look(clerk, 'desk');
  await clerk.press('token-issue-button');
  const number = new URL(clerk.page.url()).searchParams.get('token');
  const token = clerk.page.getByRole('link', { name: clerk.w.whole('token-number', { number }) });
  await clerk.turn(() => clerk.page.getByRole('row').filter({ has: token }).getByRole('link').first().click(), 200);
  await clerk.press('visit-call');
  await clerk.follow('renew-title');
  await clerk.fill({ code: lost.code, name: 'Gulalai', identity_check: 'Card seen.' });
  await clerk.press('receipt-again-button', { status: 422 });
  await look(clerk, 'renew-wrong');
  await clerk.fill({ name: 'آمنہ بی بی' });
  await clerk.press('receipt-again-button');
  await look(clerk, 'renewed');
  const secret = (await clerk.page.locator('.secret').innerText()).replace(/\D/g, '');
  assert.match(secret, /^\d{6}$/);
  await clerk.close();
  const phone = await visitor(browser, server, { lang, narrow });
  await phone.go('/track');
  await phone.fill(lost);
  await phone.press('track-button', { status: 422 });
  await open(phone, { code: lost.code, secret });
  assert.match(await phone.page.locator('main').innerText(), /Nobody tells me anything/);
  await phone.close();
}
