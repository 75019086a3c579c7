import { describe, expect, it } from 'vitest';
import { glossary, joinPacks, type Pack } from '#concepts';
import { around, note } from './invented.ts';

function pack(id: string, concepts: Pack['concepts'], lists?: readonly string[]): Pack {
  return { id, title: id, description: `About ${id}.`, concepts, ...(lists && { lists }) };
}

describe('several packs', () => {
  const first = pack('first', [note('gizmo', ['GIZMO']), note('frob', ['FROB'])]);

  it('are one glossary, in the order of the packs', () => {
    const joined = joinPacks([first, pack('second', [note('widget', ['WIDGET'])])]);
    expect(joined.concepts.map(({ id }) => id)).toEqual(['gizmo', 'frob', 'widget']);
    expect(joined.conflicts).toEqual([]);
    expect(joined.packOf('widget')?.id).toBe('second');
    expect(joined.packOf('nothing')).toBeUndefined();
  });

  it('take the note of the later one, and tell whose it replaced', () => {
    const mine = note('gizmo', ['GIZMO', 'thingamajig']);
    const joined = joinPacks([first, pack('mine', [mine])]);
    expect(joined.concepts).toHaveLength(2);
    expect(joined.concepts[0]).toBe(mine);
    expect(joined.packOf('gizmo')?.id).toBe('mine');
    expect(joined.conflicts).toEqual([{ kind: 'replaced', id: 'gizmo', from: 'first', by: 'mine' }]);
  });

  it('tell of a spelling of two packs between which nothing can decide', () => {
    const joined = joinPacks([first, pack('mine', [note('other', ['FROB', 'OTHER'])])]);
    const notes = [
      { id: 'frob', pack: 'first' },
      { id: 'other', pack: 'mine' },
    ];
    expect(joined.conflicts).toEqual([{ kind: 'shared', term: 'FROB', notes }]);
  });

  it('may share a spelling when one of the notes says what must be near', () => {
    const scoped = note('other', ['FROB'], { scope: { near: ['valve'] } });
    expect(joinPacks([first, pack('mine', [scoped])]).conflicts).toEqual([]);
  });

  it('do not quarrel with themselves', () => {
    const twice = pack('twice', [note('a', ['A1']), note('b', ['A1']), note('a', ['A2'])]);
    expect(joinPacks([twice]).conflicts).toEqual([]);
  });
});

describe('the lists of a pack', () => {
  const lists = joinPacks([
    pack('net', [note('net-rx', ['RX'])], ['net-list']),
    pack('radio', [note('radio-rx', ['RX'])], ['radio-list']),
    pack('hidden', [note('lane', ['lane'], { scope: { near: ['road'], needsNear: true } })], ['radio-list']),
  ]);
  const all = glossary(lists.concepts);
  const meant = (term: string, ...given: Parameters<typeof around>) => {
    const [match] = all.lexicon.matches(term);
    return match === undefined ? [] : all.meanings(match, around(...given));
  };

  it('put its meaning first for mail that came by one of them, and say so', () => {
    const [first, ...others] = meant('RX', 'RX', { lists: ['<radio-list.example.org>'] });
    expect(first?.concept.id).toBe('radio-rx');
    expect(first?.because).toBe('it was sent to <radio-list.example.org>');
    expect(others).toEqual([]);
    expect(meant('RX', 'RX', { sentTo: ['net-list@example.org'] })[0]?.concept.id).toBe('net-rx');
  });

  it('leave both meanings for mail to neither of them', () => {
    expect(meant('RX', 'RX', { lists: ['<my-net-list.example.org>'] }).map(({ concept }) => concept.id)).toEqual([
      'net-rx',
      'radio-rx',
    ]);
  });

  it('put no word in scope that needs others near it', () => {
    expect(meant('lane', 'the lane', { lists: ['radio-list@example.org'] })).toEqual([]);
  });
});
