// Steps 1 to 5 of a visit, as the officers of a centre take them: token, search, registering, asking, screening.
//
// `look` is called on every page reached, with a name for it; a story decides what is checked there.

import assert from 'node:assert/strict';
import { family } from './cast.mjs';

/** Step 1. A pure question is counted and ends; then a token for the women's counter. Gives back its number. */
export async function arrive(token, { language, look }) {
  const questions = () => token.texts('.figures dd');
  const sum = async () => (await questions()).reduce((all, one) => all + Number(one), 0);
  const [counted, waiting] = [await sum(), await token.page.locator('tbody tr').count()];
  await token.fill({ counter: 'general', topic: 'question', language });
  await token.press('token-issue-button');
  assert.equal(await sum(), counted + 1, 'the question is counted');
  assert.equal(await token.page.locator('tbody tr').count(), waiting, 'and nobody waits with it');
  await token.fill({ counter: 'women', topic: 'help', language });
  await token.press('token-issue-button');
  await look(token, 'desk');
  return new URL(token.page.url()).searchParams.get('token');
}

/** Step 2, first half: the clerk calls the token and searches. Gives back the visit's address. */
export async function find(clerk, number, { look }) {
  const { name } = family(clerk.w.lang);
  await clerk.go('/desk');
  const token = clerk.page.getByRole('link', { name: clerk.w.whole('token-number', { number }) });
  const row = clerk.page.getByRole('row').filter({ has: token });
  await clerk.turn(() => row.getByRole('link').first().click(), 200);
  await clerk.press('visit-call');
  const visit = clerk.path().split('/').slice(0, 3).join('/');
  await clerk.fill({ q: `${name.amina} ${name.sher} ${name.village}` });
  await clerk.press('people-search-button');
  await look(clerk, 'find');
  return visit;
}

/** Step 2, second half: the family of five, "these are all", consent. */
export async function register(clerk, { look }) {
  const { head, place, others } = family(clerk.w.lang);
  await clerk.follow('people-register-new');
  await look(clerk, 'register');
  await clerk.fill({ ...head, ...place, phone_message: 'yes' });
  const answer = await clerk.press('people-register-button', { status: null });
  // Somebody of the demo may be similar; the clerk has looked at the records and goes on.
  if (answer.status() === 422) await clerk.press('people-register-none-of-these');
  await clerk.follow('people-member-add');
  await look(clerk, 'member');
  for (const member of others) {
    await clerk.fill(member);
    await clerk.press(member === others.at(-1) ? 'people-save-member' : 'people-save-another');
  }
  assert.equal(await clerk.page.locator('.member').count(), 5, 'five members are on file');
  assert.match((await clerk.texts('.member')).join(' '), /17201-2345678-2/, 'the number is read however it is spaced');
  await look(clerk, 'household');
  await clerk.press('people-complete-button');
  await consent(clerk, { look });
}

async function consent(clerk, { look }) {
  await clerk.follow('people-consent-ask');
  await look(clerk, 'consent');
  const yes = Object.fromEntries(['keep', 'forward', 'verify', 'message'].map((purpose) => [`consent_${purpose}`, 'yes']));
  await clerk.fill({ ...yes, phone_whose_message_to: family(clerk.w.lang).name.amina, seen_by: 'house', how: 'spoken' });
  await clerk.press('people-consent-save');
}

/** What the family says, where it matters for the programmes that the stories choose. */
const SAID = {
  'household.registered_in_nser': 'yes', 'person.cnic_valid': 'yes', 'person.is_orphan': 'yes', 'person.school_enrolled': 'yes',
};

/** The question on the page: which fact, about whom. */
export const question = async (clerk) => {
  const form = clerk.page.locator('form.question-card');
  if ((await form.count()) === 0) return null;
  const value = (name) => form.locator(`input[name="${name}"]`).inputValue();
  return { fact: await value('fact'), person: await value('person'), command: await value('command_id') };
};

/** Gives an answer to whatever is asked, without sending it. */
export async function answer(clerk, { fact }) {
  const form = clerk.page.locator('form.question-card');
  const rows = form.locator('fieldset.question input[type=radio], fieldset.question input[type=checkbox]');
  const field = form.locator('[name="answer"]').first();
  const kind = await field.evaluate((one) => one.type);
  if (kind === 'radio') {
    const values = await rows.evaluateAll((all) => all.map((one) => one.value));
    const said = SAID[fact] ?? (values.includes('no') ? 'no' : values[0]);
    await form.locator(`input[name="answer"][value="${said}"]`).check();
  } else if (kind === 'checkbox') await form.locator('input[name="answer"][value="-none"]').check();
  else if (kind.startsWith('select')) await field.selectOption({ index: 1 });
  else await field.fill(fact.includes('income') || fact.includes('salary') ? '12,000' : '2');
}

/** Step 3: questions until it is enough for today, the third one not known today. Gives back how many were answered. */
export async function ask(clerk, { look, most = 9 }) {
  await clerk.follow('people-to-questions');
  await look(clerk, 'question');
  for (let asked = 1; ; asked += 1) {
    const now = await question(clerk);
    if (!now || asked > most) break;
    if (asked === 3) {
      await clerk.page.locator('form.question-card').getByLabel(clerk.w.whole('ask-not-today')).check();
      await clerk.press('ask-save');
      const next = await question(clerk);
      assert.notDeepEqual([next?.fact, next?.person], [now.fact, now.person], 'what is not known today is not asked again');
      continue;
    }
    await answer(clerk, now);
    await clerk.press('ask-save');
  }
  await clerk.follow('ask-see-answers');
  await look(clerk, 'answers');
  await clerk.follow('answers-go-on');
  await clerk.press('ask-enough');
}

/** What the family would choose, in the order of their wish; a programme, the first of its candidates. */
const WISHES = [
  'kpsw-senior-citizen-card', 'bisp-kafaalat', 'pbm-ifa-general', 'kpz-guzara', 'pbm-ifa-medical', 'kpsw-widow-support',
];

/** Steps 4 and 5: every programme with its reasons, and the package. Gives back the programmes chosen. */
export async function choose(clerk, { look, count = 3 }) {
  assert.ok((await clerk.page.locator('.verdict').count()) > 40, 'every programme has a verdict');
  const first = clerk.page.locator('details.verdict').first();
  await first.locator('summary').click();
  assert.ok(await first.locator('.reason').first().isVisible(), 'a verdict opens to its reasons');
  await look(clerk, 'programmes');
  await clerk.turn(() => first.getByRole('link', { name: clerk.w.begins('verdict-all') }).click(), 200);
  await look(clerk, 'programme');
  await clerk.follow('programme-back');
  const offered = await clerk.page.locator('input[name="pick"]').evaluateAll((all) => all.map((one) => one.value));
  const picks = WISHES.map((wish) => offered.find((value) => value.split('@')[0] === wish)).filter(Boolean).slice(0, count);
  assert.equal(picks.length, count, `of ${WISHES} too few are offered: ${offered.join(' ')}`);
  const folded = clerk.page.locator('form details:not([open]) > summary');
  if (await folded.count()) await folded.first().click();
  for (const pick of picks) await clerk.page.check(`input[name="pick"][value="${pick}"]`);
  await clerk.press('package-choose-button');
  await look(clerk, 'package');
  await clerk.follow('package-confirm');
  return picks.map((pick) => pick.split('@')[0]);
}
