// One office for each combination of database and language a story runs in.

import { freshPostgres, startOnewindow } from '../harness.mjs';

/**
 * Starts the office of a combination, or skips the test loudly when it needs a PostgreSQL and none is there. Where
 * everything must run (`CI=true`), what cannot run fails.
 */
export async function office(t, { db, args }) {
  if (db === 'postgres' && !process.env.ONEWINDOW_TEST_PG) {
    const why = 'ONEWINDOW_TEST_PG is not set, so this story did NOT run on PostgreSQL. Use: cargo xtask test --only stories';
    if (process.env.CI === 'true') throw new Error(why);
    console.error(`\n*** ${t.name}: ${why}\n`);
    t.skip(why);
    return null;
  }
  const server = await startOnewindow({ args, ...(db === 'postgres' ? { db: await freshPostgres() } : {}) });
  t.after(() => server.stop());
  return server;
}

/** Says how long a story took: figures are printed, only correctness fails. */
export async function timed(name, story) {
  const begun = performance.now();
  const result = await story();
  console.log(`${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  return result;
}
