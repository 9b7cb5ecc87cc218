// A walk through the page with the Tab key alone.

import assert from 'node:assert/strict';

/**
 * Tabs through the page from its top to its end and gives back what had the focus, in order, as `role "name"`.
 * Asserts for every stop that it can be seen, that the focus shows, and that nothing lies over it; that no element
 * keeps the focus; and that everything that can be reached by keyboard was reached.
 */
export async function keyboardWalk(page, { limit = 400 } = {}) {
  await page.evaluate(prepare);
  const stops = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(look);
    if (!stop || (stops.length > 0 && stop.number === stops[0].number)) break;
    assert.notEqual(stop.number, stops.at(-1)?.number, `${page.url()}: the focus is trapped at ${stop.name}`);
    stops.push(stop);
    assert.ok(stops.length <= limit, `${page.url()}: after ${limit} steps the walk has no end; last: ${stop.name}`);
  }
  const { unshown, missed } = await page.evaluate(compare, stops.map((stop) => stop.number));
  const faults = [
    ...stops.filter((stop) => stop.fault).map((stop) => `${stop.name}: ${stop.fault}`),
    ...unshown.map((at) => `${stops[at].name}: the focus does not show`),
    ...missed.map((name) => `${name}: the keyboard does not reach it`),
  ];
  assert.deepEqual(faults, [], `${page.url()}: the keyboard walk found faults`);
  return stops.map((stop) => stop.name);
}

// The functions below run within the page; each stands alone.

function prepare() {
  const walk = { elements: [], focused: [] };
  walk.style = (one) => {
    // The sign of focus may be on the element, its label, or a box around it.
    const near = [one, one.parentElement, one.nextElementSibling, ...(one.labels ?? [])].filter(Boolean);
    const parts = ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'borderColor', 'borderWidth', 'backgroundColor', 'textDecorationLine', 'textDecorationThickness'];
    return near.map((each) => ['', '::before', '::after'].map((pseudo) => {
      const style = getComputedStyle(each, pseudo || null);
      return parts.map((part) => style[part]).join('|');
    }).join('/')).join('\n');
  };
  walk.name = (one) => {
    const implied = { a: 'link', button: 'button', select: 'choice', textarea: 'text', summary: 'summary', input: one.type };
    const role = one.getAttribute('role') ?? implied[one.tagName.toLowerCase()] ?? one.tagName.toLowerCase();
    const labelled = (one.getAttribute('aria-labelledby') ?? '').split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join(' ').trim();
    const label = labelled || one.getAttribute('aria-label') || [...(one.labels ?? [])].map((each) => each.textContent).join(' ')
      || (one.matches('input[type=submit]') && one.value) || one.textContent || one.title || one.name || '';
    return `${role} "${label.replace(/\s+/g, ' ').trim().slice(0, 60)}"`;
  };
  walk.number = (one) => {
    const at = walk.elements.indexOf(one);
    return at >= 0 ? at : walk.elements.push(one) - 1;
  };
  document.activeElement?.blur?.();
  window.getSelection()?.removeAllRanges();
  window.scrollTo(0, 0);
  window.__walk = walk;
}

function look() {
  const walk = window.__walk;
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const number = walk.number(one);
  walk.focused[number] = walk.style(one);
  // A round button of a label drawn by the style sheet: the label is what people see.
  const seen = [one, ...(one.labels ?? [])];
  const boxes = seen.map((each) => each.getBoundingClientRect());
  const big = boxes.some((box) => box.width >= 2 && box.height >= 2);
  const shown = getComputedStyle(one).visibility === 'visible';
  const hit = seen.some((each) => [...each.getClientRects()].some((box) => {
    const points = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]];
    return points.some(([x, y]) => {
      const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      return top && seen.some((mine) => mine.contains(top) || top.contains(mine) && top.tagName === 'LABEL');
    });
  }));
  const fault = !big || !shown ? 'it cannot be seen' : !hit ? 'something lies over it or it is outside the view' : null;
  return { number, name: walk.name(one), fault };
}

function compare(numbers) {
  const walk = window.__walk;
  document.activeElement?.blur?.();
  const unshown = numbers.flatMap((number, at) => (walk.style(walk.elements[number]) === walk.focused[number] ? [at] : []));
  const groups = new Set();
  const reachable = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter((one) => {
    if (one.disabled || one.tabIndex < 0 || one.type === 'hidden' || one.closest('[inert]')) return false;
    if (!one.checkVisibility({ visibilityProperty: true })) return false;
    if (one.type !== 'radio' || !one.name) return true;
    // Tab stops once in a group of round buttons; the arrows do the rest.
    const group = `${one.form?.id ?? ''}/${[...document.forms].indexOf(one.form)}/${one.name}`;
    const first = !groups.has(group);
    groups.add(group);
    const members = [...document.querySelectorAll('input[type=radio]')].filter((each) => each.name === one.name && each.form === one.form);
    return first && !members.some((each) => walk.elements.includes(each));
  });
  const missed = reachable.filter((one) => !walk.elements.includes(one)).map(walk.name);
  return { unshown, missed };
}
