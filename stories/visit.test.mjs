// A visit from the door to the public page, on both databases: English on SQLite, Urdu on PostgreSQL. Afterwards
// nothing the program printed, and no address it was asked for, holds a name or a number of the family.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, combinations, openBrowser, quiet, shot, speaks } from './harness.mjs';
import { SECRETS } from './parts/cast.mjs';
import { office, timed } from './parts/office.mjs';
import { wholeStory } from './parts/story.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

for (const { db, lang, depth } of combinations()) {
  if (depth !== 'full') continue;
  test(`a family is registered once and leaves with a receipt (${lang}, ${db})`, async (t) => {
    // The log as talkative as an administrator could make it.
    process.env.ONEWINDOW_LOG = 'trace';
    const server = await office(t, { db });
    if (!server) return;
    const addresses = new Set();
    const listen = (page) => page.on('request', (request) => addresses.add(decodeURIComponent(request.url())));
    const look = async ({ page }, name, language = lang) => {
      await speaks(page, language);
      quiet(page);
      await axe(page);
      await shot(page, `visit-${lang}-${db}-${name}`);
      if (name === 'receipt') await oneSheet(page);
    };
    const story = () => wholeStory(browser, server, { lang, look, how: { listen } });
    const { receipt } = await timed(`the whole story (${lang}, ${db})`, story);
    await t.test('logs and addresses hold no name and no number of the family', () => {
      assert.ok(addresses.size > 40, `${addresses.size} addresses were asked for`);
      // Without the fractions of a second, which may happen to be the six digits of the secret.
      const output = server.output().replace(/\.\d+Z/g, '');
      const secrets = [...SECRETS, new RegExp(`\\b${receipt.secret}\\b`)];
      holdsNothing({ output, addresses: [...addresses].join('\n') }, secrets);
    });
  });
}

function holdsNothing(said, secrets) {
  const found = Object.entries(said).flatMap(([where, text]) => secrets.flatMap((secret) => {
    const hit = secret.exec(text);
    if (!hit) return [];
    return [`${where} holds ${secret}: ${text.slice(Math.max(0, hit.index - 100), hit.index + 40)}`];
  }));
  assert.deepEqual(found, []);
}

/** A receipt is printed on one side of A5, as the style sheet asks. */
async function oneSheet(page) {
  const printed = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.equal(printed.match(/\/Type\s*\/Page\b/g)?.length, 1, 'the receipt takes one side');
  const [, width, height] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(printed);
  assert.ok(Math.abs(width - 419.5) < 2 && Math.abs(height - 595.3) < 2, `A5 is 420 x 595 points, not ${width} x ${height}`);
}
