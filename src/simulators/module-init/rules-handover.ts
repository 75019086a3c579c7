/** What the module does: it takes the TDMRs, gets its key on every package, and initializes the PAMTs. */
import { atLeast, tdx } from './kernel.ts';
import { pamtKb } from './machine.ts';
import { MOST_CALLS } from './seamcall.ts';
import { type Draft, onlineCpus, packagesOf } from './state.ts';
import { failingSeamcall, mark, print, seamcall, type Told, unwind } from './told.ts';
import { count, errnoInWords, share, sizeInWords } from './words.ts';

export function config(draft: Draft): Told {
  const source = tdx('config_tdx_module()');
  if (draft.setup.fails === 'config') {
    const errno = failingSeamcall(draft, 'TDH.SYS.CONFIG');
    mark(draft, 'config', 'failed', errnoInWords(errno));
    unwind(draft, errno, 'free-pamts');
    const because = `The module refuses the TDMRs, for example over memory it cannot convert: ${errnoInWords(errno)}. The PAMTs are still the kernel's and can simply be freed.`;
    return { outcome: 'refused', rule: 'config-fails', because, source };
  }
  seamcall(draft, 'TDH.SYS.CONFIG');
  draft.configured = true;
  draft.pamts = draft.pamts.map((each) => ({ ...each, holder: 'module' }));
  mark(draft, 'config', 'done', `${draft.pamts.length} TDMRs`);
  draft.due = 'key-config';
  const because = `TDH.SYS.CONFIG hands over ${draft.pamts.length} TDMRs and the global KeyID, 16. From here on the PAMTs are the module's: after an error they must be reset before they are freed.`;
  return { outcome: 'done', rule: 'config', because, source };
}

/** One package at a time; the first one pays for the flush of all caches. */
export function keyConfig(draft: Draft): Told {
  const source = tdx('config_global_keyid(), do_global_key_config()');
  const { all, online } = packagesOf(draft.setup);
  const at = draft.keyedPackages;
  const flush = at === 0 ? `WBINVD on ${count(onlineCpus(draft.setup), 'CPU')} first. ` : '';
  if (draft.setup.fails === 'key-config' && at === online - 1) {
    return keyFails(draft, `${flush}TDH.SYS.KEY.CONFIG fails on package ${at}`);
  }
  const tries = at === 0 ? makeKey(draft) : makeKeyAtOnce(draft);
  if (tries === MOST_CALLS && draft.setup.fails === 'entropy-10') {
    return keyFails(draft, `${flush}${count(MOST_CALLS, 'call')} on package ${at}, and no entropy in any of them`);
  }
  draft.keyedPackages++;
  mark(draft, 'key-config', 'done', share(draft.keyedPackages, all, 'package'));
  const done = draft.keyedPackages === online;
  draft.due = done ? 'tdmr-init' : 'key-config';
  const again = tries > 1 ? ` ${tries - 1} calls found no entropy; the kernel calls ${MOST_CALLS} times at most.` : '';
  const offline =
    done && online < all ? ` Package ${all - 1} has no CPU online, and nobody sets the key there; no error yet.` : '';
  const because = `${flush}The key is set on package ${at}, by one CPU of it.${again}${offline}`;
  return { outcome: 'done', rule: tries > 1 ? 'key-config-retried' : 'key-config', because, source };
}

/** How many calls it took: one, or as many as there was no entropy for and one more, up to the limit. */
function makeKey(draft: Draft): number {
  const without = draft.setup.fails === 'entropy-9' ? 9 : draft.setup.fails === 'entropy-10' ? MOST_CALLS : 0;
  if (without === 0) return makeKeyAtOnce(draft);
  draft.seamcalls += without - (without === MOST_CALLS ? 1 : 0);
  if (without === MOST_CALLS) seamcall(draft, 'TDH.SYS.KEY.CONFIG', 'no-entropy');
  else seamcall(draft, 'TDH.SYS.KEY.CONFIG');
  return Math.min(without + 1, MOST_CALLS);
}

function makeKeyAtOnce(draft: Draft): number {
  seamcall(draft, 'TDH.SYS.KEY.CONFIG');
  return 1;
}

function keyFails(draft: Draft, what: string): Told {
  const errno = draft.setup.fails === 'entropy-10' ? 'EIO' : failingSeamcall(draft, 'TDH.SYS.KEY.CONFIG');
  const { all } = packagesOf(draft.setup);
  mark(draft, 'key-config', 'failed', `${draft.keyedPackages} of ${count(all, 'package')}, ${errnoInWords(errno)}`);
  unwind(draft, errno, 'reset-pamts');
  const because = `${what}: ${errnoInWords(errno)}. The module has had the PAMTs since TDH.SYS.CONFIG, so they cannot go back as they are.`;
  return { outcome: 'refused', rule: 'key-config-fails', because, source: tdx('config_global_keyid()') };
}

/** One TDMR; the module does a part of it in each call, and the kernel calls until the end is reached. */
export function tdmrInit(draft: Draft): Told {
  const source = tdx('init_tdmrs(), init_tdmr()');
  const at = draft.initializedTdmrs;
  const { gb } = draft.pamts[at] ?? { gb: 0 };
  const { all, online } = packagesOf(draft.setup);
  if (online < all || (draft.setup.fails === 'tdmr-init' && at === 1)) {
    const errno = failingSeamcall(draft, 'TDH.SYS.TDMR.INIT');
    mark(draft, 'tdmr-init', 'failed', `${at} of ${draft.pamts.length}, ${errnoInWords(errno)}`);
    unwind(draft, errno, 'reset-pamts');
    const why = online < all ? `the key is missing on package ${all - 1}` : 'the module gives up';
    const because = `TDH.SYS.TDMR.INIT of TDMR ${at} (${gb} GB) fails, since ${why}: ${errnoInWords(errno)}.`;
    return { outcome: 'refused', rule: 'tdmr-init-fails', because, source };
  }
  seamcall(draft, 'TDH.SYS.TDMR.INIT');
  draft.initializedTdmrs++;
  mark(draft, 'tdmr-init', 'done', `${draft.initializedTdmrs} of ${draft.pamts.length}`);
  draft.due = draft.initializedTdmrs === draft.pamts.length ? 'finish' : 'tdmr-init';
  const because = `TDH.SYS.TDMR.INIT of TDMR ${at} (${gb} GB), called again until the next address to do is its end. It fills a PAMT of ${sizeInWords(pamtKb(gb))}.`;
  return { outcome: 'done', rule: 'tdmr-init', because, source };
}

export function finish(draft: Draft): Told {
  const kb = draft.pamts.reduce((sum, each) => sum + pamtKb(each.gb), 0);
  draft.status = 'INITIALIZED';
  draft.due = 'answer';
  const boot = atLeast(draft.setup.kernel, '7.1');
  print(draft, `virt/tdx: ${kb} KB allocated for PAMT`, `virt/tdx: ${boot ? 'TDX-Module' : 'module'} initialized`);
  const because = `All is done: ${kb} KB, about 1/256 of 64 GB, are the module's for as long as this kernel runs.`;
  const source = boot ? tdx('tdx_enable()', '7.1-7.2') : tdx('__tdx_enable()', '6.8-7.0');
  return { outcome: 'done', rule: 'initialized', because, source };
}
