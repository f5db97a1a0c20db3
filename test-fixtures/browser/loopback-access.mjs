// What web pages in a real Chromium can do at Zegel's HTTP door, and what they cannot. Prints the findings as JSON.
// Usage: node loopback-access.mjs PROFILE EXTENSION DOOR KEY CERTIFICATE [granted]
//   DOOR      the port of Zegel's HTTP door
//   KEY, CERTIFICATE  PEM files for the sites' own https server
//   granted   "policy": the sites' permission comes from the browser's managed policy; otherwise from a person's click
// Two sites and an insecure one, which the browser takes for public, run here; so does a probe on loopback that counts
// what reaches it, as the door would be reached.
import { chromium } from 'playwright-core';
import { createServer as https } from 'node:https';
import { createServer as http } from 'node:http';
import { readFileSync } from 'node:fs';

const [profile, extension, door, key, certificate, granted] = process.argv.slice(2);
const SECONDS = 4000;

const page = (request, response) => {
  response.setHeader('Content-Type', 'text/html');
  response.end('<!doctype html><title>site</title><body>');
};
const listen = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));
const reached = [];
const probe = http((request, response) => {
  reached.push(`${request.method} ${request.url}`);
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.end('reached');
});
probe.on('upgrade', (request, socket) => {
  reached.push('upgrade');
  socket.destroy();
});
const secure = https({ key: readFileSync(key), cert: readFileSync(certificate) }, page);
const plain = http(page);
const [securePort, plainPort, probePort] = [await listen(secure), await listen(plain), await listen(probe)];
const GOOD = `https://good.example:${securePort}`;
const EVIL = `https://evil.example:${securePort}`;
const PLAIN = `http://plain.example:${plainPort}`;

const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.ZEGEL_TEST_CHROMIUM ?? '/usr/bin/chromium',
  headless: false,
  ignoreDefaultArgs: ['--disable-extensions', '--disable-features'],
  ignoreHTTPSErrors: true,
  args: [
    '--no-sandbox',
    '--headless=new',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-gpu',
    '--disable-sync',
    '--no-first-run',
    '--ignore-certificate-errors',
    '--disable-popup-blocking',
    `--load-extension=${extension}`,
    `--disable-extensions-except=${extension}`,
    `--ip-address-space-overrides=127.0.0.1:${securePort}=public,127.0.0.1:${plainPort}=public`,
    '--host-resolver-rules=MAP *.example 127.0.0.1',
  ],
});

/** In a page: tries everything that needs no permission of ours, at this port; gives what each came to. */
const everything = ([port, seconds]) => {
  const base = `http://127.0.0.1:${port}`;
  const within = (what) =>
    Promise.race([what, new Promise((done) => setTimeout(() => done('no answer'), seconds))]).catch((e) => `error ${e.name}`);
  const json = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' };
  const element = (name, attributes) =>
    new Promise((done) => {
      const made = Object.assign(document.createElement(name), attributes);
      made.onload = () => done('loaded');
      made.onerror = () => done('error');
      document.body.append(made);
    });
  const sandboxed = () =>
    new Promise((done) => {
      const frame = document.createElement('iframe');
      frame.sandbox = 'allow-scripts';
      frame.allow = 'local-network-access; loopback-network; local-network';
      frame.srcdoc = `<script>fetch('${base}/hello', ${JSON.stringify(json)}).then(r => parent.postMessage('status ' + r.status, '*'),
        e => parent.postMessage('error ' + e.name, '*'))</script>`;
      addEventListener('message', (event) => done(event.data), { once: true });
      document.body.append(frame);
    });
  const socket = () =>
    new Promise((done) => {
      const made = new WebSocket(`ws://127.0.0.1:${port}/events`);
      made.onopen = () => done('open');
      made.onerror = () => done('error');
    });
  const status = (path, options) => fetch(base + path, options).then((answer) => `status ${answer.status || answer.type}`);
  return (async () => ({
    hello: await within(status('/hello', json)),
    rpc: await within(status('/rpc', { ...json, headers: { ...json.headers, Authorization: 'Bearer guess' } })),
    simple: await within(status('/hello', { method: 'POST', mode: 'no-cors', body: '{}' })),
    simpleGet: await within(status('/events', { mode: 'no-cors' })),
    image: await within(element('img', { src: `${base}/favicon.ico` })),
    script: await within(element('script', { src: `${base}/hello` })),
    style: await within(element('link', { rel: 'stylesheet', href: `${base}/hello` })),
    sandboxed: await within(sandboxed()),
    socket: await within(socket()),
  }))();
};

