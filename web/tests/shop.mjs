// A shop's page on another origin, with a policy as strict as a page with a chat can have.
import { createServer } from 'node:http';

/** Serves it under the name `localhost`, which is another site than the address that the house is asked by. */
export async function openShop(house) {
  const policy = `default-src 'none'; style-src 'self'; img-src 'self'; script-src ${house}; frame-src ${house}; require-trusted-types-for 'script'`;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://shop');
    const key = url.searchParams.get('key') ?? 'demo';
    const script = `<script async src="${house}/widget.js?key=${key}"></script>`;
    const inside = url.searchParams.has('inside') ? `<iframe title="inside" src="/?key=${key}"></iframe>` : '';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...(inside ? {} : { 'content-security-policy': policy }) });
    response.end(`<!doctype html><html lang="en"><head><title>Kettles | Linden &amp; Lark</title><meta name="color-scheme" content="light dark"></head><body><main><h1>Kettles</h1><p>Gooseneck kettles for slow coffee.</p>${inside}</main>${script}${url.searchParams.has('twice') ? script : ''}</body></html>`);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://localhost:${server.address().port}`, stop: () => server.close() };
}
