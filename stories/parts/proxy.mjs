// A line that a story can cut, and a release that it can change: stands between a browser and the public pages.

import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';

/** Starts it. `line.up = false` cuts the line; `line.release` is the release that the service worker says it is. */
export async function proxy(address) {
  const target = new URL(address);
  const line = { up: true, release: 'one' };
  const server = createServer((request, response) => {
    if (!line.up) return request.socket.destroy();
    const { url: path, method, headers } = request;
    const onward = ask({ host: target.hostname, port: target.port, path, method, headers: { ...headers, 'accept-encoding': 'identity' } }, (answer) => {
      if (path !== '/sw.js') {
        response.writeHead(answer.statusCode, answer.headers);
        return answer.pipe(response);
      }
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => { text += part; }).on('end', () => {
        const { 'content-length': _, ...kept } = answer.headers;
        response.writeHead(answer.statusCode, kept);
        response.end(text.replace(/const VERSION = "[^"]*"/, `const VERSION = "${line.release}"`));
      });
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => { server.closeAllConnections(); server.close(); };
  return Object.assign(line, { public: `http://127.0.0.1:${server.address().port}`, close });
}
