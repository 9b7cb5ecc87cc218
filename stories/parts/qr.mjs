// The square codes of pages, read from pictures of them: by a decoder that shares nothing with what drew them, or shown to
// a camera as a film.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import jsQR from 'jsqr';

/** A picture of a drawing on the page, as points. Pages allow no foreign picture, so an empty page unpacks it. */
async function picture(drawing) {
  const png = (await drawing.screenshot()).toString('base64');
  const blank = await drawing.page().context().newPage();
  const { width, height, points } = await blank.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    const pen = canvas.getContext('2d');
    pen.drawImage(image, 0, 0);
    return { width: image.width, height: image.height, points: [...pen.getImageData(0, 0, image.width, image.height).data] };
  }, png);
  await blank.close();
  return { width, height, points: Uint8ClampedArray.from(points) };
}

/** The text of the square code that a page shows. */
export async function readQr(page, selector) {
  const { width, height, points } = await picture(page.locator(selector));
  const found = jsQR(points, width, height);
  assert.ok(found, `${selector}: no code is read from a picture of ${width} by ${height}`);
  return found.data;
}

/** A film of one picture, as a camera sees a code that is held before it: YUV4MPEG2, grey on white. */
export async function film(page, selector, to) {
  const { width, height, points } = await picture(page.locator(selector));
  const [wide, tall] = [1280, 960];
  const scale = Math.max(1, Math.floor(Math.min(wide / width, tall / height)));
  const [left, top] = [Math.floor((wide - width * scale) / 2), Math.floor((tall - height * scale) / 2)];
  const grey = Buffer.alloc(wide * tall, 215);
  for (let y = 0; y < height * scale; y += 1) {
    for (let x = 0; x < width * scale; x += 1) {
      grey[(top + y) * wide + left + x] = 25 + points[4 * (Math.floor(y / scale) * width + Math.floor(x / scale))] * 0.75;
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), grey, Buffer.alloc((wide * tall) / 2, 128)]);
  writeFileSync(to, Buffer.concat([Buffer.from(`YUV4MPEG2 W${wide} H${tall} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]));
}
