// @ts-check
/** Finds a Chromium for the tests that look at a screen. Imports nothing but Node. */
import { existsSync } from 'node:fs';

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @returns {string | undefined} its path; the variable CHROMIUM goes first */
export function findChromium() {
  return places.find((place) => place && existsSync(place));
}
