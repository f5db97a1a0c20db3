// Starts Chromium with the example extension, lets it sign and open a message through native messaging, and prints
// what came back as JSON. Usage: node sign-and-open.mjs PROFILE EXTENSION [SIZE]
//   PROFILE   an empty folder; NativeMessagingHosts/org.zegel.json in it names the host
//   EXTENSION the folder of the extension
//   SIZE      bytes of the message's body; the message itself comes on standard input (its header when SIZE is given)
import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';

const [profile, extension, size] = process.argv.slice(2);
const message = readFileSync(0, 'utf8');

const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.ZEGEL_TEST_CHROMIUM ?? '/usr/bin/chromium',
  headless: false,
  ignoreDefaultArgs: ['--disable-extensions'],
  args: [
    '--no-sandbox',
    '--headless=new',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-gpu',
    '--disable-sync',
    '--no-first-run',
    `--load-extension=${extension}`,
    `--disable-extensions-except=${extension}`,
  ],
});
try {
  const [worker] = context.serviceWorkers().length ? context.serviceWorkers() : [await context.waitForEvent('serviceworker')];
  const result = await worker.evaluate(
    async ([text, bytes]) => {
      const example = globalThis.zegelExample;
      const started = performance.now();
      try {
        const outcome = bytes ? await example.signAndOpenLarge(text, bytes) : await example.signAndOpen(text);
        return { ...outcome, milliseconds: performance.now() - started };
      } catch (error) {
        return { error: error.message, code: error.code };
      }
    },
    [message, size ? Number(size) : 0],
  );
  console.log(JSON.stringify(result));
} finally {
  await context.close();
}
