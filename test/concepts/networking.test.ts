import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Glossary, glossary, type Surroundings } from '#concepts';
import { type NotesOfFolder, readNotes } from '#concepts/node';
import { type Reading, readBytes } from '#features';
import { mentionsOf } from '#reading';
import { around } from './invented.ts';

const root = join(import.meta.dirname, '../..');
const shared = join(root, '../shared');

let main: NotesOfFolder;
let pack: NotesOfFolder;
let both: Glossary;
let ids: ReadonlySet<string>;

beforeAll(async () => {
  main = await readNotes(join(root, 'src/concepts/notes'));
  pack = await readNotes(join(root, 'src/concepts/packs/networking'));
  both = glossary([...main.concepts, ...pack.concepts]);
  ids = new Set(pack.concepts.map(({ id }) => id));
  // Hundreds of files, on a machine that may be busy.
}, 120_000);

/** Ids of the networking notes that a term opens in its place. */
function networking(match: { text: string; concepts: readonly string[] }, place: Surroundings): string[] {
  const meanings = both.meanings(match, place).map(({ concept }) => concept.id);
  return meanings.filter((id) => ids.has(id));
}

/** The networking notes that the word in brackets opens. */
function opened(marked: string, more: Parameters<typeof around>[1] = {}): string[] {
  const start = marked.indexOf('[');
  const text = marked.replace('[', '').replace(']', '');
  const match = both.lexicon.matches(text).find((one) => one.start <= start && start < one.end);
  return match === undefined ? [] : networking(match, around(text, more));
}

describe('the networking notes', () => {
  it('have no mistakes and lead nowhere but to each other', () => {
    expect(pack.files.flatMap((file) => file.messages).map(String)).toEqual([]);
    expect(pack.concepts.length).toBeGreaterThanOrEqual(60);
  });

  it('replace none of the main notes', () => {
    expect(main.concepts.filter(({ id }) => ids.has(id))).toEqual([]);
  });

  it('share no spelling with them unless both say what must stand near', () => {
    const unscoped = (notes: NotesOfFolder) => notes.concepts.filter(({ scope }) => (scope.near ?? []).length === 0);
    const terms = new Set(unscoped(main).flatMap((note) => note.terms));
    expect(unscoped(pack).flatMap((note) => note.terms.filter((term) => terms.has(term)))).toEqual([]);
  });

  it('each have more to say than a hover shows', () => {
    const brief = pack.concepts.filter(({ markdown }) => markdown.split(/\s+/).length < 80);
    expect(brief.map(({ id }) => id)).toEqual([]);
  });
});

