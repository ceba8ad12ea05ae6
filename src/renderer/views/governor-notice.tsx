import { useTopic } from '../session-context.ts';
import { describeGovernor } from './cost/describe-governor.ts';

/** Says on the overview that some figures come less often than they are asked for, and why; nothing while none do. */
export function GovernorNotice() {
  const { data } = useTopic('cost');
  if (!data || data.governor.level === 0 || data.governor.slowedTopics.length === 0) return null;
  return (
    <p className="governor-notice" role="status" data-testid="governor-notice">
      {describeGovernor(data.governor)} <a href="#cost">What it costs</a>
    </p>
  );
}
