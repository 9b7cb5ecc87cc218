// Every page once more: the whole story in Pashto at 320 px with JavaScript off, so that nothing needs a script or a
// wide screen; then each page with its script, narrow and wide.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, combinations, fitsWidth, openBrowser, quiet, shot, speaks } from './harness.mjs';
import { office, timed } from './parts/office.mjs';
import { family } from './parts/cast.mjs';
import { complainWithoutReceipt } from './parts/grievance.mjs';
import { officer, visitor } from './parts/officer.mjs';
import { wholeStory } from './parts/story.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

const { db, lang } = combinations().find((one) => one.lang === 'ps');

/** Pages that no visit leads to, by who opens them. */
const BESIDE = {
  token: ['/desk'],
  clerk: ['/people', '/password', '/status', '/desk/day', '/desk/later', '/desk/forms', '/dispatch', '/people/corrections',
    '/people/corrections?view=answered', '/kept'],
  manager: ['/desk/display', '/people/forgetting', '/people/forgotten', '/insights', '/insights/overlap', '/people/review', '/people/review?view=decided', '/people/rows', '/people/rows?view=decided',
    '/access/openings', '/access/openings?view=all'],
  welfare: ['/applications', '/applications?tab=family', '/applications?tab=decided', '/applications/waiting', '/applications/deliveries',
    '/applications/deputy'],
  'welfare-head': ['/deputies'],
  province: ['/services', '/services/new', '/texts', '/texts/situation/illness', '/insights/demand', '/grievances',
    '/access/openings'],
  lists: ['/people/imports', '/people/imports/new'],
  grievance: ['/grievances', '/grievances?tab=others', '/grievances?tab=ended'],
  admin: ['/officers', '/messages'],
  auditor: ['/access/reads', '/access/reads?view=unbound', '/access/journal'],
};

/** Pages for everybody. */
const PUBLIC = ['/', '/help/husband-died', '/help/safety', '/programmes', '/programmes?group=widows', '/programmes/kpz-guzara',
  '/programmes/kpz-guzara/sheet', '/help/husband-died/sheet', '/compare?p=bisp-kafaalat&p=kpz-guzara&p=pbm-owsp', '/centres/nowshera', '/programmes/kpsw-dar-ul-aman',
  '/find?q=widow', '/find?q=xyzzy', '/sites', '/sites?district=nowshera', '/sites?service=training&open=now&filter=open', '/days', '/bring', '/track',
  '/check', '/saved', '/offline'];

/** A machine that became a kiosk stays one, so these are opened by a visitor of their own. */
const KIOSK = ['/kiosk', '/kiosk/end'];

/**
 * A kiosk without a script ends by a timer in its page. WCAG 2.2.1 allows that where it is essential: the next person
 * at a shared computer must not see the answers of the one before.
 */
const TIMED = ['meta-refresh'];

async function everything({ page }, name, language) {
  await fitsWidth(page);
  await speaks(page, language);
  quiet(page);
  await axe(page, { without: new URL(page.url()).pathname.startsWith('/kiosk') ? TIMED : [] });
  await shot(page, name);
}

test('every page at 320 px, without JavaScript, in Pashto; then with it, in Urdu', async (t) => {
  const server = await office(t, { db });
  if (!server) return;
  const reached = new Map();
  const look = async (who, name, language = lang) => {
    const at = new URL(who.page.url());
    if (at.origin === server.office && !reached.has(name)) reached.set(name, at.pathname + at.search);
    await everything(who, `pages-${lang}-320-noscript-${name}`, language);
  };
  const how = { narrow: true, script: false };
  const story = () => wholeStory(browser, server, { lang, look, how, stay: true });
  const { visit } = await timed(`the story without a script (${lang}, 320 px)`, story);
  const ofVisit = [...reached].filter(([, path]) => path.startsWith(visit));
  assert.ok(ofVisit.length >= 15, `pages of the visit: ${ofVisit.map(([name]) => name)}`);
  await timed(`the pages beside it (${lang}, 320 px)`, () => openAll(server, BESIDE, { lang, ...how }));
  await timed(`deciding to forget (${lang}, 320 px)`, () => forgetting(server, { lang, ...how }));
  // With the script the narrow page is another one: the panel becomes a bar, answers are kept.
  const clerk = [...new Set([...ofVisit.map(([, path]) => path), `${visit}/consent/sheet`, `${visit}/consent/withdraw`, `${visit}/looked`, `${visit}/looked/sheet`,
    `${visit}/correct`, `${visit}/helper`, `${visit}/helper/sheet`])];
  const decided = reached.get('letter-approved')?.split('/')[2];
  assert.ok(decided, 'the department opened a letter');
  clerk.push(`${visit}/applications/${decided}/letter?in=ur`);
  await timed('each page with its script (ur, 320 px)', () => openAll(server, { clerk }, { lang: 'ur', narrow: true }));
});