describe('a word of a networking mail', () => {
  it.each([
    // Drivers and XDP
    ['The [headroom] of the xdp_buff is too small for the tunnel header.', ['headroom']],
    ['Pages are recycled into the [page_pool] of this queue.', ['page-pool']],
    ['Each rx queue of the netdev gets a [page pool] of its own.', ['page-pool']],
    ['The [fill ring] runs empty and the XSK stops receiving.', ['xsk-rings']],
    ['Bind the AF_XDP socket with [zero copy] and watch the fill ring.', ['xsk-zero-copy']],
    ['Send with SO_ZEROCOPY; the [zerocopy] notification of the skb comes late.', ['msg-zerocopy']],
    ['The [umem] is shared by two AF_XDP sockets.', ['umem']],
    ['Return less than the [budget] from the NAPI poll.', ['napi-budget']],
    ['[GRO] held the skb until the end of the poll.', ['gro']],
    ['The [frags] of the skb come from the pool.', ['frags']],
    ['Headers must be in the [linear part] before the skb is parsed.', ['linear-part']],
    ['skb_shinfo(skb)->[nr_frags] is off by one.', ['skb-shared-info']],
    ['The driver reports [CHECKSUM_COMPLETE] for IPv6 only.', ['checksum-offload']],
    ['This takes [rtnl_lock()] in the reset worker.', ['rtnl-lock']],
    ['Run .[ndo_set_rx_mode] under it.', ['netdev-ops']],
    ['The [instance lock] of the netdev is held here.', ['netdev-instance-lock']],
    ['The default [qdisc] is fq_codel.', ['qdisc']],
    ['netdev watchdog: [TX timeout] on queue 3.', ['tx-timeout']],
    ['Match on the VLAN in [flower] and let tc drop it.', ['flower']],
    ['The indirection table of [RSS] is reset by ethtool.', ['rss']],
    ['Without a wake-up the [softirq] polls NAPI again.', ['softirq']],
    ['Use [NL_SET_ERR_MSG_MOD] to say why.', ['netlink']],
    // Sockets and TCP
    ['[sk_rmem_alloc] is above the limit.', ['sk-rmem']],
    ['The [truesize] of the skb is wrong.', ['truesize']],
    ['[sk_forward_alloc] is not zero when the socket dies.', ['sk-forward-alloc']],
    ['TCP enters [memory pressure] above the middle of tcp_mem.', ['tcp-memory']],
    ['With [pacing] TCP sends less in a burst.', ['pacing']],
    ['After an [RTO] the TCP sender starts with one packet.', ['rto']],
    ['[RACK] marks the TCP segment lost after a quarter of the RTT.', ['rack']],
    ['A [TLP] is sent before the RTO fires.', ['tlp']],
    ['[SACK] blocks of the TCP header were not read.', ['sack']],
    ['The router sets CE and [ECN] tells the TCP sender.', ['ecn']],
    ['With [TFO] the SYN carries a cookie of TCP.', ['tfo']],
    ['Payload of [devmem] TCP is a net_iov.', ['devmem-tcp']],
    ['The [ofo queue] of a TCP socket is pruned.', ['ofo-queue']],
    ['TCP cannot fill the [BDP] of this path.', ['rtt']],
    // Devices
    ['Packets of the container leave through [veth].', ['virtual-devices']],
    ['The [PHC] of this NIC drifts.', ['ptp']],
    ['Each [CQE] of the NIC is turned into an skb.', ['descriptor-ring']],
    ['Map each [traffic class] to queues with mqprio.', ['tsn']],
    ['The skb is dropped by [nftables].', ['netfilter']],
    // How patches are sent
    ['This is a fix, please target [net-next].', ['net-trees']],
    ['Sorry, [net-next is closed], repost after -rc1.', ['net-next-closed']],
    ['Set to [Changes Requested] in patchwork.', ['patchwork-state']],
    ['[pw-bot]: cr', ['pw-bot']],
    ['Please keep [reverse xmas tree] for the variables.', ['reverse-xmas-tree']],
    ['The netdev series has [more than 15 patches], please split it.', ['fifteen-patches']],
  ])('opens its note: %s', (marked, id) => {
    expect(opened(marked)).toEqual(id);
  });

  it.each([
    ['We measured [GRO] on and off.', '[PATCH net-next v3 2/7] veth: add a fast path'],
    ['[BQL] is supported now.', '[PATCH net v2] tg: fix the count of completed bytes'],
    ['[TSO] stays off.', '[PATCH net] gve: check the header length'],
  ])('is explained by the subject of its mail: %s', (marked, subject) => {
    expect(opened(marked, { subject })).toHaveLength(1);
  });
});

describe('a word that looks like one of networking', () => {
  it.each([
    // Other meanings of the letters
    'QEMU holds the [BQL] while the vCPU exits.',
    'The [RSS] of the process grew by a huge page.',
    'x86 is [TSO], so this barrier only stops the compiler.',
    'A PCIe [TLP] with a bad address is dropped by the root port.',
    'An ib_umem pins the [umem] of the RDMA region.',
    'The [TC] number of the test case is printed.',
    'Our [RTO] after a disaster is an hour.',
    'A [rack] of servers lost power.',
    'The file has a [TLS] segment for thread-local storage.',
    'The [DSA] engine copies memory for idxd.',
    'The [ECE] flag of the machine check.',
    'Free the [PTP] with the guest page tables above it.',
    'The task waits on the [RQ] of CPU 3.',
    'The [CQE] of io_uring holds the result.',
    'PCIe maps each [traffic class] to a virtual channel.',
    'The pages are [ZC] candidates.',
    // Plain words
    'There is some [headroom] in the power budget.',
    'The [budget] of the scheduler is used up.',
    'The guest memory is reclaimed under [memory pressure].',
    'The [linear part] of the curve.',
    'It moves at a leisurely [pacing].',
    'A [flower] in the garden.',
    'The loader uses [zero copy] into guest memory.',
    'Take a page from the [page pool] of the balloon.',
    'Memory [frags] after a week of uptime.',
    'This was [Deferred] to the next release.',
    'The [softirq] runs the timer wheel.',
    'KVM waits for an [RCU] grace period before it frees the page table.',
    'A virtual [PHY] of the USB controller.',
    'The [verifier] of a TD checks the quote.',
    'The series has [15 patches].',
    'I [contest] that the patch is right.',
    'Run the patch for [at least 24 hours] on your machine.',
    'A [net tree] of safety ropes.',
    'The [memory provider] of the cluster.',
    'Poll in a loop: [busy polling] of the vCPU halts later.',
    'The driver core adds a [devlink] between consumer and supplier.',
    'The guest has the [RTM] feature of TSX.',
    'The dma-buf comes from /dev/mem, see [devmem].',
    'The [MTU] of the bus is eight bytes.',
    'The serial port has a [TX timeout].',
    // Parts of other names, addresses and paths
    'See drivers/[net]/phy/phylink.c for that.',
    'Send it to [netdev]@vger.example.org first.',
    'Call my_[skb]_helper_of_ours() instead.',
  ])('opens no note: %s', (marked) => {
    expect(opened(marked, { subject: '[PATCH v2 3/9] KVM: a fix' })).toEqual([]);
  });
});

