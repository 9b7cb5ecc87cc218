// The whole visit, from the door to the public page: what every long story runs.

import { visitor, officer } from './officer.mjs';
import { arrive, ask, choose, find, register } from './desk.mjs';
import { apply, papers, printAgain } from './receipt.mjs';
import { answerDepartment, decide, track } from './department.mjs';

/** Steps 1 to 5 with somebody who registers and asks. Gives back the clerk and the programmes chosen. */
export async function intake(browser, server, { lang, look, how = {} }) {
  const settings = { lang, ...how };
  const token = await officer(browser, server, 'token', settings);
  const number = await arrive(token, { language: lang, look });
  await token.close();
  const clerk = await officer(browser, server, 'clerk', settings);
  const visit = await find(clerk, number, { look });
  await register(clerk, { look });
  await ask(clerk, { look });
  const picks = await choose(clerk, { look });
  return { clerk, visit, picks };
}

/** Steps 1 to 10; `stay` leaves the visit open. Gives back the visit's address and the receipt. */
export async function wholeStory(browser, server, { lang, look, how = {}, stay = false }) {
  const settings = { lang, ...how };
  const { clerk, visit, picks } = await intake(browser, server, { lang, look, how });
  await papers(clerk, { look });
  let receipt = await apply(clerk, picks, { look, language: lang });
  await decide(browser, server, picks, receipt, { look, how: settings });
  const person = await visitor(browser, server, settings);
  await track(person, receipt, { look });
  await person.close();
  await answerDepartment(clerk, { visit }, { look });
  receipt = { ...receipt, ...(await printAgain(clerk, receipt, { look, language: lang })) };
  if (!stay) {
    await clerk.go(`${visit}/household`);
    await clerk.press('visit-end');
  }
  await clerk.close();
  return { visit, receipt };
}

/** A look that looks at nothing. */
export const pass = async () => {};
