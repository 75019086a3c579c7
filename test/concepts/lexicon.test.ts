import { describe, expect, it } from 'vitest';
import { glossary } from '#concepts';
import { note } from './invented.ts';

const terms = [
  ['pamt', 'PAMT', 'Physical Address Metadata Table'],
  ['tdmr', 'TDMR', 'TD Memory Region'],
  ['tdmr-info', 'tdmr_info'],
  ['td', 'TD', 'trust domain'],
  ['tdx', 'TDX'],
  ['tdx-module', 'TDX module'],
  ['s-ept', 'S-EPT', 'Secure EPT'],
  ['ept', 'EPT'],
  ['page-fault', 'page fault', '#PF'],
  ['ret-pf', 'RET_PF_*', 'RET_PF'],
  ['ret-pf-retry', 'RET_PF_RETRY'],
  ['gfp', 'GFP_*', '__GFP_MOVABLE'],
  ['tdh', 'TDH.MEM.*'],
  ['page-add', 'TDH.MEM.PAGE.ADD', 'PAGE.ADD'],
  ['populate', 'kvm_gmem_populate', 'get_page'],
  ['upm', 'UPM'],
  ['cma', 'CMA'],
  ['sev', 'SEV'],
  ['sev-es', 'SEV-ES'],
  ['mmu-lock', 'mmu_lock', 'kvm->mmu_lock'],
  ['kexec', 'kexec'],
  ['reviewed-by', 'Reviewed-by'],
  ['fixes', 'Fixes:'],
  ['stable', 'Cc: stable'],
  ['next', '-next', '-rc1'],
  ['guard', 'guard(mutex)'],
  ['tip', 'x86/tip'],
  ['memblock', 'memblock'],
  ['folio', 'folio'],
  ['core-mm', 'core-mm'],
  ['cow', 'copy-on-write'],
  ['patch', 'patch'],
  ['lore', 'lore.kernel.org'],
  ['hugetlb', 'HugeTLB'],
  ['rfc', 'RFC'],
  ['standard', 'RFC #'],
];
const { lexicon } = glossary(terms.map(([id = '', ...spellings]) => note(id, spellings)));

/** The text with each match in brackets, as the tests draw it. */
function drawn(text: string): string {
  let out = '';
  let at = 0;
  for (const { start, end } of lexicon.matches(text)) {
    out += `${text.slice(at, start)}⟦${text.slice(start, end)}⟧`;
    at = end;
  }
  return out + text.slice(at);
}

/** Expects just the bracketed matches. */
function expectMatches(picture: string): void {
  expect(drawn(picture.replace(/[⟦⟧]/g, ''))).toBe(picture);
}

function conceptsIn(text: string): readonly string[][] {
  return lexicon.matches(text).map(({ concepts }) => [...concepts]);
}

describe('a reader sees as terms', () => {
  it.each([
    ['a word between punctuation', 'called (⟦PAMT⟧), "⟦PAMT⟧", \'⟦PAMT⟧\', *⟦PAMT⟧*: ⟦PAMT⟧.'],
    ['plurals', 'three ⟦PAMTs⟧, two ⟦TDs⟧, ⟦page faults⟧, many ⟦folios⟧ and ⟦patches⟧'],
    ['possessives without their ending', "the ⟦TDX module⟧'s table and ⟦TDX⟧’s keys"],
    ['the expansion in any capitals', 'the ⟦physical address metadata table⟧ or ⟦Physical Address Metadata Table⟧'],
    ['an acronym in a phrase only as written', 'a ⟦TD memory region⟧, not a td memory region'],
    ['a term broken over a line end', 'Each "⟦TD Memory\nRegion⟧" has a ⟦TDX\n   module⟧'],
    ['a phrase with a hyphen for a space', 'a ⟦page-fault⟧ handler, ⟦core mm⟧ and ⟦core-mm⟧'],
    [
      'a small phrase whose hyphen ends a line',
      'a ⟦page-\nfault⟧ handler, ⟦core-\n   mm⟧, ⟦copy-on-\nwrite⟧, ⟦copy-\non-write⟧, ⟦TD memory-\nregions⟧, ⟦page- fault⟧',
    ],
    ['the longest spelling', 'a ⟦Secure EPT⟧ (⟦S-EPT⟧) is an ⟦EPT⟧; ⟦SEV⟧/⟦SEV-ES⟧ guests; the ⟦TDX module⟧ of ⟦TDX⟧'],
    ['a word glued to a footnote mark', 'to support ⟦UPM⟧[*]. And ⟦UPM⟧[1]'],
    ['a word of a hyphenated pair', '⟦TDX⟧-based VMs and non-⟦TDX⟧ memory'],
    ['a word with any number behind it', '⟦RFC 8200⟧, ⟦RFC-791⟧ and ⟦RFC\n1122⟧, but ⟦RFC⟧ v2, ⟦RFC⟧ 2nd try, ⟦RFC⟧'],
    ['a word of up to four joined ones', 'a ⟦TDX⟧-and-⟦SEV⟧-aware path, ⟦TDX⟧ -- the first -- and ⟦SEV⟧-----⟦TDX⟧'],
    ['a name in a comment', 'done; //⟦get_page⟧ and // ⟦CMA⟧'],
    ['words on both sides of a slash', 'the ⟦TDX⟧/⟦CMA⟧ area, ⟦CMA⟧/foo, ⟦SEV⟧/⟦SEV-ES⟧/⟦TDX⟧'],
    ['the parentheses of a function', 'calls ⟦kvm_gmem_populate()⟧ or ⟦kvm_gmem_populate⟧(kvm, gfn); in ⟦kexec()⟧.'],
    ['a lock by its longest name', 'takes vcpu->⟦kvm->mmu_lock⟧, then foo->⟦mmu_lock⟧'],
    [
      'members of a family',
      'returns ⟦RET_PF_RETRY⟧, ⟦RET_PF_NEW⟧, any ⟦RET_PF_*⟧ or ⟦RET_PF⟧; ⟦GFP_TDX⟧, ⟦__GFP_MOVABLE⟧',
    ],
    ['members of a dotted family', '⟦TDH.MEM.PAGE.ADD⟧ and ⟦TDH.MEM.PAGE.AUG⟧. Then ⟦TDH.MEM.*⟧ and ⟦PAGE.ADD⟧.'],
    ['punctuation that belongs to a term', 'a ⟦#PF⟧. ⟦Cc: stable⟧, ⟦Fixes:⟧ tag, ⟦guard(mutex)⟧(&lock), ⟦x86/tip⟧'],
    ['a suffix after a number', 'in 6.8⟦-rc1⟧ and the ⟦-next⟧ tree'],
    ['a lower-case word at the start of a sentence', '⟦Memblock⟧ knows. ⟦FOLIO⟧'],
    ['trailers', '⟦Reviewed-by⟧: and ⟦reviewed-by⟧'],
    ['a term before a full stop without a space after it', 'the ⟦TDX⟧.'],
    ['a host name that is a term', 'see ⟦lore.kernel.org⟧ for it'],
  ])('%s', (_, picture) => expectMatches(picture));
});

