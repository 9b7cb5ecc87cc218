// A family that left the desk with a receipt complains without a line; the complaint is sent once when the line is back,
// answered by the office, and the answer is seen. A rejection is appealed, overturned, and the application is open again.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, combinations, fitsWidth, openBrowser, quiet, shot, speaks } from './harness.mjs';
import { decide } from './parts/department.mjs';
import { ANSWERED, SAID, answer, numbers, open } from './parts/grievance.mjs';
import { office, timed } from './parts/office.mjs';
import { officer, visitor } from './parts/officer.mjs';
import { apply, papers } from './parts/receipt.mjs';
import { intake, pass } from './parts/story.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

const FOCAL = { kpsw: 'welfare', bisp: 'bisp', kpz: 'zakat', pbm: 'pbm' };

for (const { db, lang, depth } of combinations()) {
  if (depth !== 'full') continue;
  test(`a complaint and an appeal (${lang}, ${db})`, async (t) => {
    const server = await office(t, { db });
    if (!server) return;
    const look = async ({ page }, name) => {
      await speaks(page, lang);
      await fitsWidth(page);
      quiet(page);
      await axe(page);
      await shot(page, `grievances-${lang}-${db}-${name}`);
    };
    const how = { lang };
    const { clerk, picks } = await timed('the visit', () => intake(browser, server, { lang, look: pass }));
    await papers(clerk, { look: pass });
    const receipt = await apply(clerk, picks, { look: pass, language: lang });
    await clerk.close();
    await decide(browser, server, picks, receipt, { look: pass, how });
    const person = await visitor(browser, server, { lang, narrow: true });
    const saeed = await officer(browser, server, 'grievance', how);
    await timed('without a line', () => withoutALine(person, saeed, receipt, look));
    await timed('the appeal', () => appeal(person, saeed, receipt, look));
    await reopened(server, picks[2], receipt, how);
    await person.close();
    await saeed.close();
  });
}

async function withoutALine(person, saeed, receipt, look) {
  await open(person, receipt);
  await look(person, 'timeline');
  await person.follow('track-complain');
  await look(person, 'form');
  const sent = [];
  person.page.on('request', (one) => { if (one.method() === 'POST') sent.push(new URL(one.url()).pathname); });
  await person.fill({ kind: 'delay', words: SAID });
  await person.page.context().setOffline(true);
  await person.button('complain-send').click();
  await person.page.getByText(person.w.within('later-one')).waitFor();
  assert.deepEqual(sent, [], 'nothing was sent into a dead line');
  person.page.complaints.length = 0; // the browser says that the line is down
  await look(person, 'kept');
  await person.page.context().setOffline(false);
  await person.page.getByText(person.w.within('later-sent')).waitFor();
  const place = person.page.locator('.kept-complaint .code');
  const own = { code: await place.first().innerText(), secret: (await place.last().innerText()).replace(/\D/g, '') };
  await person.page.reload();
  await person.page.getByText(person.w.within('later-sent')).waitFor();
  assert.equal(sent.filter((path) => path.startsWith('/complain/about/')).length, 1, `sent once: ${sent}`);
  person.page.complaints.length = 0;
  await look(person, 'sent');
  await answer(saeed, own, { done: 'acted', words: ANSWERED }, { look });
  await open(person, own);
  assert.ok((await person.page.locator('main').innerText()).includes(ANSWERED), 'the answer is read with its own code');
  await look(person, 'answered');
  await person.press('complaint-accept');
  await person.go(`/track/${receipt.code.replaceAll('-', '')}`);
  assert.ok((await person.page.locator('main').innerText()).includes(ANSWERED), 'and beside the application');
  await person.page.getByRole('button', { name: person.w.whole('later-erase') }).click();
  await person.page.locator('.kept-complaint').waitFor({ state: 'detached' });
  await person.page.reload();
  assert.equal(await person.page.locator('.kept-complaint').count(), 0, 'one tap, and nothing is left');
}

async function appeal(person, saeed, receipt, look) {
  await open(person, receipt);
  await person.follow('track-appeal');
  assert.ok(await person.page.locator('input[name="kind"][value="refusal"]').isChecked(), 'what it is about is chosen');
  await person.fill({ words: SAID });
  await person.press('complain-send');
  const own = await numbers(person);
  await look(person, 'appealed');
  await answer(saeed, own, { outcome: 'overturned', words: ANSWERED }, { look: async (who, name) => look(who, `appeal-${name}`) });
  await open(person, receipt);
  assert.ok((await person.page.locator('main').innerText()).includes(ANSWERED));
  await look(person, 'overturned');
}

/** The department has the application again, and may decide it once more. */
async function reopened(server, programme, { code }, how) {
  const focal = await officer(browser, server, FOCAL[programme.split('-')[0]], how);
  await focal.go('/applications');
  const row = focal.page.getByRole('row').filter({ hasText: code });
  assert.equal(await row.count(), 1, 'it stands in the inbox again');
  await focal.turn(() => row.getByRole('link').first().click(), 200);
  assert.ok(await focal.page.locator('a[href*="to=approved"]').count(), 'and can be approved');
  await focal.close();
}
