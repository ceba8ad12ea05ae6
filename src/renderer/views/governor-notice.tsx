import { t } from '../../shared/texts/texts.ts';
import { useTopic } from '../session-context.ts';
import { describeGovernor } from './cost/describe-governor.ts';

/** Says on the overview that some figures come less often than they are asked for, and why; nothing while none do. */
export function GovernorNotice() {
  const { data } = useTopic('cost');
  if (!data || data.governor.level === 0 || data.governor.slowedTopics.length === 0) return null;
  const words = describeGovernor(data.governor);
  return (
    <span className="governor-notice" data-testid="governor-notice" title={words}>
      <a href="#cost">{t('overview:cost.slowed')}</a>
      <span className="visually-hidden"> {words}</span>
    </span>
  );
}
