import type { Complaint } from '#mailast';
import type { Place } from './plain.ts';
import type { Reading } from './reading.ts';

export interface PlacedComplaint {
  place: Place;
  message: string;
  severity: Complaint['severity'];
  ruleId: string;
}

/** What could not be read as it stands, at its place in the source. */
export function complaints(reading: Reading): PlacedComplaint[] {
  const found: PlacedComplaint[] = reading.mailbox.complaints.map((complaint) => ({
    ...told(complaint),
    place: { start: complaint.start ?? 0, end: complaint.end ?? complaint.start ?? 0 },
  }));
  for (let index = 0; index < reading.messages; index++) {
    const page = reading.page(index);
    for (const complaint of page?.message.complaints ?? []) {
      const start = complaint.start ?? 0;
      const place = page?.place({ start, end: complaint.end ?? start });
      if (place) found.push({ ...told(complaint), place });
    }
  }
  return found;
}

function told({ ruleId, reason, severity }: Complaint): Omit<PlacedComplaint, 'place'> {
  return { ruleId, message: reason, severity };
}
