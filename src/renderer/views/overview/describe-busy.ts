import {
  formatBytes,
  formatBytesPerSecond,
  formatDuration,
  formatMinutes,
  formatTime,
  formatShare,
  showText,
} from '../../../shared/series/units.ts';
import { formatDecimals } from '../../../shared/series/formats.ts';
import { t } from '../../../shared/texts/texts.ts';
import type { Busy } from '../../store/busy/derive-busy.ts';
import { formatAddress } from '../address.ts';
import { showName } from '../show-name.ts';

/** One thing that is busy, in words, by the parts that are set differently. */
export interface BusyWords {
  readonly subject: string;
  readonly amount: string;
  readonly since: string;
  /** Who, and how much of it; null where that is not known, or is the subject. */
  readonly taker: { readonly name: string; readonly amount: string; readonly address: string } | null;
}

/** What somebody asks first, in their words: what, how much, since when, who. */
export function describeBusy(busy: Busy, nowX: number): BusyWords {
  return {
    subject: nameSubject(busy),
    amount: busy.kind === 'process' ? formatCores(busy.share) : formatWhole(busy.share),
    since: describeSince(busy, nowX),
    taker: busy.kind === 'process' ? null : describeTaker(busy),
  };
}

/** How long, and from which moment on, in whole minutes once it is one: seconds that run would only make it restless. */
export function describeSince(
  { sinceX, isOlder }: { readonly sinceX: number; readonly isOlder: boolean },
  nowX: number,
): string {
  const passed = Math.max(0, Math.round((nowX - sinceX) / 1_000));
  const span = passed < 60 ? formatDuration(passed) : formatMinutes(passed);
  const time = formatTime(sinceX, 'minutes');
  return isOlder ? t('overview:busy.forOver', { span }) : t('overview:busy.since', { span, time });
}

function nameSubject({ kind, name, taker }: Busy): string {
  switch (kind) {
    case 'processor':
      return t('overview:processor.title');
    case 'memory':
      return t('overview:memory.title');
    case 'process':
      return t('overview:busy.process', { name: showName(name), pid: taker?.pid ?? 0 });
    case 'disk':
      return t('overview:busy.disk', { name: showName(name) });
    case 'network':
      return t('overview:busy.network', { name: showName(name) });
    case 'graphics':
      return showName(name);
  }
}

function describeTaker({ kind, taker, isMostly }: Busy): BusyWords['taker'] {
  if (!taker) return null;
  const name =
    taker.count === 1
      ? t('overview:busy.process', { name: showName(taker.name), pid: taker.pid })
      : t('overview:busy.processes', { name: showName(taker.name), count: taker.count });
  const amount =
    kind === 'processor'
      ? formatCores(taker.amount)
      : showText(kind === 'memory' ? formatBytes(taker.amount) : formatBytesPerSecond(taker.amount));
  return {
    name: t(isMostly ? 'overview:busy.mostly' : 'overview:busy.first', { name }),
    amount,
    address: formatAddress('processes', String(taker.pid)),
  };
}

/** What processes take, as their table says it: beside the share of the whole processor it would be taken for one. */
function formatCores(cores: number): string {
  return t('usage.shareOfCore', { share: formatWhole(cores) });
}

/** Whole per cents; more would flicker. */
function formatWhole(share: number): string {
  return showText({ ...formatShare(share), value: formatDecimals(share * 100, 0) });
}
