import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Glossary, glossary } from '#concepts';
import { readNotes } from '#concepts/node';
import { around } from './invented.ts';

const root = join(import.meta.dirname, '../..');
let ours: Glossary;

beforeAll(async () => {
  ours = glossary((await readNotes(join(root, 'src/concepts/notes'))).concepts);
});

/** The notes that the word in brackets opens. */
function opened(marked: string): string[] {
  const start = marked.indexOf('[');
  const text = marked.replace(/[[\]]/g, '');
  const place = around(text, { subject: '[PATCH v2 3/9] a fix' });
  const match = ours.lexicon.matches(text).find((one) => one.start <= start && start < one.end);
  return match === undefined ? [] : ours.meanings(match, place).map(({ concept }) => concept.id);
}

describe('a plain word in prose', () => {
  it.each([
    'The last [node] of the tree is freed.',
    'Remove the [node] from the device tree.',
    'The two [nodes] of the cluster talk to each other.',
    'I [quote] the manual, because it says so.',
    'This is a [series] of small writes.',
    'The interface is [stable] now.',
    'It is needed for [stable] operation.',
    'To [quote] Ada on TDX: no.',
    'The patches carry an [attestation] that b4 checks.',
    'It is a [patchwork] of small rules.',
    'A letter of ten [large pages].',
    'Nested loops fit the [L1] cache.',
    'The pen-[tip] is down.',
    'Each command has a [message id] in its header.',
    'A [hole] in the fence, a [hole] in the argument.',
    'A [tip] for the reader: build it first.',
    'Rebase onto the [tip] of your branch.',
    'It shares the [shared memory] of two processes.',
    'The cache [invalidation] is slow.',
    'Set the PCI [upstream] port to D3.',
    'We [export] the directory by NFS.',
    'The chip has an [ack] bit.',
    'See the [References] at the end of the document.',
    'The [L1] and the [L2] cache are small.',
    'The device tree binding of an [NFC] reader.',
    'The [ABI] of the CPU passes it in a register.',
    'Bytes [b4] and b5 are swapped.',
    'The IO [TLB] segment is too small.',
    'Mount it with [dax] for files.',
    'A USB [hotplug] event came late.',
    'The [APF] register.',
    'A [TDP] of 15 watts.',
    'The [MCE] remote sends keys.',
    'The [reverse map] finds all users of a page.',
    'The motor moves on, it has [zero-step] accuracy.',
    'A [selftest] of the drive failed.',
    'The disk cache uses [writeback] by default.',
    'Use git log [--next] here.',
    'Set [v2] of the format; it needs CONFIG_FOO.',
    'Out of [memory failure] paths leak.',
    'The colours are [direct bits] of the palette.',
    'Clear the [ASID] of the arm64 context.',
    'The graphics [PSP] loads the ring.',
    'Ports are translated by [PAT] in the router.',
    'It returns [-EINVAL] for a wrong baud rate.',
    'It returns [-EBUSY] while the tape moves.',
    'Send a [pull request] on the web site.',
  ])('opens nothing: %s', (marked) => {
    expect(opened(marked)).toEqual([]);
  });
});

describe('the same word where it is a term', () => {
  it.each([
    ['The nearest [node] of a NUMA machine.', 'numa'],
    ['Take the [nid] from tdmr_get_nid().', 'numa'],
    ['The TDREPORT becomes a [quote] for remote attestation.', 'attestation-quote'],
    ['The TD is checked by remote [attestation].', 'attestation'],
    ['Both [large pages] of the guest are split.', 'huge-page'],
    ['The list has a [patchwork] instance for its patches.', 'patchwork'],
    ['vmcs12 of [L1] is stale.', 'nested-virtualization'],
    ['This was backported to [stable].', 'stable'],
    ['Each [hole] of the TDMR takes a reserved area.', 'memory-hole'],
    ['Routed through the tip tree; [tip] has it queued.', 'tip-tree'],
    ['A TD needs [shared memory] for its buffers.', 'shared-memory'],
    ['The mmu_notifier [invalidation] runs, the SPTE goes.', 'invalidation'],
    ['It was merged [upstream] last year.', 'upstream'],
    ['Please [export] it with EXPORT_SYMBOL_GPL().', 'export-symbol'],
    ['In-Reply-To and [References] were lost.', 'message-id'],
    ['The nested guest [L2] faults and [L1] is asked.', 'nested-virtualization'],
    ['A refactoring, [NFC].', 'no-functional-change'],
    ['KVM must keep the [ABI] of this ioctl.', 'api'],
    ['Run [b4] on the mbox from lore.', 'b4'],
    ['The [TLB] must be flushed after the PTE is gone.', 'tlb-flush'],
    ['The [kmem] driver of device-dax.', 'dax-kmem'],
    ['With [hotplug], online_pages() asks the notifier.', 'memory-hotplug'],
    ['The guest gets an [APF] from KVM.', 'async-page-fault'],
    ['KVM walks the [TDP] page table of the MMU.', 'tdp'],
    ['A poisoned line raises an [MCE].', 'machine-check'],
    ['SNP adds the [Reverse Map] for each page.', 'rmp'],
    ['The KVM [selftest] creates a guest.', 'selftest'],
    ['Migration waits for [writeback] of the folio.', 'writeback'],
    ['It is in [-next], in the linux-next tree.', 'linux-next'],
    ['A [memory failure] poisons the page, SIGBUS follows.', 'hwpoison'],
    ['The private GPA of a TD has no [direct bits] set.', 'shared-bit'],
    ['SEV guests share the [ASID] space.', 'asid'],
    ['The [PSP] runs LAUNCH_UPDATE for SNP.', 'psp'],
    ['EPT takes the memory type from the guest [PAT].', 'pat'],
    ['tdx_enable() gives [-EINVAL] for ever.', 'einval'],
    ['alloc_contig_range() fails with [-EBUSY].', 'ebusy'],
    ['A [pull request] for the merge window.', 'pull-request'],
    ['5.10[-rc4] has it.', 'release-candidate'],
    ['TDG is the prefix, [TDG.MEM.PAGE.ACCEPT] one of the TDCALLs.', 'tdcall'],
    ['The TDX memory block ([TMB]) list.', 'tdx-memblock'],
  ])('opens its note: %s', (marked, id) => {
    expect(opened(marked)).toEqual([id]);
  });
});
