// Complaints: a citizen writes one, the district's officer answers it, the citizen reads the answer.

import assert from 'node:assert/strict';

/** What the citizen and the officer write. */
export const SAID = 'Nobody tells me anything. مجھے کوئی کچھ نہیں بتاتا۔';
export const ANSWERED = 'The office was asked; it decides on Monday. پیر کو فیصلہ ہوگا۔';

/** Opens a receipt or a complaint with its code and secret. */
export async function open(person, { code, secret }) {
  await person.go('/track');
  await person.fill({ code, secret });
  await person.press('track-button');
}

/** A complaint without a receipt and without a name; its code and secret, as the page shows them once. */
export async function complainWithoutReceipt(person, { look }) {
  await person.go('/complain');
  await look(person, 'complain');
  await person.follow('complain-without');
  await person.fill({ kind: 'conduct', subject: 'centre', district: 'nowshera', words: SAID });
  await look(person, 'complain-form');
  await person.press('complain-send');
  const own = await numbers(person);
  await look(person, 'complaint-new');
  await person.follow('complaint-paper');
  await look(person, 'complaint-paper');
  return own;
}

/** The code and the secret of a complaint that was just made. */
export async function numbers(person) {
  const text = async (selector) => (await person.page.locator(selector).first().innerText()).trim();
  const own = { code: await text('[data-code]'), secret: (await text('[data-secret]')).replace(/\D/g, '') };
  assert.match(own.secret, /^\d{6}$/);
  return own;
}

/** The officer finds a complaint in the inbox, takes it and answers it. */
export async function answer(officer, { code }, fields, { look }) {
  await officer.go('/grievances');
  const row = officer.page.getByRole('row').filter({ hasText: code });
  assert.equal(await row.count(), 1, 'it stands in the inbox once');
  await look(officer, 'grievances');
  await officer.turn(() => row.getByRole('link').click(), 200);
  await look(officer, 'grievance');
  await officer.press('complaint-take');
  await officer.fill(fields);
  await look(officer, 'grievance-answer');
  await officer.press('complaint-answer');
  assert.equal(await officer.page.locator('main .notice.is-done').count(), 1, 'the answer is saved');
}
