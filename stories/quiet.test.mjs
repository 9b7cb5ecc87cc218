// A whole visit leaves no name and no number of the family in the program's output, nor in any address it was asked for.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from './harness.mjs';
import { SECRETS } from './parts/cast.mjs';
import { office, timed } from './parts/office.mjs';
import { pass, wholeStory } from './parts/story.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

test('logs and addresses hold no name and no number of the family', async (t) => {
  // As talkative as an administrator could make it.
  process.env.ONEWINDOW_LOG = 'debug';
  const server = await office(t, { db: 'sqlite' });
  const addresses = new Set();
  const listen = (page) => page.on('request', (request) => addresses.add(decodeURIComponent(request.url())));
  const { receipt } = await timed('the story for its logs', () => wholeStory(browser, server, { lang: 'en', look: pass, how: { listen } }));
  assert.ok(addresses.size > 40, `${addresses.size} addresses were asked for`);
  // Without the fractions of a second, which may happen to be the six digits of a secret.
  const output = server.output().replace(/\.\d+Z/g, '');
  const said = { output, addresses: [...addresses].join('\n') };
  const secrets = [...SECRETS, new RegExp(`\\b${receipt.secret}\\b`)];
  const found = Object.entries(said).flatMap(([where, text]) => secrets.flatMap((secret) => {
    const hit = secret.exec(text);
    return hit ? [`${where} holds ${secret}: ${text.slice(Math.max(0, hit.index - 100), hit.index + 40)}`] : [];
  }));
  assert.deepEqual(found, []);
});
