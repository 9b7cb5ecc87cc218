// Somebody at a page: finds things by the words on them, fills forms by the names of their fields, and waits for the
// page that follows.

import assert from 'node:assert/strict';
import { openPage, signIn } from '../harness.mjs';
import { words } from './words.mjs';

/** The password of every account of the demo. */
export const PASSWORD = 'one window demo';

/** Signs an officer of the demo in, in a window of their own. `how` goes to `openPage`. */
export async function officer(browser, server, login, how = {}) {
  const page = await openPage(browser, how);
  how.listen?.(page);
  const lang = how.lang ?? 'en';
  await page.goto(`${server.office}/sign-in?lang=${lang}`);
  await signIn(page, server.office, login, PASSWORD);
  return someone(page, server.office, lang);
}

/** Somebody at the public pages. */
export async function visitor(browser, server, how = {}) {
  const page = await openPage(browser, how);
  how.listen?.(page);
  const lang = how.lang ?? 'en';
  await page.goto(`${server.public}/?lang=${lang}`);
  return someone(page, server.public, lang);
}

export function someone(page, site, lang) {
  const w = words(lang);
  const button = (id, values) => page.getByRole('button', { name: w.begins(id, values) }).first();
  const link = (id, values) => page.getByRole('link', { name: w.begins(id, values) }).first();
  const turn = async (action, status) => {
    const [answer] = await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), action()]);
    if (status) assert.equal(answer.status(), status, `${page.url()}: ${await page.title()}`);
    return answer;
  };
  return {
    page, w, site, button, link, turn,
    path: () => new URL(page.url()).pathname,
    go: async (path, status = 200) => {
      const answer = await page.goto(new URL(path, site).href);
      assert.equal(answer.status(), status, `${path}: ${await page.title()}`);
    },
    /** Presses a button and waits for the page after it. */
    press: (id, { values, status = 200 } = {}) => turn(() => button(id, values).click(), status),
    /** Follows a link. */
    follow: (id, { values, status = 200 } = {}) => turn(() => link(id, values).click(), status),
    /** Fills the fields of the page's form: text, choices of one list, or one of several rows. */
    fill: async (fields) => {
      for (const [name, value] of Object.entries(fields)) {
        const field = page.locator(`main [name="${name}"]`).first();
        const kind = await field.evaluate((one) => one.type);
        if (kind === 'radio' || kind === 'checkbox') await page.check(`main input[name="${name}"][value="${value}"]`);
        else if (kind.startsWith('select')) await field.selectOption(value);
        else await field.fill(value);
      }
    },
    /** The texts of what is found. */
    texts: (selector) => page.locator(selector).allInnerTexts(),
    close: () => page.context().close(),
  };
}
