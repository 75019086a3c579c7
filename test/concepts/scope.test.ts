import { describe, expect, it } from 'vitest';
import { glossary, type Surroundings } from '#concepts';
import { costOf } from '../cost.ts';
import { around, note } from './invented.ts';

const contiguous = note('cma', ['CMA', 'cma_alloc'], {
  expansion: 'Contiguous Memory Allocator',
  scope: { near: ['movable', 'pages', 'PAMT', 'mm/cma'], needsNear: true },
});
const attach = note('cma-attach', ['CMA'], { scope: { near: ['process_vm_readv', 'ptrace'], needsNear: true } });
const pamt = note('pamt', ['PAMT'], {
  scope: { near: ['TDX', 'TDMR', 'reserved area', 'arch/x86/virt'] },
  simulator: 'tdmr-pamt',
  scenarios: [
    { id: 'one-256th', near: ['1/256', '~1/256th'] },
    { id: 'overlap-reserved', near: ['overlap', 'reserved area'] },
    { id: 'local-node-first', near: ['local node', 'NUMA'] },
  ],
});
const hole = note('hole', ['hole'], { scope: { near: ['TDMR', 'memory hole'], needsNear: true } });
const numa = note('numa', ['NUMA', 'node'], { scope: { near: ['NUMA', 'local'], ordinary: ['node'] } });
const either = [
  note('pat-page', ['PAT'], { scope: { near: ['page'] } }),
  note('pat-cpu', ['PAT'], { scope: { near: ['MSR'] } }),
];
const operations = note('bpf', ['BPF', 'struct_ops', 'bpf_map', 'PG_*'], {
  scope: { near: ['BPF', 'page flags'], ordinary: ['struct_ops', 'PG_*'] },
});
const all = glossary([contiguous, attach, pamt, hole, numa, operations, ...either]);

function meant(term: string, surroundings: Surroundings): string[] {
  const [match] = all.lexicon.matches(term);
  if (match === undefined) throw new Error(`${term} is no term of this glossary`);
  return all.meanings(match, surroundings).map(({ concept, because }) => `${concept.id}: ${because}`);
}

function scenarioOf(paragraph: string, subject?: string): string | undefined {
  const [match] = all.lexicon.matches('PAMT');
  if (match === undefined) throw new Error('PAMT is a term');
  return all.meanings(match, around(paragraph, subject === undefined ? {} : { subject }))[0]?.scenario;
}

describe('a short word', () => {
  it('means nothing without the words its note asks for', () => {
    expect(meant('CMA', around('The CMA was late.'))).toEqual([]);
    expect(meant('hole', around('There is a hole in this argument.'))).toEqual([]);
  });

  it('means what the words near it say, and the reader is told which', () => {
    expect(meant('CMA', around('CMA serves movable pages.'))).toEqual(['cma: "movable" and "pages" stand near']);
    expect(meant('CMA', around('CMA needs ptrace rights.'))).toEqual(['cma-attach: "ptrace" stands near']);
    expect(meant('hole', around('Each hole of a TDMR counts.'))).toEqual(['hole: "TDMR" stands near']);
  });

  it('that is also a plain word means something only right beside what its note asks for', () => {
    const near = ['numa: "NUMA" and "local" stand near'];
    expect(meant('node', around('A local node of a NUMA machine.'))).toEqual(near);
    expect(meant('nodes', around('Two NUMA nodes.'))).toEqual(['numa: "NUMA" stands near']);
    const elsewhere = { subject: 'NUMA locality', paths: ['mm/numa.c'], message: 'It is about NUMA.' };
    expect(meant('node', around('The node of a tree.', elsewhere))).toEqual([]);
    expect(meant('NUMA', around('It has no need of the others.'))).toHaveLength(1);
  });

  it('is a plain word also with an underscore where its note says so', () => {
    expect(meant('struct_ops', around('A struct_ops of a driver.', { message: 'BPF' }))).toEqual([]);
    expect(meant('struct_ops()', around('A struct_ops() of a driver.', { message: 'BPF' }))).toEqual([]);
    expect(meant('struct_ops', around('A BPF struct_ops.'))).toEqual(['bpf: "BPF" stands near']);
    expect(meant('bpf_map', around('A bpf_map.'))).toEqual(['bpf: it is an identifier of the kernel']);
  });

  it('may be a plain word for a whole family', () => {
    expect(meant('PG_STATE', around('Clear PG_STATE first.'))).toEqual([]);
    expect(meant('PG_locked', around('Of the page flags PG_locked.'))).toEqual(['bpf: "page flags" stands near']);
  });

  it('is not its own evidence', () => {
    expect(meant('hole', around('hole after hole'))).toEqual([]);
  });

  it('is not told twice of a word that its note lists in several forms', () => {
    const near = ['PATCH', 'patch', 'hunks', 'hunk'];
    const twice = glossary([note('nit', ['nit'], { scope: { near, needsNear: true } })]);
    const because = (text: string) => twice.meanings({ text: 'nit', concepts: ['nit'] }, around(text))[0]?.because;
    expect(because('nit: patch 1')).toBe('"PATCH" stands near');
    expect(because('nit: the hunk')).toBe('"hunk" stands near');
  });

  it('is recognized by a plural, and by an identifier of its subsystem', () => {
    expect(meant('hole', around('holes in TDMRs'))).toHaveLength(1);
    expect(meant('hole', around('call fill_tdmr_list() for the hole'))).toEqual(['hole: "TDMR" stands near']);
  });
});

