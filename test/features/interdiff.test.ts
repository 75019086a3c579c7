import { describe, expect, it } from 'vitest';
import { compareVersions, type PatchDiff, readText, versionsIn } from '#features';

const HUNK = `@@ -1,7 +1,8 @@ int main(void)
 	fill(kettle);
 	boil(kettle);
-	pour(kettle);
+	warm(pot);
+	pour(pot);
 	drink(tea);
 	wash(pot);
 	dry(pot);
 	leave();
`;

function patch(version: number, hunk: string, more: { subject?: string; message?: string } = {}): string {
  const {
    subject = 'tea: warm the pot',
    message = 'A cold pot cools the water.\n\nSigned-off-by: Ada Example <ada@example.org>',
  } = more;
  return `From: Ada Example <ada@example.org>\nSubject: [PATCH v${version}] ${subject}\n\n${message}\n---\ndiff --git a/tea.c b/tea.c\n--- a/tea.c\n+++ b/tea.c\n${hunk}`;
}

function compared(before: string, after: string): PatchDiff | undefined {
  const [one] = versionsIn([readText(before)]);
  const [other] = versionsIn([readText(after)], 1);
  return one && other ? compareVersions(one, other)[0] : undefined;
}

describe('two versions of a patch', () => {
  it('are unchanged when only line numbers differ', () => {
    expect(compared(patch(1, HUNK), patch(2, HUNK.replace('-1,7 +1,8', '-101,7 +101,8')))).toMatchObject({
      state: 'unchanged',
      hunks: [],
    });
  });

  it('are the same change when what stands around it differs', () => {
    expect(compared(patch(1, HUNK), patch(2, HUNK.replace('drink(tea)', 'drink(coffee)')))).toMatchObject({
      state: 'context',
      hunks: [],
    });
  });

  it('differ in the lines that they change, each with its line in its own mail', () => {
    const diff = compared(patch(1, HUNK), patch(2, HUNK.replace('warm(pot)', 'warm(pot, 60)')));
    expect(diff?.state).toBe('changed');
    expect(diff?.hunks[0]?.path).toBe('tea.c');
    expect(diff?.hunks[0]?.lines.filter(({ side }) => side !== ' ')).toEqual([
      { side: '-', mark: '+', text: '\twarm(pot);', line: 12 },
      { side: '+', mark: '+', text: '\twarm(pot, 60);', line: 12 },
    ]);
  });

  it('differ when the change moved past a line', () => {
    const moved = HUNK.replace(
      '+\twarm(pot);\n+\tpour(pot);\n \tdrink(tea);\n',
      ' \tdrink(tea);\n+\twarm(pot);\n+\tpour(pot);\n',
    );
    expect(compared(patch(1, HUNK), patch(2, moved))?.state).toBe('changed');
  });

  it('are one change whichever way lines that go and lines that come were mixed', () => {
    const mixed = HUNK.replace('-\tpour(kettle);\n+\twarm(pot);\n', '+\twarm(pot);\n-\tpour(kettle);\n');
    expect(compared(patch(1, HUNK), patch(2, mixed))).toMatchObject({ state: 'unchanged', hunks: [] });
  });

  it('have their message, subject and trailers compared too', () => {
    const after = patch(2, HUNK, {
      subject: 'tea: warm the pot first',
      message:
        'A cold pot cools hot water.\n\nSigned-off-by: Ada Example <ada@example.org>\nReviewed-by: Ben Example <ben@example.org>',
    });
    expect(compared(patch(1, HUNK), after)).toMatchObject({
      state: 'unchanged',
      subjectBefore: 'tea: warm the pot',
      trailers: { added: ['Reviewed-by: Ben Example <ben@example.org>'], removed: [] },
      message: [
        { side: '-', text: 'A cold pot cools the water.' },
        { side: '+', text: 'A cold pot cools hot water.' },
      ],
    });
  });

  it('cannot be told apart when one of them was cut off', () => {
    const cut = HUNK.split('\n').slice(0, 4).join('\n');
    expect(compared(patch(1, HUNK), patch(2, cut))).toMatchObject({ state: 'unknown', because: expect.any(String) });
  });
});

it('patches without a partner are new or dropped, and numbers do not count', () => {
  const other = HUNK.replaceAll('pot', 'jug')
    .replaceAll('kettle', 'bowl')
    .replaceAll('tea', 'soup')
    .replace('leave', 'stay');
  const mail = (version: number, part: number, hunk: string): string =>
    `From x Mon Jan  1 00:00:00 2024\n${patch(version, hunk, { message: `What ${hunk.length} does.` }).replace(`v${version}]`, `v${version} ${part}/2]`)}`;
  const [one] = versionsIn([readText(`${mail(1, 1, HUNK)}\n${mail(1, 2, other)}`)]);
  const third = '@@ -1,1 +1,9 @@\n one\n+a1\n+a2\n+a3\n+a4\n+a5\n+a6\n+a7\n+a8\n';
  const [two] = versionsIn([readText(`${mail(2, 1, other)}\n${mail(2, 2, third)}`)], 1);
  const found = one && two ? compareVersions(one, two) : [];
  expect(found.map(({ before, after, state }) => [before, after, state])).toEqual([
    ['0:0', undefined, 'dropped'],
    ['0:1', '1:0', 'unchanged'],
    [undefined, '1:1', 'new'],
  ]);
});

it('two series of hundreds of patches are compared without a pause', () => {
  const mail = (version: number, part: number): string =>
    `From x Mon Jan  1 00:00:00 2024\n${patch(version, HUNK.replaceAll('pot', `pot${part}`).replace('leave', `leave${version}`)).replace(`v${version}]`, `v${version} ${part}/400]`)}`;
  const all = (version: number): string => Array.from({ length: 400 }, (_, part) => mail(version, part + 1)).join('\n');
  const [one] = versionsIn([readText(all(1))]);
  const [two] = versionsIn([readText(all(2))], 1);
  const found = one && two ? compareVersions(one, two) : [];
  expect(found.filter(({ state }) => state === 'context')).toHaveLength(400);
});
