import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expansionsIn } from '../../../src/reading/terms/expansions.ts';
import { costOf } from '../../cost.ts';

/** What a text writes out, as `TERM: words`. */
const found = (text: string, isCode = false): string[] =>
  expansionsIn(text, isCode).map(({ term, expansion }) => `${term}: ${expansion}`);

const WRITTEN_OUT: [text: string, ...expected: string[]][] = [
  // The words, and the letters in brackets.
  ['A Harbour Berth Table (HBT) lists the berths.', 'HBT: Harbour Berth Table'],
  ['each berth has Harbour Berth Tables (HBTs)', 'HBT: Harbour Berth Tables'],
  ['the harbour berth table (HBT) is full', 'HBT: harbour berth table'],
  ['It is broken over a Harbour\nBerth Table (HBT) and a line end.', 'HBT: Harbour Berth Table'],
  ['Each "TD Slip Region" (TDSR) is reported.', 'TDSR: TD Slip Region'],
  ['Each "TD Slip\nRegion" (TDSR) is reported.', 'TDSR: TD Slip Region'],
  ["the 'Quay Crane' (QC) moves", 'QC: Quay Crane'],
  ['the quay crane lock ("QCL")', 'QCL: quay crane lock'],
  ['a Quay Crane Lock (aka QCL)', 'QCL: Quay Crane Lock'],
  ['a Quay Crane Lock (a.k.a. QCL)', 'QCL: Quay Crane Lock'],
  ['a Quay Crane Lock (or QCL)', 'QCL: Quay Crane Lock'],
  ['a Quay Crane Lock (i.e. QCL)', 'QCL: Quay Crane Lock'],
  ['a Quay Crane Lock (QCL for short)', 'QCL: Quay Crane Lock'],
  ['a Quay Crane Lock (hereafter QCL)', 'QCL: Quay Crane Lock'],
  ['a Quay Crane Lock (QCL, see below)', 'QCL: Quay Crane Lock'],
  ['a Quay Crane Lock (abbreviated as QCL)', 'QCL: Quay Crane Lock'],
  ['Secure Crane Table (S-CT) holds', 'S-CT: Secure Crane Table'],
  ['the Secure QCT (S-QCT) and the plain one', 'S-QCT: Secure QCT'],
  ['the Harbour-based Virtual Berth (HVB)', 'HVB: Harbour-based Virtual Berth'],
  ['Moor-on-Write (MoW) of berths', 'MoW: Moor-on-Write'],
  ['Berth as a Service (BaaS)', 'BaaS: Berth as a Service'],
  ['Tides, Currents, and Winds (TCW)', 'TCW: Tides, Currents, and Winds'],
  ['eXtended Tide (XT) is on', 'XT: eXtended Tide'],
  ['the HarbourMaster eXtension (HMX)', 'HMX: HarbourMaster eXtension'],
  ['the Level 2 Virtual Berth (L2VB)', 'L2VB: Level 2 Virtual Berth'],
  ['The Port of Call Register (PCR)', 'PCR: Port of Call Register'],
  ['the Port Of Call Register (POCR)', 'POCR: Port Of Call Register'],
  ['TDX Host-Port-Communication Interface (HPCI)', 'HPCI: Host-Port-Communication Interface'],
  ['two-slip berths use In/Out (I/O) gates', 'I/O: In/Out'],
  ['the Harbour\u2019s own Berth Move Engine (BME)', 'BME: Berth Move Engine'],
  // The letters, and the words in brackets.
  ['HBT (Harbour Berth Table) lists', 'HBT: Harbour Berth Table'],
  ['HBTs (Harbour Berth Tables) list', 'HBT: Harbour Berth Tables'],
  ['the HBT ("Harbour Berth Table") lists', 'HBT: Harbour Berth Table'],
  ['HBT (short for Harbour Berth Table) lists', 'HBT: Harbour Berth Table'],
  ['HBT (aka Harbour Berth Table)', 'HBT: Harbour Berth Table'],
  ['HBT (Harbour Berth Table, see the manual)', 'HBT: Harbour Berth Table'],
  ['HBT (harbour berth\ntable)', 'HBT: harbour berth table'],
  // Set apart, and in so many words.
  ['a TD Slip Region, or TDSR, is', 'TDSR: TD Slip Region'],
  ['a TD Slip Region, or just TDSR, is', 'TDSR: TD Slip Region'],
  ['a Quay Crane Lock, aka QCL, is', 'QCL: Quay Crane Lock'],
  ['a Quay Crane Lock, i.e. QCL.', 'QCL: Quay Crane Lock'],
  ['a Quay Crane Lock abbreviated to QCL.', 'QCL: Quay Crane Lock'],
  ['HBT stands for Harbour Berth Table here.', 'HBT: Harbour Berth Table'],
  ['HBT means Harbour Berth Table.', 'HBT: Harbour Berth Table'],
  ['HBT, short for Harbour Berth Table, is', 'HBT: Harbour Berth Table'],
  ['HBT, i.e. the Harbour Berth Table, is', 'HBT: Harbour Berth Table'],
  ['Terms:\n  HBT: Harbour Berth Table\n  QCL: Quay Crane Lock\n', 'HBT: Harbour Berth Table', 'QCL: Quay Crane Lock'],
  ['HBT - Harbour Berth Table\n', 'HBT: Harbour Berth Table'],
  ['- HBT = Harbour Berth Table\n', 'HBT: Harbour Berth Table'],
  ['A Quay Crane Lock (QCL) and a Harbour Berth Table (HBT).', 'QCL: Quay Crane Lock', 'HBT: Harbour Berth Table'],
];

