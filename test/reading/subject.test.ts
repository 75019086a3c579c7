import { describe, expect, it } from 'vitest';
import { type Carried, commitSubject, kindFrom, seriesOf } from '#reading';

describe('a subject says', () => {
  it.each([
    ['[PATCH v2 03/10] tea: warm', { version: 2, part: 3, total: 10, clean: 'tea: warm' }],
    ['Re: [RFC PATCHv3 net-next] tea: warm', { version: 3, clean: 'tea: warm' }],
    ['[LTP] [PATCH] tea: warm', { version: 1, clean: 'tea: warm' }],
    ['[PATCH ipv6 1/2] tea: warm', { version: 1, part: 1, total: 2, clean: 'tea: warm' }],
    ['[PATCH][2.6-mm] tea: warm', { version: 1, clean: 'tea: warm' }],
    ['[RFC PATCH net-next 1/2 v2] tea', { prefixes: ['RFC', 'PATCH', 'net-next', '1/2', 'v2'], version: 2, part: 1 }],
    ['[PATCH-v2] tea', { prefixes: ['PATCH-v2'], version: 2 }],
    ['[patch 03/12] tea', { part: 3, total: 12 }],
    ['[RESEND][PATCH, v4] tea', { prefixes: ['RESEND', 'PATCH', 'v4'], version: 4 }],
    ['Re: Re[2]: AW: Antw: [PATCH 1/2] tea', { part: 1, clean: 'tea' }],
    ['SV: VS: Fwd: RE : [PATCH] Re: tea', { clean: 'tea' }],
    ['回复：[PATCH] tea', { clean: 'tea' }],
    ['TR: [PATCH] tea', { clean: 'tea' }],
    ['[PATCH]: tea', { clean: 'tea' }],
    ['[PATCH [v3] 1/2] tea', { prefixes: ['PATCH', 'v3', '1/2'], version: 3, part: 1 }],
    ['[PATCH 2 of 7] tea', { prefixes: ['PATCH', '2 of 7'], part: 2, total: 7 }],
    ['[v2PATCH12/15] tea', { version: 2, part: 12, total: 15 }],
    ['[PATCH v2.1] tea', { version: 2 }],
    ['[PATCH] tea (v3)', { version: 3, clean: 'tea (v3)' }],
    ['[GIT PULL] tea for 6.9', { prefixes: ['GIT', 'PULL'], clean: 'tea for 6.9' }],
    ['[PATCH tea: warm', undefined],
    ['tr: fix the [PATCH]', undefined],
  ])('%s', (subject, place) => {
    if (place) expect(seriesOf(subject)).toMatchObject(place);
    else expect(seriesOf(subject)).toBeUndefined();
  });

  it('nothing about a series where it has no prefix of one', () => {
    expect(seriesOf('Re: tea [was: coffee]')).toBeUndefined();
    expect(seriesOf('[LTP] tea')).toBeUndefined();
  });

  it('more where the mail is known to carry a patch', () => {
    expect(seriesOf('[tea-next] tea', true)).toMatchObject({ prefixes: ['tea-next'], version: 1, clean: 'tea' });
    expect(seriesOf('tea', true)).toBeUndefined();
  });

  it('nothing that takes long, however many brackets and replies it has', () => {
    expect(seriesOf('['.repeat(100_000))).toBeUndefined();
    expect(seriesOf(`${'Re: '.repeat(100_000)}[PATCH] tea`)).toBeUndefined();
    expect(seriesOf(`${'[PATCH] '.repeat(100_000)}tea`)?.prefixes.length).toBe(20);
  });
});

const nothing: Carried = { diff: false, diffstat: false, comments: false };
const request = { url: 'https://example.org/tea.git' };

describe('a mail is', () => {
  it.each<[string, string, boolean, Partial<Carried>]>([
    ['reply', 'Re: [PATCH] tea', true, { diff: true }],
    ['reply', 'AW: [PATCH 0/3] tea', false, {}],
    ['cover', '[PATCH 0/3] tea', false, {}],
    ['cover', '[PATCH 00/12] tea', true, { diff: true }],
    ['cover', '[PATCH 0/3] tea', false, { pull: request }],
    ['cover', '[PATCH v2] tea, all of it', true, { diffstat: true }],
    ['patch', '[PATCH 1/3] tea', true, { diff: true, comments: true }],
    ['patch', 'tea', false, { diff: true }],
    ['pull', '[GIT PULL] tea', false, {}],
    ['pull', 'Please take tea', false, { pull: request, diffstat: true }],
    ['reply', 'Re: [GIT PULL] tea', true, { pull: request }],
    ['reply', '[PATCH] tea', true, { comments: true }],
    ['other', '[PATCH] tea', true, {}],
    ['other', 'tea', false, { comments: true }],
  ])('a %s: %s (answers: %s) with %j', (kind, subject, answers, carried) => {
    expect(kindFrom(subject, answers, { ...nothing, ...carried })).toBe(kind);
  });
});

describe('the title of a commit', () => {
  it.each([
    ['Re: [PATCH 3/5] [net] foo: bar', 'foo: bar'],
    ['[RFC] [PATCH] tea [now] warm', 'tea [now] warm'],
    ['[PATCH]: tea  of\tday', 'tea of day'],
    ['[PATCH tea', '[PATCH tea'],
    ['Aw: tea', 'Aw: tea'],
    ['Re:', 'Re:'],
  ])('of %s', (subject, title) => {
    expect(commitSubject(subject)).toBe(title);
  });

  it('keeps what is asked for', () => {
    expect(commitSubject('[PATCH] [net] tea', { keepOtherBrackets: true })).toBe('[net] tea');
    expect(commitSubject('[PATCH]  tea', { keep: true })).toBe('[PATCH]  tea');
  });
});
