// A visit from the door to the public page, on both databases: English on SQLite, Urdu on PostgreSQL.

import { after, before, test } from 'node:test';
import { axe, combinations, openBrowser, quiet, shot, speaks } from './harness.mjs';
import { office, timed } from './parts/office.mjs';
import { wholeStory } from './parts/story.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

for (const { db, lang, depth } of combinations()) {
  if (depth !== 'full') continue;
  test(`a family is registered once and leaves with a receipt (${lang}, ${db})`, async (t) => {
    const server = await office(t, { db });
    if (!server) return;
    const look = async ({ page }, name, language = lang) => {
      await speaks(page, language);
      quiet(page);
      await axe(page);
      await shot(page, `visit-${lang}-${db}-${name}`);
    };
    await timed(`the whole story (${lang}, ${db})`, () => wholeStory(browser, server, { lang, look }));
  });
}