type Page = NonNullable<ReturnType<Reading['page']>>;

interface Explained {
  text: string;
  id: string;
}

interface Mail {
  page: Page;
  explained: readonly Explained[];
}

/** The networking terms that one message shows. */
function explainedIn(page: Page): Explained[] {
  return mentionsOf(page.message.tree, page.message.text, both).flatMap((mention) =>
    networking(mention.match, page.surroundings(mention)).map((id) => ({ text: mention.match.text, id })),
  );
}

/** All messages of a folder with what is explained in them. */
function mailsOf(folder: string, ending: string): Mail[] {
  const names = readdirSync(join(shared, folder)).filter((name) => name.endsWith(ending));
  return names.flatMap((name) => {
    const reading = readBytes(new Uint8Array(readFileSync(join(shared, folder, name))));
    const pages = Array.from({ length: reading.messages }, (_, index) => reading.page(index));
    return pages.flatMap((page) => (page === undefined ? [] : [{ page, explained: explainedIn(page) }]));
  });
}

/** Was it sent to one of these lists? */
function wentTo({ page }: Mail, lists: RegExp): boolean {
  return ['to', 'cc', 'list-id', 'x-mailing-list'].some((name) => page.fields.get(name)?.some((to) => lists.test(to)));
}

const present = existsSync(join(shared, 'corpus/threads')) && existsSync(join(shared, 'seeds'));
if (!present && process.env.CI) throw new Error(`The sample mails are missing: ${shared}`);
if (!present) console.warn(`Networking words are not tested in real mails: there are none in ${shared}`);

const networkLists = /\b(?:netdev|bpf|xdp-newbies|netfilter-devel)[@.]/;
const memoryLists = /\b(?:kvm|kvmarm|linux-mm|linux-coco|nvdimm)[@.]/;

/** What networking notes say in mails that went to no networking list; each was read in its place and is right there. */
const strangers = new Map([
  ['BPF_MAP_TYPE_ARRAY', 'bpf-program'],
  ['netns', 'netns'],
  ['qdisc', 'qdisc'],
  ['noqueue', 'qdisc'],
  ['net_device', 'net-device'],
  ['reverse-christmas-tree', 'reverse-xmas-tree'],
]);

describe.skipIf(!present)('in real mails (../shared)', () => {
  let seeds: readonly Mail[];
  let mails: readonly Mail[];

  beforeAll(() => {
    seeds = mailsOf('seeds', '.txt');
    mails = [...mailsOf('corpus/threads', '.mbox'), ...mailsOf('corpus/mails', '.eml')];
  }, 120_000);

  it('nothing of networking is explained in the seeds', () => {
    expect(seeds.length).toBeGreaterThan(0);
    expect(seeds.flatMap(({ explained }) => explained)).toEqual([]);
  });

  it('nothing of networking is explained in threads on KVM and memory', () => {
    const memory = mails.filter((mail) => wentTo(mail, memoryLists) && !wentTo(mail, networkLists));
    expect(memory.length).toBeGreaterThan(100);
    expect(memory.flatMap(({ explained }) => explained)).toEqual([]);
  });

  it('what is explained elsewhere is meant so', () => {
    const strange = mails.filter((mail) => !wentTo(mail, networkLists));
    const wrong = strange.flatMap(({ explained }) => explained).filter(({ text, id }) => strangers.get(text) !== id);
    expect(wrong).toEqual([]);
  });

  it('a driver patch on netdev has its words explained, each by the note that fits', () => {
    const patches = mails.filter((mail) => wentTo(mail, networkLists) && mail.page.subject?.includes('net-next'));
    const found = new Map(patches.flatMap(({ explained }) => explained).map(({ text, id }) => [text, id]));
    expect(Object.fromEntries(found)).toMatchObject({
      ndo_tx_timeout: 'tx-timeout',
      'TX queue': 'netdev-queue',
      'rtnl_lock()': 'rtnl-lock',
      'struct net_device': 'net-device',
      'struct sk_buff': 'skb',
      skb: 'skb',
      extack: 'netlink',
      ndo_xdp_xmit: 'xdp-redirect',
      needed_headroom: 'headroom',
      net_shaper: 'net-shaper',
      netif_set_tso_max_size: 'tso',
      NETIF_F_IP_CSUM: 'checksum-offload',
    });
  });

  it('nothing of networking is explained in a mail that only has a networking list in copy', () => {
    const others = mails.filter(
      (mail) => wentTo(mail, networkLists) && !/\bnet\b|hv_net/.test(mail.page.subject ?? ''),
    );
    expect(others.length).toBeGreaterThan(0);
    expect(others.flatMap(({ explained }) => explained)).toEqual([]);
  });
});
