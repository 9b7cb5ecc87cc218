// The harness itself: each of its checks passes on a good page and catches a bad one.

import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe, fitsWidth, keyboardWalk, openBrowser, openPage, quiet, shot, signIn, speaks, startOnewindow } from './harness.mjs';

const style = `body { font: 1rem/1.5 sans-serif; color: #111; background: #fff }
  :focus-visible { outline: 3px solid #05c }
  .mute:focus-visible { outline: none }
  .wide { width: 500px }`;

const page = (body, lang = 'en') => `<!doctype html><html lang="${lang}" dir="${lang === 'en' ? 'ltr' : 'rtl'}"><head>
  <meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A page</title>
  <link rel="stylesheet" href="/style.css"></head><body>${body}</body></html>`;

const form = `<main id="main"><h1>Find a family</h1><form method="post" action="/done">
  <label>Name <input name="name" autocomplete="username"></label>
  <label>Word <input name="word" type="password" autocomplete="current-password"></label>
  <fieldset><legend>Sex</legend><label><input type="radio" name="sex" value="f"> Woman</label>
  <label><input type="radio" name="sex" value="m"> Man</label></fieldset>
  <button type="submit">Search</button></form></main>`;

const pages = {
  '/sign-in': page(form),
  '/urdu': page('<main><h1>خاندان تلاش کریں</h1><p>آمنہ بی بی</p></main>', 'ur'),
  '/nameless': page('<main><h1>A</h1><input name="x"><img src="/none.png"></main>'),
  '/mute': page('<main><h1>A</h1><a href="/a">One</a> <a class="mute" href="/b">Two</a></main>'),
  '/wide': page('<main><h1>A</h1><div class="wide">much</div></main>'),
  '/refused': page('<main><h1 style="color: red">A</h1></main>'),
  '/done': page('<main><h1>Done</h1></main>'),
  '/health': 'ok',
};

let site;
let address;
let browser;

before(async () => {
  site = createServer((request, answer) => {
    const css = request.url === '/style.css';
    const body = css ? style : pages[request.url];
    answer.writeHead(body ? 200 : 404, {
      'content-type': css ? 'text/css' : 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'self'",
    });
    answer.end(body ?? '');
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  address = `http://127.0.0.1:${site.address().port}`;
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  site?.close();
});

test('a good page passes every check, under a strict policy', async () => {
  const tab = await openPage(browser);
  await tab.goto(`${address}/sign-in`);
  await axe(tab);
  await speaks(tab, 'en');
  await shot(tab, 'harness-good');
  assert.deepEqual(await keyboardWalk(tab), ['text "Name"', 'password "Word"', 'radio "Woman"', 'button "Search"']);
  quiet(tab);
  await signIn(tab, address, 'gulalai', 'a long enough word');
  assert.equal(new URL(tab.url()).pathname, '/done');
});

test('the checks work with JavaScript off and at 320 px', async () => {
  const tab = await openPage(browser, { script: false, narrow: true, lang: 'ur' });
  await tab.goto(`${address}/urdu`);
  await speaks(tab, 'ur');
  await fitsWidth(tab);
  await tab.goto(`${address}/sign-in`);
  assert.equal((await keyboardWalk(tab)).length, 4);
  await axe(tab);
  await tab.goto(`${address}/nameless`);
  await assert.rejects(axe(tab), /image-alt/);
});

test('bad pages are caught', async () => {
  const tab = await openPage(browser, { narrow: true });
  await tab.goto(`${address}/nameless`);
  await assert.rejects(axe(tab), /image-alt .*\n.*[\s\S]*label /);
  await tab.goto(`${address}/mute`);
  await assert.rejects(keyboardWalk(tab), /link "Two": the focus does not show/);
  await tab.goto(`${address}/wide`);
  await assert.rejects(fitsWidth(tab), /sideways/);
  await assert.rejects(speaks(tab, 'ps'));
  await tab.goto(`${address}/refused`);
  assert.throws(() => quiet(tab), /Content Security Policy/);
});

test('a server is started, watched and gone afterwards', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'onewindow-harness-'));
  const binary = join(dir, 'stand-in');
  writeFileSync(binary, `#!/usr/bin/env node
    const http = require('node:http');
    console.log('speaking');
    for (const flag of ['--office', '--public']) {
      const [host, port] = process.argv[process.argv.indexOf(flag) + 1].split(':');
      http.createServer((request, answer) => answer.end('ok')).listen(Number(port), host);
    }`);
  chmodSync(binary, 0o755);
  const server = await startOnewindow({ binary, within: 20 });
  assert.equal((await fetch(`${server.public}/health`)).status, 200);
  assert.match(server.output(), /speaking/);
  await server.stop();
  await assert.rejects(fetch(`${server.office}/health`));
  writeFileSync(binary, '#!/bin/sh\necho "The database is from a newer release."\nexit 3\n');
  await assert.rejects(startOnewindow({ binary, within: 20 }), /ended before it answered[\s\S]*newer release/);
  rmSync(dir, { recursive: true });
});
