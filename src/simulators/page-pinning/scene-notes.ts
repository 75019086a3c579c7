/** What the picture and the tables do not say by themselves. */
import type { NotePart } from '../kit/scene.ts';
import { PIN_BIAS, type State, wastedWork } from './state.ts';
import { count } from './words.ts';

export function notes(state: State): NotePart[] {
  return [...failure(state), ...holdNote(state), ...wasted(state), ...zapped(state), ...moved(state)];
}

function failure({ guest, setup }: State): NotePart[] {
  if (!guest.failed) return [];
  const text =
    setup.hold === 'pin'
      ? 'The guest does not start. The VMM needs a higher RLIMIT_MEMLOCK, or CAP_IPC_LOCK.'
      : 'The guest stops in the middle of its work. Pinning up front would have failed before it started.';
  return [{ kind: 'note', look: 'error', text }];
}

function holdNote({ setup, page }: State): NotePart[] {
  const info = (text: string): NotePart[] => [{ kind: 'note', look: 'info', text }];
  if (setup.hold === 'demand-pin') {
    return info(
      'The mail does not call demand pinning a bad idea or unsolvable. Sean Christopherson weighs code churn, upkeep and review time against what it brings to a scheme that is at its end. It was not merged.',
    );
  }
  if (setup.hold === 'guest-memfd') {
    return info(
      'The price is a changed VMM. SNP and TDX use it; SEV and SEV-ES never got it, since the host cannot see whether an access of theirs is private.',
    );
  }
  if (setup.hold === 'reference' && setup.kernel === '6.8') {
    return info(
      '5.17 to 6.9 test a private 4 KB page for any second reference; 6.10 replaced that by the test for pins. Neither looks at a THP or at shared memory.',
    );
  }
  if (setup.hold === 'reference' && page.extra >= PIN_BIAS - 1) {
    return info(
      `A small page has no counter of its own for pins: from ${PIN_BIAS} references on it is taken for a pinned one, whoever holds them.`,
    );
  }
  return [];
}

function wasted(state: State): NotePart[] {
  const { targets, scans } = wastedWork(state);
  if (targets === 0) return [];
  const text = `It works: the guest has its page and nothing was copied. ${count(targets, 'target page')} came and went for nothing in ${count(scans, 'scan')}, and each further scan starts over.`;
  return [{ kind: 'note', look: 'warning', text }];
}

function zapped({ rounds }: State): NotePart[] {
  const spared = rounds.some(
    ({ end, protected: made, after, before }) => end !== 'open' && !made && after.zaps > before.zaps,
  );
  if (!spared) return [];
  const text =
    'A pin keeps the page and its entry, not the SPTE: mm tells KVM of the whole range before it looks at single pages. Yan Zhao reports more than 9000 such flushes while one guest with pinned memory boots (Aug 2023).';
  return [{ kind: 'note', look: 'info', text }];
}

function moved({ counts, setup }: State): NotePart[] {
  if (counts.moves === 0) return [];
  const held = setup.hold === 'none' ? '' : ' The holder had let go before the count was compared.';
  const text = `An ordinary guest gains by this. The encrypted bytes of an SEV guest depend on their physical address; copied, they mean nothing. That is why SEV memory is held.${held}`;
  return [{ kind: 'note', look: 'warning', text }];
}