/** In a page: pairs, calls with the token, and gives both. */
const pairAndCall = async (base) => {
  const encode = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const post = async (path, body, token) => {
    const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
    const answer = await fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, ...(await answer.json()) };
  };
  const nonce = crypto.getRandomValues(new Uint8Array(32));
  const commitment = encode(new Uint8Array(await crypto.subtle.digest('SHA-256', nonce)));
  const begun = await post('/pair', { name: 'Site', scopes: ['verify'], commitment });
  const paired = await post('/pair', { pairing: begun.pairing, nonce: encode(nonce) });
  const self = await post('/rpc', { jsonrpc: '2.0', id: 1, method: 'client.self' }, paired.token);
  return { token: paired.token, status: self.status, scopes: self.result?.scopes };
};

const callWith = ([base, token, seconds]) =>
  Promise.race([
    fetch(`${base}/rpc`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: '{"jsonrpc":"2.0","id":1,"method":"client.self"}',
    }).then((answer) => `status ${answer.status}`),
    new Promise((done) => setTimeout(() => done('no answer'), seconds)),
  ]).catch((e) => `error ${e.name}`);

const permission = () =>
  Promise.all(
    ['local-network-access', 'loopback-network', 'local-network'].map((name) =>
      navigator.permissions.query({ name }).then((state) => [name, state.state], () => [name, 'unknown']),
    ),
  ).then(Object.fromEntries);

/** Visits a site and does something there. */
const at = async (site, what, argument) => {
  const tab = await context.newPage();
  await tab.goto(`${site}/`);
  const found = await tab.evaluate(what, argument);
  await tab.close();
  return found;
};

/** Navigations that need no permission: a form that posts to the door, a new window on it. */
const navigations = async () => {
  const statuses = {};
  for (const [name, script] of Object.entries({
    form: `const f = Object.assign(document.createElement('form'), {method: 'post', enctype: 'text/plain',
      action: 'http://127.0.0.1:${door}/hello'}); f.append(Object.assign(document.createElement('input'), {name: '{"x":"', value: '"}'}));
      document.body.append(f); f.submit();`,
    window: `location.href = 'http://127.0.0.1:${door}/hello'`,
    rebound: `location.href = 'http://rebound.example:${door}/hello'`,
  })) {
    const tab = await context.newPage();
    await tab.goto(`${EVIL}/`);
    const answered = new Promise((done) => {
      tab.on('response', (response) => response.url().includes(`:${door}/`) && done(response.status()));
      setTimeout(() => done('no answer'), SECONDS);
    });
    await tab.evaluate(script).catch(() => {});
    statuses[name] = await answered;
    await tab.close();
  }
  return statuses;
};

/** What the browser says of its policies: the name of each, and what is wrong with it. */
const policies = async () => {
  const tab = await context.newPage();
  await tab.goto('chrome://policy');
  await tab.locator('policy-row .name').first().waitFor({ timeout: 10_000 });
  const rows = await tab.evaluate(() => {
    const all = (root) => [...root.querySelectorAll('*')].flatMap((e) => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
    const text = (row, name) => row.shadowRoot?.querySelector(`.${name}`)?.textContent.trim() ?? '';
    return all(document)
      .filter((e) => e.localName === 'policy-row')
      .map((row) => [text(row, 'name'), text(row, 'messages')]);
  });
  await tab.close();
  return Object.fromEntries(rows.filter(([name, words]) => name && words !== 'Not set.'));
};

try {
  const base = `http://127.0.0.1:${door}`;
  const found = { browser: context.browser()?.version() };
  if (granted === 'policy') {
    found.permission = await at(GOOD, permission);
    found.paired = await at(GOOD, pairAndCall, base);
    found.other = await at(EVIL, everything, [probePort, 1000]);
    found.reached = [...reached];
    found.policies = await policies();
  } else {
    found.permission = await at(EVIL, permission);
    [found.ungranted, found.insecure] = await Promise.all([
      at(EVIL, everything, [probePort, 1000]),
      at(PLAIN, everything, [probePort, 1000]),
    ]);
    found.reached = [...reached];
    found.navigations = await navigations();
    for (const origin of [GOOD, EVIL]) await context.grantPermissions(['local-network-access'], { origin });
    found.grantedPermission = await at(GOOD, permission);
    found.unpaired = await at(EVIL, everything, [door, SECONDS]);
    found.paired = await at(GOOD, pairAndCall, base);
    found.stolen = await at(EVIL, callWith, [base, found.paired.token, SECONDS]);
    const [worker] = context.serviceWorkers().length ? context.serviceWorkers() : [await context.waitForEvent('serviceworker')];
    found.extension = await worker.evaluate(pairAndCall, base);
    found.stolenByExtension = await worker.evaluate(callWith, [base, found.paired.token, SECONDS]);
  }
  delete found.paired.token;
  if (found.extension) delete found.extension.token;
  console.log(JSON.stringify(found));
} finally {
  await context.close();
  for (const server of [secure, plain, probe]) {
    server.close();
    server.closeAllConnections();
  }
}