describe('evidence from farther away', () => {
  it('is the subject', () => {
    expect(meant('CMA', around('Use CMA.', { subject: '[PATCH] Allocate PAMT at boot' }))).toEqual([
      'cma: the subject says "PAMT"',
    ]);
  });

  it('is the subject with which the thread began', () => {
    const thread = { subject: 'Re: [PATCH 2/3] Fix it', threadSubject: '[PATCH 0/3] Allocate PAMT at boot' };
    expect(meant('CMA', around('Use CMA.', thread))).toEqual([`cma: the thread's subject says "PAMT"`]);
  });

  it('is no list among many that it was sent to, but such a list orders what is in scope', () => {
    expect(meant('hole', around('A hole.', { sentTo: ['tdmr@lists.example.org'] }))).toEqual([]);
    expect(meant('PAT', around('PAT', { sentTo: ['page@lists.example.org'] }))).toEqual([
      'pat-page: it was sent to page@lists.example.org',
    ]);
  });

  it('is a path that the patch touches', () => {
    expect(meant('CMA', around('Use CMA.', { paths: ['Makefile', 'mm/cma.c'] }))).toEqual([
      'cma: the patch touches mm/cma.c',
    ]);
  });

  it('is the list', () => {
    expect(meant('PAT', around('PAT', { lists: ['msr@lists.example.org'] }))).toEqual([
      'pat-cpu: it was sent to msr@lists.example.org',
    ]);
  });

  it('is a word elsewhere in the message, but no phrase scattered over it', () => {
    expect(meant('CMA', around('Use CMA.', { message: 'a PAMT' }))).toEqual(['cma: "PAMT" stands in the same message']);
    expect(meant('hole', around('A hole.', { message: 'memory is full' }))).toEqual([]);
  });

  it('is not needed where the term is written out or is an identifier', () => {
    expect(meant('cma_alloc', around('cma_alloc() failed'))).toEqual(['cma: it is an identifier of the kernel']);
    const full = { text: 'Contiguous Memory Allocator', concepts: ['cma'] };
    expect(all.meanings(full, around('')).map(({ because }) => because)).toEqual(['it is written out in full']);
  });
});

describe('an ambiguous term', () => {
  it('has both meanings, best first, when something speaks for each', () => {
    expect(meant('CMA', around('movable pages, PAMT; or ptrace?'))).toEqual([
      'cma: "movable", "pages" and "PAMT" stand near',
      'cma-attach: "ptrace" stands near',
    ]);
  });

  it('has one meaning when only one has anything near', () => {
    expect(meant('PAT', around('the PAT of a page'))).toEqual(['pat-page: "page" stands near']);
  });

  it('has all that ask nothing when nothing is near, and says so', () => {
    expect(meant('PAT', around('the PAT'))).toEqual([
      'pat-page: nothing near decides between the meanings',
      'pat-cpu: nothing near decides between the meanings',
    ]);
  });
});

describe('the scenario of a hover', () => {
  it('is the one whose words stand in the paragraph', () => {
    expect(scenarioOf('it may be large (~1/256th of the size)')).toBe('one-256th');
    expect(scenarioOf('If one PAMT overlaps, the overlap is a reserved\n area; 1/256')).toBe('overlap-reserved');
    expect(scenarioOf('from the local node of the TDMR for NUMA locality')).toBe('local-node-first');
  });

  it('is otherwise the one of the subject, and then the first', () => {
    expect(scenarioOf('PAMT', 'Re: NUMA and PAMT')).toBe('local-node-first');
    expect(scenarioOf('PAMT')).toBe('one-256th');
  });

  it('does not take a word for another that contains it', () => {
    expect(scenarioOf('NUMAX, an overlapper and the nonlocal nodes')).toBe('one-256th');
  });
});

describe('a paragraph of megabytes', () => {
  it('costs each of its terms no more than a page', () => {
    const surroundings = around('PAMT TDMR '.repeat(300_000));
    const [match] = all.lexicon.matches('PAMT');
    if (match === undefined) throw new Error('PAMT is a term');
    const page = around('PAMT TDMR '.repeat(300));
    const askOften = (place: Surroundings) => () => {
      for (let time = 0; time < 10_000; time += 1) all.meanings(match, place);
    };
    all.meanings(match, surroundings);
    askOften(page)();
    // Looking through all of it would cost a thousand times as much.
    expect(costOf(askOften(surroundings))).toBeLessThan(Math.max(costOf(askOften(page)), 5) * 30);
  });
});
