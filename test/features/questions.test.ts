import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { conceptPage, readBytes } from '#features';
import { completeHover } from '../../src/features/hover/index.ts';

const SEEDS = '../shared/seeds';
const there = existsSync(SEEDS);
if (!there && process.env.CI) throw new Error(`${SEEDS} is not there.`);

/** A question that a reader has at a word of a mail; each fact is met by any of its ways to say it. */
interface Question {
  asks: string;
  /** How the name of the file begins, and the words at which somebody would ask; the caret sign is the cursor. */
  seed: string;
  at: string;
  facts: readonly RegExp[];
}

const QUESTIONS: readonly Question[] = [
  {
    asks: 'What is the PAMT, and who allocates it?',
    seed: '002',
    at: '‸PAMTs are not reserved',
    facts: [
      /bookkeeping|metadata|one (?:small )?(?:record|entry) (?:for|per)/i,
      /kernel (?:has to|must) (?:find|allocate)|Linux takes/,
    ],
  },
  {
    asks: 'Why is pinning bad for CMA?',
    seed: '000',
    at: 'but only in the face of un‸pinned pages',
    facts: [/will not move|cannot be moved|not move the page/, /CMA/],
  },
  {
    asks: 'Why is a long-term pin no help against that?',
    seed: '000',
    at: 'needs to ‸long-term pin the PAMT',
    facts: [/moves? (?:the page|them|it) out|moved out/, /never stays in CMA|must stay clearable/],
  },
  {
    asks: 'Who really pins?',
    seed: '000',
    at: 'conflating KVM with ‸VFIO',
    facts: [/pinned for as long as the device|VFIO (?:and|or)/, /not KVM|KVM pins nothing|nobody pins/i],
  },
  {
    asks: 'What is a reserved area for?',
    seed: '002',
    at: 'must be reported as a ‸reserved area',
    facts: [/must not use|leave alone/, /hole/, /PAMT/],
  },
  {
    asks: 'Why would kvm_gmem_get_pfn() deadlock here?',
    seed: '001',
    at: 'However, since ‸kvm_gmem_get_pfn() is called',
    facts: [
      /holds? (?:that|the|a)? ?lock|holds the lock|holds for writing/,
      /waits? for itself|wait forever|asks for it again/,
    ],
  },
  {
    asks: 'What does RET_PF_SPURIOUS mean, and why is returning 0 wrong there?',
    seed: '001',
    at: 'on RET_PF_WRITE_PROTECTED and ‸RET_PF_SPURIOUS',
    facts: [
      /in order already|nothing had to be changed|already mapped/,
      /added (?:a second time|twice)|second time/,
      /-EIO/,
    ],
  },
  {
    asks: 'What are approach 1 and 2 for hotplug, and which won?',
    seed: '003',
    at: 'approaches to handle ‸memory hotplug',
    facts: [/every new range|any new range|takes no new memory/, /CMRs?|convertible/, /neither|a notifier/i],
  },
  {
    asks: 'What did UPM become?',
    seed: '004',
    at: 'support ‸UPM[*]',
    facts: [/guest_memfd/, /6\.8/],
  },
  {
    asks: 'Why is an elevated refcount not a pin?',
    seed: '004',
    at: 'elevating the ‸refcount is not the same',
    facts: [/does most of the work, and gives up|tries, (?:does|and)/, /fails?|given up|gives up/, /pin/],
  },
];

function seed(begins: string): Buffer {
  const name = readdirSync(SEEDS).find((one) => one.startsWith(begins)) ?? '';
  return readFileSync(`${SEEDS}/${name}`);
}

/** What a reader gets in place: the hover, and the page of the first note it leads to. */
function shownAt({ seed: begins, at }: Question): { hover: string; page: string } {
  const bytes = seed(begins);
  const caret = at.indexOf('\u2038');
  const found = bytes.indexOf(at.replace('\u2038', ''));
  expect(found).toBeGreaterThan(-1);
  const offset = found + Buffer.byteLength(at.slice(0, caret));
  const answer = completeHover(readBytes(bytes), offset);
  return { hover: answer?.markdown ?? '', page: conceptPage(answer?.meanings[0]?.concept ?? '') ?? '' };
}

describe.skipIf(!there)('a reader asks at a word of a mail', () => {
  test.each(QUESTIONS)('$asks', (question) => {
    const { hover, page } = shownAt(question);
    expect(hover).toContain('concept:');
    const shown = `${hover}\n${page}`.replace(/\\(?=[_*[\]&])/g, '');
    for (const fact of question.facts) expect(shown).toMatch(fact);
  });
});
