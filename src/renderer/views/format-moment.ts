export { formatMoment } from '../../shared/series/units.ts';
