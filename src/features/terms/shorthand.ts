/** Capitals of mail, clocks and places that are words, not terms. */
export const shorthand: ReadonlySet<string> = new Set(
  (
    'AFAICS AFAICT AFAIK AFK AKA ASAP BTW CC CET CEST DIY DR EDT EST ETA EU FAQ FIXME FWIW FYI GMT HTH IIRC IIUC IMHO IMNSHO IMO ' +
    'IOW IRC IRL JFYI LGTM LOL NACK NAK NB NP NULL OK OT OTOH PDT PST PS RTFM SGTM TBA TBD TBH TIA TL TLDR TODO UK US USA UTC ' +
    'WDYT WIP WRT XXX YMMV'
  ).split(' '),
);
