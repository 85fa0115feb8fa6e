import type { WorkingHours } from '#shared/domain/wellbeing/rules.ts';

type Range = NonNullable<WorkingHours>['days'][number][number];

/** Reads "9-12:30, 13-17:30" as minutes of the day; an end before its start is after midnight. Undefined when it cannot be read. */
export function readRanges(text: string): Range[] | undefined {
  const parts = text.split(/[,;]/).map((part) => part.trim()).filter((part) => part !== '');
  const ranges: Range[] = [];
  for (const part of parts) {
    const match = /^(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?$/.exec(part);
    if (match === null) return undefined;
    const from = minutes(match[1], match[2]);
    const end = minutes(match[3], match[4]);
    if (from === undefined || end === undefined || from >= 1_440 || from === end) return undefined;
    ranges.push({ from, to: end > from ? end : end + 1_440 });
  }
  return ranges.length > 8 ? undefined : ranges;
}

function minutes(hour = '', minute = '0'): number | undefined {
  const value = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && value <= 1_440 ? value : undefined;
}

/** The ranges as they are typed. */
export function writeRanges(ranges: readonly Range[]): string {
  const time = (value: number): string => {
    const within = value > 1_440 ? value - 1_440 : value;
    const minute = within % 60;
    return minute === 0 ? String(within / 60) : `${Math.floor(within / 60)}:${String(minute).padStart(2, '0')}`;
  };
  return ranges.map(({ from, to }) => `${time(from)}-${time(to)}`).join(', ');
}
