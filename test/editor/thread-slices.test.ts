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
function opened(): { document: OpenDocument; state: Record<string, unknown>; isShown: () => boolean } {
  const state = { version: 1, isClosed: false, isShown: true };
  // The rest of a document is never looked at.
  return { document: state as unknown as OpenDocument, state, isShown: () => state.isShown };
}

describe('the thread behind a hover', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is read in slices, nothing of it at once', () => {
    const thread = explanationsOf(readText(mails), 0);
    const steps = vi.spyOn(thread, 'step');
    const { document, isShown } = opened();
    readThread(document, thread, isShown);
    expect(steps).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(thread.complete).toBe(true);
    expect(steps.mock.calls.length).toBeGreaterThan(5);
  });

  test('is read once, however many hovers ask', () => {
    const thread = explanationsOf(readText(mails), 0);
    const { document, isShown } = opened();
    for (let hover = 0; hover < 5; hover++) readThread(document, thread, isShown);
    expect(vi.getTimerCount()).toBe(1);
  });

  test.each([{ isClosed: true }, { version: 2 }])('is left alone when the document changes: %o', (change) => {
    const thread = explanationsOf(readText(mails), 0);
    const { document, state, isShown } = opened();
    readThread(document, thread, isShown);
    vi.advanceTimersToNextTimer();
    Object.assign(state, change);
    vi.runAllTimers();
    expect(thread.complete).toBe(false);
  });

  test('rests while the mail is out of sight, and goes on where it stopped', () => {
    const thread = explanationsOf(readText(mails), 0);
    const steps = vi.spyOn(thread, 'step');
    const { document, state, isShown } = opened();
    readThread(document, thread, isShown);
    vi.advanceTimersToNextTimer();
    Object.assign(state, { isShown: false });
    vi.runAllTimers();
    expect(thread.complete).toBe(false);
    const before = steps.mock.calls.length;
    Object.assign(state, { isShown: true });
    readThread(document, thread, isShown);
    vi.runAllTimers();
    expect(thread.complete).toBe(true);
    expect(before).toBeGreaterThan(0);
    expect(steps.mock.calls.length).toBe(31);
  });

  test('gives others a turn after a message that took long', () => {
    const thread = explanationsOf(readText(mails), 0);
    const { document, isShown } = opened();
    const step = vi.spyOn(thread, 'step').mockImplementation(() => {
      vi.setSystemTime(Date.now() + 40);
      return false;
    });
    readThread(document, thread, isShown);
    vi.advanceTimersToNextTimer();
    expect(step).toHaveBeenCalledTimes(1);
  });
});