describe('a reader does not see as terms', () => {
  it.each([
    ['parts of identifiers', 'tdmr_pamt_base TDX_PAMT xPAMT PAMT2 get_pages'],
    ['an acronym in small letters', 'the pamt, tdx, td, upm'],
    ['an acronym whose plural is shouted', 'PAMTS'],
    ['a phrase with other words between', 'the ⟦TDX⟧ (host) module; ⟦TDX⟧, module'],
    ['a name or an acronym cut by a hyphen at the line end', 'get-\npage, ⟦TDX⟧-\nmodule, RET-\nPF, Reviewed-\nby'],
    ['a word that is cut without a hyphen of its own', 'a mem-\nblock, hug-\netlb and page -\nfault, page--\nfault'],
    ['words with a hyphen for more than one', 'a page- and TLB-fault, page-,\nfault'],
    ['mail addresses and message ids', 'kvm+TDX@vger.example.org <TDX.CMA-1-PAMT@example.org> TDX@xxxxxx'],
    ['links', 'https://example.org/TDX/CMA?PAMT=1 <http://TDX.example.org/> git://TDX/CMA lore.kernel.org/kvm/TDX'],
    ['paths', 'mm/memblock.c arch/x86/memblock/folio /sys/TDX/PAMT a/CMA.h b/patch.c'],
    ['file names and dotted names', 'memblock.c, foo.folio, TDH.SYS.TDMR'],
    ['file names of words that hyphens join', 'memblock-core-v3.o, see foo-memblock.c.'],
    ['names of many words', '(my-mail-show-TDX-id), Ada/Nested-CMA-rework-part-two/20990101, //TDX.example.org/CMA'],
    ['hashes', 'commit 0123456789abcdef and deadbeef1'],
    [
      'base64',
      'iQIzBAABCgAdFiEE/TDX/qw8kd0s+PAMT+3vbH9aWkq0OnP8m2/CMA/x7Yt= and aGk/TDX+1bCdE2fGh3IjK4lMn5OpQ6rSt7UvW8xYz9AbC0dEf',
    ],
    ['prose that a trailer resembles', 'it was reviewed by everyone, and fixes a bug'],
    ['a suffix inside another name', 'for-next linux-next'],
  ])('%s', (_, picture) => expectMatches(picture));
});

describe('which concept a spelling names', () => {
  it('is the exact one before the family', () => {
    expect(conceptsIn('RET_PF_RETRY RET_PF_OTHER TDH.MEM.PAGE.ADD')).toEqual([
      ['ret-pf-retry'],
      ['ret-pf'],
      ['page-add'],
    ]);
  });

  it('is every concept that has it', () => {
    const twice = glossary([note('one', ['CMA']), note('two', ['CMA', 'CMAs'])]);
    expect(twice.lexicon.matches('CMA CMAs').map(({ concepts }) => concepts)).toEqual([['one', 'two'], ['two']]);
  });

  it('is the family with the longest beginning', () => {
    const nested = glossary([note('all', ['KVM_*']), note('exits', ['KVM_EXIT_*'])]);
    expect(nested.lexicon.matches('KVM_EXIT_IO KVM_RUN').map(({ concepts }) => concepts)).toEqual([['exits'], ['all']]);
  });
});
