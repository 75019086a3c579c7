import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../src/build/chromium.mjs';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium found; name one with the variable CHROMIUM.');
  return chromium.launch({ executablePath, headless: true, args: flags });
}
