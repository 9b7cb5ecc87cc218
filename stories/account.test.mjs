// One's own account: a password is seen while it is typed, weighed by the rules that refuse one, changed, and told at the next
// sign-in.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, fitsWidth, openBrowser, openPage, quiet, shot, speaks } from './harness.mjs';
import { office } from './parts/office.mjs';
import { PASSWORD, someone } from './parts/officer.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

const NEW = 'the buffalo ate my shoe';

async function look(who, name) {
  await fitsWidth(who.page);
  await speaks(who.page, who.w.lang);
  quiet(who.page);
  await axe(who.page);
  await shot(who.page, `account-${who.w.lang}-${name}`);
}

async function signIn(who, password) {
  await who.go(`/sign-in?lang=${who.w.lang}`);
  await who.fill({ user: 'clerk', password });
  await who.press('sign-in-button');
}

/** Presses the button beside a field and looks at what it does; nothing without a script. */
async function seenWhileTyped({ page, w }, id) {
  const field = page.locator(`#${id}`);
  const button = page.locator(`[aria-controls="${id}"]`);
  assert.match(await button.innerText(), w.whole('secret-show'));
  assert.equal(await field.getAttribute('type'), 'password');
  await button.click();
  assert.equal(await field.getAttribute('type'), 'text');
  assert.equal(await button.getAttribute('aria-pressed'), 'true');
  assert.ok(await field.evaluate((one) => one === document.activeElement), 'one types on where one was');
}

for (const { lang, how } of [
  { lang: 'en', how: {} },
  { lang: 'ur', how: { narrow: true } },
  { lang: 'ps', how: { narrow: true, script: false } },
]) {
  test(`what was typed is shown and hidden again, weighed, and a change is told (${lang})`, async (t) => {
    const script = how.script !== false;
    const server = await office(t, { db: 'sqlite' });
    const page = await openPage(browser, how);
    const who = someone(page, server.office, lang);
    await who.go(`/sign-in?lang=${lang}`);
    await look(who, 'sign-in');
    if (script) {
      await who.fill({ password: 'not yet' });
      await seenWhileTyped(who, 'password');
      await look(who, 'sign-in-shown');
    } else {
      assert.equal(await page.locator('.show-typed').count(), 0, 'no button that does nothing');
    }
    await signIn(who, PASSWORD);
    await who.go('/password');
    await look(who, 'password');
    const said = page.locator('#new-strength');
    if (script) {
      await page.fill('#new', 'Pakistan12345!');
      await said.filter({ hasText: who.w.whole('strength-guessed') }).waitFor();
      await page.fill('#new', NEW);
      await said.filter({ hasText: who.w.whole('strength-strong') }).waitFor();
      await seenWhileTyped(who, 'new');
      await look(who, 'password-shown');
      await page.evaluate(() => document.querySelector('#new').form.addEventListener('submit', () => {
        sessionStorage.setItem('type-when-sent', document.querySelector('#new').type);
      }));
    }
    // A wrong old password: refused, with a word about the new one.
    await who.fill({ old: 'a wrong one', new: NEW, again: NEW });
    await who.press('password-button', { status: 422 });
    assert.match(await said.innerText(), who.w.whole('strength-strong'));
    if (script) assert.equal(await page.evaluate(() => sessionStorage.getItem('type-when-sent')), 'password', 'hidden when it is sent');
    await look(who, 'password-refused');
    await who.fill({ old: PASSWORD, new: NEW, again: NEW });
    await who.press('password-button');
    assert.equal(who.path(), '/sign-in');
    await signIn(who, NEW);
    assert.equal(who.path(), '/password');
    await page.getByText(who.w.begins('account-password-changed')).first().waitFor();
    await look(who, 'news');
    await who.go('/desk');
    await look(who, 'news-at-the-desk');
    await who.follow('account-news');
    await who.press('account-news-known');
    assert.equal(who.path(), '/desk');
    assert.equal(await who.link('account-news').count(), 0);
    await who.go('/password');
    await look(who, 'known');
    await who.close();
  });
}
