import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { explanationsOf, readText } from '#features';
import { readThread } from '../../src/editor/thread-slices.ts';

type OpenDocument = Parameters<typeof readThread>[0];

const mails = Array.from(
  { length: 30 },
  (_, index) =>
    `From ada@example.org Mon Mar  4 09:12:31 2024\nFrom: Ada <ada@example.org>\nSubject: Re: TDX\nMessage-ID: <${index}@example.org>\nReferences: <0@example.org>\n\nThe PAMT of TDX.\n`,
).join('\n');

/** As much of a document as a reading in slices asks about. */
function opened(): { document: OpenDocument; state: { version: number; isClosed: boolean } } {
  const state = { version: 1, isClosed: false };
  // The rest of a document is never looked at.
  return { document: state as unknown as OpenDocument, state };
}

describe('the thread behind a hover', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is read in slices, nothing of it at once', () => {
    const thread = explanationsOf(readText(mails), 0);
    const steps = vi.spyOn(thread, 'step');
    readThread(opened().document, thread);
    expect(steps).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(thread.complete).toBe(true);
    expect(steps.mock.calls.length).toBeGreaterThan(5);
  });

  test('is read once, however many hovers ask', () => {
    const thread = explanationsOf(readText(mails), 0);
    const { document } = opened();
    for (let hover = 0; hover < 5; hover++) readThread(document, thread);
    expect(vi.getTimerCount()).toBe(1);
  });

  test.each([{ isClosed: true }, { version: 2 }])('is left alone when the document changes: %o', (change) => {
    const thread = explanationsOf(readText(mails), 0);
    const { document, state } = opened();
    readThread(document, thread);
    vi.advanceTimersToNextTimer();
    Object.assign(state, change);
    vi.runAllTimers();
    expect(thread.complete).toBe(false);
  });
});