/** Nothing is written out here: the letters are not the initials of the words, or the words are no name. */
const NOT_WRITTEN_OUT: string[] = [
  'secure nested berthing (SEB-SNB)',
  'the harbour table (HBT)',
  'a very old Harbour Table of Berths (HBT)',
  'the direct berths (DBX)',
  'direct access (DAX)',
  'the hypervisor (KVM) does it',
  'the only user (DAX) is gone',
  'it is fine (IF) it is',
  'in the kernel (IK)',
  'We should do it. Harbour Berth (SHB) is',
  'no objection (NO)',
  'looks good to me (LGTM)',
  'for your information (FYI)',
  'the whole thing (TODO)',
  'by Quentin Cole (Intel)',
  'QCL (see below)',
  'HBT (the harbour berth table of the year)',
  'quay_crane_lock (QCL)',
  'HBT(Harbour Berth Table)',
  'call HBT (h, b, t)',
  'HBT means that the harbour is full',
  'HBT, or QCL, is taken',
  'quay.crane.lock (QCL)',
  'lib/quay crane/lock (LQL)',
  'On Monday, Quentin Cole wrote (MQCW):',
  'QUAY CRANE LOCK (QCL)',
  'Q. C. L. (QCL)',
  'Sent: Monday (SM)',
  'HBT: hold back\nthe rest',
  'the Quay Crane Lock ( )',
  'the Quay Crane Lock (QCL',
];

describe('an abbreviation that a text writes out', () => {
  test.each(WRITTEN_OUT)('is found: %s', (text, ...expected) => {
    expect(found(text)).toEqual(expected);
  });

  test.each(NOT_WRITTEN_OUT)('is not imagined: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  test('in code it has three letters at least', () => {
    expect(found('/* the Quay Crane (QC) */', true)).toEqual([]);
    expect(found('/* the Quay Crane Lock (QCL) */', true)).toEqual(['QCL: Quay Crane Lock']);
  });

  test('stands where it says it does', () => {
    const text = 'So a "TD Slip\nRegion" (TDSR) is one.';
    const [{ abbreviated, written } = { abbreviated: { start: 0, end: 0 }, written: { start: 0, end: 0 } }] =
      expansionsIn(text);
    expect(text.slice(abbreviated.start, abbreviated.end)).toBe('TDSR');
    expect(text.slice(written.start, written.end)).toBe('TD Slip\nRegion');
  });

  test('made of any words, it is found with exactly those words', () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{3,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 3, maxLength: 6 }), fc.boolean(), (words, before) => {
        const letters = words.map((one) => one.charAt(0)).join('');
        const name = words.join(' ');
        const text = before ? `so, the ${name} (${letters}) is` : `so, the ${letters} (${name}) is`;
        const [first] = expansionsIn(text);
        // Capitals that are words of their own, such as NOTE, are no abbreviation.
        if (first !== undefined) expect(first.expansion).toBe(name);
        else expect(letters).toMatch(/^[A-Z]{3,5}$/);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test('costs no more than the text is long, whatever it repeats', () => {
    for (const piece of ['(', '(A ', 'AB (', 'Ab Cd (AC) ', ', or AB', 'AB, i.e. ', 'AB: ', 'A-B/C-']) {
      expansionsIn(piece.repeat(1_000));
      const [once, eight] = [4_000, 32_000].map((times) => {
        const text = piece.repeat(times);
        return costOf(() => expansionsIn(text), 2);
      });
      // Quadratic cost would be 64 times as much.
      expect(eight).toBeLessThan(Math.max(once ?? 0, 5) * 30);
    }
  });
});
