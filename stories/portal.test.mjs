// Finding help by what has happened, in English and Urdu, on a phone and on a desk; the map and the list agree; the quick
// exit leaves no way back; a corrected word is on the public page at once; and what the first visit weighs.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { axe, fitsWidth, keyboardWalk, openBrowser, openPage, quiet, shot, speaks } from './harness.mjs';
import { office, timed } from './parts/office.mjs';
import { officer, visitor } from './parts/officer.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

/** Nothing is asked of any other host. */
function stayHome(page, site) {
  page.elsewhere = [];
  page.on('request', (request) => { if (!request.url().startsWith(site)) page.elsewhere.push(request.url()); });
}

async function looks({ page }, name, lang) {
  await fitsWidth(page);
  await speaks(page, lang);
  quiet(page);
  await axe(page);
  await shot(page, `portal-${lang}-${page.viewportSize().width}-${name}`);
}

test('a widow finds by her situation what there is and where to go', async (t) => {
  const server = await office(t, { db: 'sqlite' });
  if (!server) return;
  for (const lang of ['en', 'ur']) {
    for (const narrow of [true, false]) {
      await timed(`find by situation (${lang}, ${narrow ? 'phone' : 'desk'})`, () => byHerSituation(server, lang, narrow));
    }
  }
  await t.test('map and list agree', () => mapAndList(server));
  await t.test('a search forgives its spelling', () => search(server));
  await t.test('the quick exit leaves no way back', () => quickExit(server));
  await t.test('text at 200 %', () => largeText(server));
  await t.test('the unit corrects a word and a place, and the public sees both', () => corrected(server));
  await t.test('every page stays within its budget', () => budgets(server));
});