async function openAll(server, asked, how) {
  const label = (name) => `pages-${how.lang}-320-${how.script === false ? 'noscript-' : ''}${name}`;
  for (const [login, paths] of Object.entries(asked)) {
    const who = await officer(browser, server, login, how);
    for (const path of paths) {
      const url = new URL(path, server.office);
      const handed = /\/(receipt|papers\/missing|(consent|looked|helper)\/sheet)$/.test(url.pathname) && !url.searchParams.has('all');
      await who.go(path);
      const name = (url.pathname.replace(/[\da-f-]{36}/g, '') + url.search.slice(0, 20)).match(/\w+/g).join('-');
      // What is handed to the family speaks its language, whatever the desk speaks.
      await everything(who, label(name), handed ? lang : how.lang);
    }
    if (login === 'admin') await firstOfficer(who, label, how);
    if (login === 'welfare-head') await firstOfOffice(who, label, how);
    if (login === 'grievance') await firstGrievance(who, label, how);
    if (login === 'clerk') await nothingThere(who, label, how);
    await who.close();
  }
  await publicPages(server, label, how);
}

/** The manager decides that a family is to be forgotten, the clerk finds it there, and the manager takes it back. */
async function forgetting(server, how) {
  const label = (name) => `pages-${how.lang}-320-noscript-${name}`;
  const manager = await officer(browser, server, 'manager', how);
  await manager.go('/people');
  await manager.fill({ q: family(how.lang).head.number });
  await manager.turn(() => manager.page.locator('main form.search button').first().click(), 200);
  const address = await manager.page.locator('main a.button[href^="/people/"]').first().getAttribute('href');
  await manager.go(`${address}/erasure`);
  await everything(manager, label('erasure'), how.lang);
  await manager.fill({ why: 'asked' });
  await manager.press('erasure-decide');
  await everything(manager, label('erasure-decided'), how.lang);
  const clerk = await officer(browser, server, 'clerk', how);
  await clerk.go(address);
  await everything(clerk, label('erasure-waits'), how.lang);
  await clerk.follow('erasure-look');
  await everything(clerk, label('erasure-second'), how.lang);
  await clerk.press('erasure-confirm', { status: 422 });
  await everything(clerk, label('erasure-not-agreed'), how.lang);
  await clerk.close();
  await manager.press('erasure-withdraw');
  await manager.close();
}

async function firstOfficer(who, label, how) {
  await who.go('/officers');
  await who.turn(() => who.page.locator('main tbody a').first().click(), 200);
  await everything(who, label('officer'), how.lang);
  await who.go(`${who.path()}/deputy`);
  await everything(who, label('officer-deputy'), how.lang);
}

async function firstOfOffice(who, label, how) {
  await who.turn(() => who.page.locator('main tbody a').first().click(), 200);
  await everything(who, label('office-deputy'), how.lang);
}

async function firstGrievance(who, label, how) {
  await who.go('/grievances');
  await who.turn(() => who.page.locator('main tbody a').first().click(), 200);
  await everything(who, label('grievance'), how.lang);
}

async function nothingThere(who, label, how) {
  await who.go('/visits/01890000-0000-7000-8000-000000000000/household', 404);
  await everything(who, label('not-found'), how.lang);
}

async function publicPages(server, label, how) {
  const person = await visitor(browser, server, how);
  for (const path of PUBLIC) {
    await person.go(path);
    await everything(person, label(['public', ...(path.match(/\w+/g) ?? [])].join('-')), how.lang);
  }
  await person.go('/sites?service=register');
  await person.turn(() => person.page.locator('.site h3 a').first().click(), 200);
  await everything(person, label('public-site'), how.lang);
  await complainWithoutReceipt(person, { look: (who, name) => everything(who, label(`public-${name}`), how.lang) });
  await person.close();
  const kiosk = await visitor(browser, server, how);
  for (const path of KIOSK) {
    await kiosk.go(path);
    await everything(kiosk, label(['public', ...path.match(/\w+/g)].join('-')), how.lang);
  }
  await kiosk.close();
}
