import { expect, it } from 'vitest';
import { type LedgerAnswer, positionsOf, positionWords, type RemarkAnswer } from '#features';

function remark(by: string, more: Partial<RemarkAnswer> = {}): RemarkAnswer {
  const about = { key: '0:0', line: 1 };
  return { key: '0:1', line: 4, lastLine: 4, by, text: 'Why?', about, answers: [], ...more };
}

function patch(remarks: RemarkAnswer[], ...given: [token: string, value: string][]): LedgerAnswer {
  const trailers = given.map(([token, value]) => ({ token, value, from: '0:1' }));
  return { key: '0:0', version: 1, subject: 'tea', remarks, given: trailers };
}

it('who took part is told with what came of it, the most first; a tag joins the remarks of its giver', () => {
  const positions = positionsOf([
    patch([remark('Ben Muster', { approves: true })], ['Acked-by', 'Cleo Modelo <cleo@example.org>']),
    patch(
      [
        remark('Ada Example', { open: true }),
        remark('Ada Example', { open: true, next: { outcome: 'changed', version: 2 } }),
        remark('Ben Muster'),
      ],
      ['Acked-by', 'Cleo Modelo <cleo@example.org>'],
      ['Reviewed-by', 'Ada Example <ada@example.org>'],
    ),
  ]);
  expect(positions.map((position) => `${position.who}: ${positionWords(position)}`)).toEqual([
    'Ben Muster: 1 remark. 1 patch found good, with nothing asked for.',
    'Ada Example: 2 remarks: 1 taken up, 1 asked and not answered. Reviewed-by on 1 patch.',
    'Cleo Modelo: Acked-by on 2 patches.',
  ]);
  expect(positions[1]?.first).toEqual({ key: '0:1', line: 4 });
});
