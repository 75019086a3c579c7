/** Boot, and the time after it. */
import { atLeast, reading, tdx } from './kernel.ts';
import { KEYIDS } from './machine.ts';
import type { Draft } from './state.ts';
import { mark, print, type Told } from './told.ts';

/** What firmware left: TDX needs KeyIDs of its own, and two of them. */
export function detect(draft: Draft): Told {
  draft.booted = true;
  const boot = atLeast(draft.setup.kernel, '7.1');
  if (boot) {
    draft.due = 'enable';
    draft.call = { by: 'boot', seamcallsBefore: draft.seamcalls };
  }
  const source = tdx('tdx_init(), record_keyid_partitioning()');
  const { firmware } = draft.setup;
  if (firmware === 'off') {
    mark(draft, 'detect', 'failed', 'none');
    const because = 'Firmware has set no KeyIDs aside for TDX, so the kernel leaves it off and prints nothing.';
    return { outcome: 'done', rule: 'no-keyids', because, source };
  }
  const many = firmware === 'one-keyid' ? 1 : KEYIDS.many;
  const end = KEYIDS.first + many;
  print(draft, `virt/tdx: BIOS enabled: private KeyID range [${KEYIDS.first}, ${end})`);
  if (many < 2) {
    print(draft, 'virt/tdx: initialization failed: too few private KeyIDs available.');
    mark(draft, 'detect', 'failed', '1, and 2 are needed');
    const because = `The only private KeyID, ${KEYIDS.first}, would serve the module itself and leave none for a guest: TDX stays off.`;
    return { outcome: 'done', rule: 'too-few-keyids', because, source };
  }
  draft.platform = true;
  print(draft, 'virt/tdx: Disable ACPI S3. Turn off TDX in the BIOS to use ACPI S3.');
  mark(draft, 'detect', 'done', `${many} for TDX`);
  const next = boot ? 'The initialization follows during boot.' : 'The module itself is not touched yet.';
  const because = `Firmware has set ${many} KeyIDs aside, ${KEYIDS.first} to ${end - 1}: ${KEYIDS.first} will protect the module's own data, the other ${many - 1} are for guests. ${next}`;
  return { outcome: 'done', rule: 'detect', because, source };
}

export function timePasses(draft: Draft): Told {
  draft.cutUp = draft.setup.fragments;
  const source = reading('mm/page_alloc.c alloc_contig_pages()', '6.8-7.2');
  if (!draft.cutUp) {
    const because = 'Weeks pass. Programs come and go, but memory in large pieces can still be had.';
    return { outcome: 'done', rule: 'time-passes', because, source };
  }
  const because =
    'Weeks pass. Pages that cannot be moved now lie about everywhere: 8 MB in one piece can still be had, 120 MB cannot.';
  return { outcome: 'done', rule: 'memory-is-cut-up', because, source };
}