async function byHerSituation(server, lang, narrow) {
  const person = await visitor(browser, server, { lang, narrow });
  stayHome(person.page, server.public);
  await looks(person, 'home', lang);
  await person.turn(() => person.page.locator('a.tile').first().click(), 200);
  assert.equal(person.path(), '/help/husband-died');
  await looks(person, 'situation', lang);
  await person.turn(() => person.page.locator('.cards a').first().click(), 200);
  assert.match(person.path(), /^\/programmes\//);
  await looks(person, 'programme', lang);
  await person.turn(() => person.page.locator('a[href^="/sites"]').first().click(), 200);
  await looks(person, 'sites', lang);
  await person.turn(() => person.page.locator('svg.map a').first().click(), 200);
  await looks(person, 'district', lang);
  await person.turn(() => person.page.locator('.site h3 a').first().click(), 200);
  await looks(person, 'site', lang);
  assert.deepEqual(person.page.elsewhere, [], 'nothing is asked of another host');
  await person.close();
}

async function mapAndList(server) {
  const person = await visitor(browser, server, { lang: 'en' });
  for (const query of ['', '?district=nowshera', '?district=swat&service=health', '?service=night_shelter', '?open=now']) {
    await person.go(`/sites${query}`);
    const said = await person.page.evaluate(() => ({
      listed: [...document.querySelectorAll('[data-sites] section:first-child li.site[data-lat]')].map((one) => one.id),
      groups: [...document.querySelectorAll('[data-sites] section')].map((one) => one.querySelectorAll('li.site').length),
      marks: [...document.querySelectorAll('svg.map a')].map((one) => [one.getAttribute('href'), one.querySelector('text').textContent]),
    }));
    if (query.includes('district')) {
      assert.deepEqual(said.marks.map(([to]) => to.slice(1)), said.listed, query);
      assert.deepEqual(said.marks.map(([, text]) => `site-${text}`), said.listed, query);
    } else {
      const sorted = (numbers) => numbers.toSorted((one, other) => one - other);
      assert.deepEqual(sorted(said.marks.map(([, text]) => Number(text))), sorted(said.groups), query);
    }
  }
  await person.close();
}

async function search(server) {
  const person = await visitor(browser, server, { lang: 'en', narrow: true, script: false });
  await person.fill({ q: 'bewah' });
  await person.press('find-button');
  assert.equal(person.path(), '/find');
  await looks(person, 'find', 'en');
  await person.turn(() => person.page.locator('main .ways a').first().click(), 200);
  assert.equal(person.path(), '/help/husband-died');
  await person.close();
}

async function quickExit(server) {
  for (const script of [true, false]) {
    const person = await visitor(browser, server, { lang: 'ur', narrow: true, script });
    await person.turn(() => person.page.locator('a[href="/help/safety"]').click(), 200);
    await looks(person, `private-${script ? 'script' : 'noscript'}`, 'ur');
    await person.turn(() => person.page.locator('.cards a').first().click(), 200);
    await person.turn(() => person.page.locator('a[data-leave]').click(), 200);
    assert.equal(person.path(), '/days');
    await looks(person, `left-${script ? 'script' : 'noscript'}`, 'ur');
    if (script) {
      await person.page.goBack();
      assert.equal(person.path(), '/', 'the way back skips what was read');
    }
    await person.close();
  }
}

async function largeText(server) {
  for (const lang of ['en', 'ur', 'ps']) {
    const page = await openPage(browser, { lang });
    await page.setViewportSize({ width: 640, height: 900 });
    for (const path of ['/', '/help/husband-died', '/programmes/kpz-guzara', '/sites?district=nowshera', '/find?q=widow']) {
      await page.goto(`${server.public}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      // As a reader who set the browser's text to twice its size.
      await page.evaluate(() => { for (const sheet of document.styleSheets) for (const rule of sheet.cssRules) if (rule.selectorText?.startsWith('html') && rule.style.fontSize) rule.style.fontSize = `${2 * parseFloat(rule.style.fontSize)}%`; });
      await fitsWidth(page);
      await shot(page, `portal-${lang}-200percent-${path.match(/\w+/)?.[0] ?? 'home'}`);
    }
    await page.context().close();
  }
}

async function corrected(server) {
  const unit = await officer(browser, server, 'province', { lang: 'en' });
  const person = await visitor(browser, server, { lang: 'en', narrow: true });
  await unit.go('/texts/situation/illness');
  await looks(unit, 'words', 'en');
  await unit.fill({ notice_en: 'The desk has moved to the first floor.', reason: 'it moved' });
  await unit.press('site-see');
  assert.match(await unit.page.locator('.preview').innerText(), /first floor/);
  await looks(unit, 'words-preview', 'en');
  await unit.press('site-save');
  await person.go('/help/illness');
  assert.match(await person.page.locator('main').innerText(), /moved to the first floor/);
  await unit.go('/services');
  await looks(unit, 'places', 'en');
  await unit.turn(() => unit.page.locator('main tbody a').first().click(), 200);
  const { pathname } = new URL(unit.page.url());
  await unit.fill({ capacity: '77', reason: 'counted' });
  await looks(unit, 'place', 'en');
  await unit.press('site-save');
  await person.go(pathname.replace('/services/', '/sites/'));
  assert.match(await person.page.locator('main').innerText(), /77/);
  // The counts are written before they are shown; they are rounded.
  await unit.go('/insights/demand');
  assert.match(await unit.page.locator('main').innerText(), /fewer than 5/);
  await looks(unit, 'demand', 'en');
  await unit.close();
  await person.close();
}

/** The bytes of a page as they go over the wire, packed. */
const PAGES = ['/', '/help/husband-died', '/help/safety', '/programmes', '/programmes/kpz-guzara', '/programmes/bisp-kafaalat',
  '/find?q=help%20widow%20school', '/sites', '/sites?district=nowshera', '/bring', '/days', '/track'];

async function budgets(server) {
  for (const lang of ['en', 'ur', 'ps']) {
    let heaviest = ['', 0];
    for (const path of PAGES) {
      const answer = await fetch(`${server.public}${path}`, { headers: { cookie: `lang=${lang}` } });
      const html = Buffer.from(await answer.arrayBuffer());
      const packed = gzipSync(html, { level: 6 }).length;
      assert.ok(packed <= 14 * 1024, `${path} (${lang}) weighs ${packed} bytes packed`);
      if (packed > heaviest[1]) heaviest = [path, packed];
      assert.match(answer.headers.get('content-security-policy'), /^default-src 'none'; style-src 'self'; script-src 'self';/);
      assert.doesNotMatch(html.toString(), /<style|<script(?![^>]* src=)| style=| on\w+=/);
    }
    console.log(`heaviest page (${lang}): ${heaviest[0]} ${(heaviest[1] / 1024).toFixed(1)} kB packed`);
    await firstVisit(server, lang);
  }
}

/** The home page on a slow line and a slow phone, with an empty cache. */
async function firstVisit(server, lang) {
  const page = await openPage(browser, { lang, narrow: true });
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 1.6e6 / 8,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const asked = new Map();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => asked.set(requestId, { url: request.url, bytes: 0 }));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { if (asked.has(requestId)) asked.get(requestId).bytes = encodedDataLength; });
  await page.addInitScript(() => {
    window.measured = { shift: 0, largest: 0 };
    new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.measured.shift += one.value; }).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver((list) => { for (const one of list.getEntries()) window.measured.largest = one.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
  await page.goto(`${server.public}/?lang=${lang}`, { waitUntil: 'networkidle' });
  await page.waitForTimeout(500);
  const { shift, largest } = await page.evaluate(() => window.measured);
  const all = [...asked.values()].filter(({ url }) => url.startsWith(server.public));
  let weight = all.filter(({ url }) => !/nastaliq/.test(url)).reduce((sum, { bytes }) => sum + bytes, 0);
  // A machine of ours has the Naskh font, a cheap phone has not: what it would fetch counts.
  const naskh = lang === 'ps' && !all.some(({ url }) => /naskh/.test(url)) ? await fontWeight(server) : 0;
  weight += naskh;
  console.log(`first visit (${lang}${naskh ? ', the Naskh font counted' : ''}): ${(weight / 1024).toFixed(1)} kB in ${all.length} requests, largest paint ${Math.round(largest)} ms, layout shift ${shift.toFixed(4)}`);
  assert.ok(weight <= 60 * 1024, `${lang}: ${weight} bytes: ${JSON.stringify(all)}`);
  assert.equal(shift, 0, `${lang}: the layout shifts`);
  assert.ok(largest > 0 && largest <= 1500, `${lang}: the largest paint is after ${largest} ms`);
  await page.context().close();
}

/** The bytes of the Naskh font that pages name; 0 where it was not made (cargo xtask assets). */
async function fontWeight(server) {
  const style = await (await fetch(`${server.public}/assets/style.css`)).text();
  const [address] = style.match(/\/assets\/fonts\/noto-naskh[^"]+/);
  const answer = await fetch(server.public + address);
  return answer.ok ? (await answer.arrayBuffer()).byteLength : 0;
}

test('the home page and the places are walked with the keyboard', async (t) => {
  const server = await office(t, { db: 'sqlite' });
  if (!server) return;
  const person = await visitor(browser, server, { lang: 'en' });
  for (const path of ['/', '/help/safety', '/sites?district=nowshera']) {
    await person.go(path);
    await keyboardWalk(person.page);
  }
  await person.close();
});
