import { formatDecimals } from '../../../shared/series/formats.ts';
import { formatShare, showText } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';

/** A share of what a control group lets this host use, in words: "63 % of the 2 cores this host may use". */
export function describeAllowed(share: number | null, limitCores: number): string {
  return t('processor:allowed', {
    share: showText(formatShare(share)),
    count: limitCores,
    cores: formatDecimals(limitCores, Number.isInteger(limitCores) ? 0 : 2),
  });
}
