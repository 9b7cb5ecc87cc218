// What every browser story needs: the real binary on a database of its own, a browser, and the checks that hold for
// every page. Run through `cargo xtask test --only stories`, which builds the binary and starts PostgreSQL.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

export { axe } from './checks/axe.mjs';
export { keyboardWalk } from './checks/keyboard.mjs';
export { startOnewindow } from './server.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const shots = join(here, 'shots');

/** Which database a story runs on in which language, and whether as the full story or as one look at each page. */
export function combinations() {
  const everyday = [
    { db: 'sqlite', lang: 'en', depth: 'full' },
    { db: 'postgres', lang: 'ur', depth: 'full' },
    { db: 'sqlite', lang: 'ps', depth: 'look' },
  ];
  if (process.env.ONEWINDOW_STORIES !== 'all') return everyday;
  const languages = ['en', 'ur', 'ps'];
  return ['sqlite', 'postgres'].flatMap((db) => languages.map((lang) => ({ db, lang, depth: 'full' })));
}

/** A fresh database on the PostgreSQL of the run; its address. */
export async function freshPostgres() {
  const server = process.env.ONEWINDOW_TEST_PG;
  assert.ok(server, 'ONEWINDOW_TEST_PG is not set. Run the stories through: cargo xtask test --only stories');
  const name = `story_${randomBytes(6).toString('hex')}`;
  await promisify(execFile)('psql', [server, '-qc', `create database ${name}`]);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** The browser, as it can run for the administrator of a machine without a network. */
export function openBrowser(more = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage',
      '--disable-background-networking', '--disable-component-update', '--disable-sync', ...more,
    ],
  });
}

/**
 * A page in a context of its own (no cookies shared). `script: false` turns JavaScript off, `narrow: true` gives the
 * 320 px of WCAG 1.4.10. What the browser complains of is kept for `quiet`.
 */
export async function openPage(browser, { script = true, narrow = false, lang = 'en' } = {}) {
  const context = await browser.newContext({
    javaScriptEnabled: script,
    viewport: narrow ? { width: 320, height: 640 } : { width: 1280, height: 900 },
    locale: { en: 'en-PK', ur: 'ur-PK', ps: 'ps-PK' }[lang] ?? lang,
    timezoneId: 'Asia/Karachi',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.scriptless = !script;
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (line) => {
    // A refused form is answered with 4xx, which the browser calls an error; the story judges that itself.
    const judgedElsewhere = /the server responded with a status of 4\d\d/.test(line.text());
    if (line.type() === 'error' && !judgedElsewhere) page.complaints.push(`${page.url()}: ${line.text()}`);
  });
  return page;
}

/** Asserts that no script failed and the security policy refused nothing since the page was opened. */
export function quiet(page) {
  assert.deepEqual(page.complaints, [], 'the browser complained');
}

/** Asserts that nothing has to be scrolled sideways; names what sticks out. */
export async function fitsWidth(page) {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const out = [...document.body.querySelectorAll('*')].filter((one) => {
      const box = one.getBoundingClientRect();
      return box.width > 0 && (box.right > width + 1 || box.left < -1);
    });
    return out.slice(0, 8).map((one) => `<${one.tagName.toLowerCase()} class="${one.className}"> ${one.textContent.trim().slice(0, 40)}`);
  });
  assert.deepEqual(wide, [], `${page.url()} needs sideways scrolling at ${page.viewportSize().width} px`);
}

/** Asserts the page's language and the side it is read from. */
export async function speaks(page, lang) {
  const said = await page.evaluate(() => ({
    lang: document.documentElement.lang.split('-')[0],
    dir: getComputedStyle(document.documentElement).direction,
  }));
  assert.deepEqual(said, { lang, dir: lang === 'en' ? 'ltr' : 'rtl' }, page.url());
}

/** A picture of the whole page in stories/shots, for people to look at. */
export async function shot(page, name) {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

/** Keeps lines of text (a keyboard walk) beside the pictures. */
export function keep(name, lines) {
  mkdirSync(shots, { recursive: true });
  writeFileSync(join(shots, `${name}.txt`), `${lines.join('\n')}\n`);
}

/** Signs in at the office address. The fields are found by what browsers and password managers find them by. */
export async function signIn(page, office, user, password) {
  await page.goto(`${office}/sign-in`);
  await page.fill('input[autocomplete="username"]', user);
  await page.fill('input[autocomplete="current-password"]', password);
  await Promise.all([
    page.waitForURL((url) => !url.pathname.startsWith('/sign-in')),
    page.click('main button[type="submit"]'),
  ]);
}
