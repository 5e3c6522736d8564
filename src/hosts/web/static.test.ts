/** The page over HTTP, and that nothing else comes with it. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestingWebHost, testingWebHost } from './testing-host.node.ts';

let web: TestingWebHost;
beforeAll(async () => {
  web = await testingWebHost();
});
afterAll(() => web.close());

test('the page is served with its policy; scripts are cached, the page is not', async () => {
  const page = await web.get('/');
  expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>page</title>' });
  expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(page.headers['content-security-policy']).not.toContain('unsafe');
  expect(page.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  expect((await web.get('/assets/a.js')).headers['cache-control']).toContain('immutable');
  expect((await web.get('/', {}, 'POST')).status).toBe(405);
  expect((await web.get('/', {}, 'HEAD')).body).toBe('');
});

test.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/%2e%2e%2fsecret.txt',
  '/..%2fsecret.txt',
  '/..%5csecret.txt',
  '/..\\secret.txt',
  '/%00/../secret.txt',
  '/%c0%ae%c0%ae/secret.txt',
  '/%',
  '//etc/passwd',
  '/assets/link.txt',
  '/assets',
  'http://evil.example/secret.txt',
])('climbing out by %s finds nothing', async (path) => {
  if (path.includes('link'))
    symlinkSync(join(web.home, 'secret.txt'), join(web.home, 'page/assets/link.txt'));
  const { status, body } = await web.get(path);
  expect([400, 404]).toContain(status);
  expect(body).not.toContain('SECRET');
  expect(body).not.toContain('root:');
});
