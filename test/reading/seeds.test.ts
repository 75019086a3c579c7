import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesSource, type MailNode, type Message, type Quote, walk } from '#mailast';
import { footnotesOf, type MessageReading, openMailbox, voicesOf } from '#reading';

const folder = join(import.meta.dirname, '../../../shared/seeds');
const present = existsSync(folder);
if (!present && process.env.CI) throw new Error(`The seeds are missing: ${folder}`);

function seed(number: string): MessageReading {
  const file = readdirSync(folder).find((name) => name.startsWith(number)) ?? number;
  return openMailbox(bytesSource(readFileSync(join(folder, file)))).message(0);
}

function all<Type extends MailNode['type']>(
  tree: Message,
  type: Type,
): { node: Extract<MailNode, { type: Type }>; depth: number }[] {
  const found: { node: Extract<MailNode, { type: Type }>; depth: number }[] = [];
  walk(tree, (node, parents) => {
    const depth = parents.filter((parent) => parent.type === 'quote').length;
    if (isOf(node, type)) found.push({ node, depth });
    return undefined;
  });
  return found;
}

function isOf<Type extends MailNode['type']>(node: MailNode, type: Type): node is Extract<MailNode, { type: Type }> {
  return node.type === type;
}

describe.skipIf(!present)('the seeds (../shared/seeds)', () => {
  it('000 names the speaker of each of its four levels', () => {
    const { tree } = seed('000');
    const { author, quotes } = voicesOf(tree);
    const names = new Map<Quote['depth'], string | undefined>();
    for (const { node } of all(tree, 'quote')) names.set(node.depth, quotes.get(node));
    expect([author, ...names.entries()]).toEqual([
      'Sean Christopherson',
      [1, 'Dave Hansen'],
      [2, 'Peter Zijlstra'],
      [3, 'Dave Hansen'],
      [4, 'Peter Zijlstra'],
    ]);
  });

  it('001 keeps the bars of its archive page apart from the text, and its call tree in columns', () => {
    const { tree } = seed('001');
    expect(all(tree, 'furniture').map(({ node }) => node.value.slice(0, 6))).toEqual(['[Date ', '[Index']);
    const listing = all(tree, 'listing')[0];
    expect(listing?.depth).toBe(3);
    expect(listing?.node.children.length).toBe(10);
    expect(all(tree, 'heading').map(({ node }) => node.children.length)).toEqual([2, 2, 1]);
  });

  it("002 has quoted trailers and the reply's own", () => {
    const found = all(seed('002').tree, 'trailer').map(
      ({ node, depth }) => `${depth} ${node.token} ${node.value.split(' <')[0]}`,
    );
    expect(found).toEqual([
      '1 Signed-off-by Kai Huang',
      '1 Reviewed-by Isaku Yamahata',
      '1 Reviewed-by Dave Hansen',
      '0 Reviewed-by Kirill A. Shutemov',
    ]);
  });

  it('003, one line long, has its fields, its quotes and its six speakers', () => {
    const { tree, readable, complaints } = seed('003');
    const values = new Map(readable.fields.map(({ name, value }) => [name, value]));
    expect(values.get('Subject')).toBe('Re: [PATCH v3 00/21] TDX host kernel support');
    expect(values.get('From')).toBe('Kai Huang');
    expect(values.get('Date')).toBe('Fri, 29 Apr 2022 17:35:30 +1200');
    const said = all(tree, 'attribution').map(({ node, depth }) => `${depth} ${node.author}`);
    expect(said).toEqual([
      '0 Dan Williams',
      '1 Kai Huang',
      '2 Kai Huang',
      '3 Dave Hansen',
      '4 Kai Huang',
      '5 Dave Hansen',
    ]);
    expect(complaints[0]?.ruleId).toBe('flattened-lines-restored');
  });

  it('004 finds the footnote of its RFC, and says that the one of UPM was cut off', () => {
    const { tree, text } = seed('004');
    const targets = footnotesOf(tree);
    const found = all(tree, 'footnoteReference').map(({ node, depth }) => {
      const before = text.slice(node.position.start.offset - 3, node.position.start.offset);
      return `${depth} ${before} ${targets.get(node)?.state}`;
    });
    expect(found).toEqual(['2 UPM cut-off', '1 RFC defined']);
  });
});
