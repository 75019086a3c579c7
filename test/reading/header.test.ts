import { describe, expect, it } from 'vitest';
import { addressesOf, isoDate, messageIdsOf } from '#reading';

describe('addresses', () => {
  it.each([
    ['Ada Example <ada@example.org>', [{ name: 'Ada Example', address: 'ada@example.org' }]],
    [
      '"Muster, Max" <max@example.org>, ben@example.org',
      [{ name: 'Muster, Max', address: 'max@example.org' }, { address: 'ben@example.org' }],
    ],
    ['ada@example.org (Ada Example)', [{ name: 'Ada Example', address: 'ada@example.org' }]],
    ['<ada@example.org> (Ada Example)', [{ name: 'Ada Example', address: 'ada@example.org' }]],
    ['"Ada \\"Tea\\" Example" <ada@example.org>', [{ name: 'Ada "Tea" Example', address: 'ada@example.org' }]],
    [
      'Ada (a comment, with a comma) <ada@example.org>',
      [{ name: 'Ada (a comment, with a comma)', address: 'ada@example.org' }],
    ],
    ['Ada Example', [{ name: 'Ada Example' }]],
    [
      'ben@example.org, Example, Ada <ada@example.org>',
      [{ address: 'ben@example.org' }, { name: 'Example, Ada', address: 'ada@example.org' }],
    ],
    ['Ada <ada@example.org', [{ name: 'Ada', address: 'ada@example.org' }]],
    [
      '=?utf-8?Q?Example=2C_Ada?= <ada@example.org>, b@example.org',
      [{ name: 'Example, Ada', address: 'ada@example.org' }, { address: 'b@example.org' }],
    ],
    ['"=?utf-8?B?w4lh?=" <ada@example.org>', [{ name: 'Éa', address: 'ada@example.org' }]],
    [
      'Tea: Ada <ada@example.org>, ben@example.org;, cleo@example.org',
      [{ name: 'Ada', address: 'ada@example.org' }, { address: 'ben@example.org' }, { address: 'cleo@example.org' }],
    ],
    ['undisclosed-recipients:;', [{ name: 'undisclosed-recipients' }]],
    ['Ada: Tea <ada@example.org>', [{ name: 'Ada: Tea', address: 'ada@example.org' }]],
    ['mailto:ada@example.org', [{ address: 'mailto:ada@example.org' }]],
    [
      'Ada "the pot" Example <@node.example,@x.example:ada@example.org>',
      [{ name: 'Ada the pot Example', address: 'ada@example.org' }],
    ],
    ['Ada <ada (at home) @ example . org>', [{ name: 'Ada (at home)', address: 'ada@example.org' }]],
    ['ada () example ! org (Ada Example)', [{ name: 'Ada Example', address: 'ada@example.org' }]],
    ['Ada Example (ada@example.org)', [{ name: 'Ada Example', address: 'ada@example.org' }]],
    ['Ada <"a b"@example.org>', [{ name: 'Ada', address: '"a b"@example.org' }]],
    ['ada at example.org (Ada Example)', [{ name: 'Ada Example', address: 'ada@example.org' }]],
    ['Ada at home', [{ name: 'Ada at home' }]],
    ['Ada "Tea <ada@example.org>', [{ name: 'Ada "Tea', address: 'ada@example.org' }]],
    ['Ada ( <ada@example.org>', [{ name: 'Ada (', address: 'ada@example.org' }]],
    ['Ada <Tea> <ada@example.org>', [{ name: 'Ada <Tea>', address: 'ada@example.org' }]],
    ['<>', [{}]],
    [' , ', []],
    ['', []],
  ])('of %s', (value, addresses) => {
    expect(addressesOf(value)).toEqual(addresses);
  });

  it('of a field of many megabytes do not take forever', () => {
    expect(addressesOf(`${'"'.repeat(100_000)} <${'('.repeat(100_000)}`).length).toBeLessThan(2);
    for (const piece of ['"', '(', '<', ',', ';', 'a:', 'a:;', 'a,', '(a', '"a" ', '<a@b>', 'a at b.c ', '\\']) {
      expect(addressesOf(piece.repeat(100_000)).length).toBeLessThan(100_001);
      expect(addressesOf(`${piece.repeat(100_000)})>";`).length).toBeLessThan(100_002);
    }
  });
});

describe('dates', () => {
  it.each([
    ['Mon, 3 Jul 2023 10:00:00 +0200', '2023-07-03T10:00:00+02:00'],
    ['Mon Jul 10 2023 - 13:58:29 EST', '2023-07-10T13:58:29-05:00'],
    ['3 July 23 9:05', '2023-07-03T09:05:00-00:00'],
    ['Sat, 1 Jan 99 00:00:00 GMT', '1999-01-01T00:00:00+00:00'],
    ['3 jul 2023 (summer (it was)) 10:00:00 +0200 (CEST)', '2023-07-03T10:00:00+02:00'],
    ['Mon,\n 3 Jul\n 2023 10:00 EST5EDT', '2023-07-03T10:00:00-05:00'],
    ['3 Jul 2023 10:00:00 Z', '2023-07-03T10:00:00+00:00'],
    ['31 Feb 2023 10:00:00 +0000', undefined],
    ['3 Jul 2023 25:00:00 +0000', undefined],
    ['yesterday', undefined],
    ['3 Foo 2023 10:00:00', undefined],
  ])('%s', (value, iso) => {
    expect(isoDate(value)).toBe(iso);
  });
});

it('ids stand between angle brackets', () => {
  expect(messageIdsOf('<a@b>\n (x) <c@d> e@f <g h>')).toEqual(['a@b', 'c@d']);
});
