import { useEffect, useMemo } from 'react';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import { TaskScope } from '../../../shared/lifecycle/task-scope.ts';
import type { AccessRaw } from '../../../shared/series/raw/access.ts';
import { formatDuration } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { Button } from '../../design/components/button.tsx';
import { useTopic } from '../../session-context.ts';
import { findBridge } from '../../transport/find-bridge.ts';
import { useAccessMethod } from '../access/use-access-method.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';
import { showName } from '../show-name.ts';
import { parseHostUrl } from './parse-host-url.ts';
import { useWatchHost } from './use-watch-host.ts';
import { WatchForm } from './watch-form.tsx';

/** The host looks for a quarter of a minute after each time that it is asked to. */
const lookEveryMs = 10_000;

type NearbyHost = AccessRaw['nearby'][number];

/**
 * Other hosts that announce themselves on this network; it is looked for them while the card is shown. The app watches
 * them, or any other whose address is entered, in windows of its own; a browser is led to their own pages.
 */
export function NearbyCard() {
  const state = useTopic('access');
  const look = useAccessMethod('nearby.look');
  const watching = useWatchHost();
  const watch = watching?.watch;
  const columns = useMemo(
    () => [...nearbyColumns(), watch ? watchColumn((url) => watch({ url })) : openColumn()],
    [watch],
  );

  useEffect(() => {
    if (!look) return undefined;
    const scope = new TaskScope('looking', { clock: systemClock });
    // What fails is a connection that is gone: it says so itself, and the next turn looks again.
    scope.loop('look', lookEveryMs, () => look({}).then(undefined, () => undefined));
    return () => void scope.close('no longer shown');
  }, [look]);

  return (
    <SectionCard title={t('sharing:nearby.title')} area="nearby" state={state}>
      {({ nearby }) => (
        <>
          <DataTable
            label={t('sharing:nearby.title')}
            testId="nearby-row"
            empty={t('sharing:nearby.none')}
            columns={columns}
            rows={nearby}
            rowKey={({ instanceId }) => instanceId}
          />
          {watching && <WatchForm watching={watching} />}
        </>
      )}
    </SectionCard>
  );
}

const nearbyColumns = (): readonly DataColumn<NearbyHost>[] => [
  {
    key: 'name',
    label: t('host'),
    sortBy: ({ name }) => name,
    cell: ({ name }) => <Name text={name} />,
  },
  {
    key: 'address',
    label: t('address'),
    sortBy: ({ address }) => address,
    cell: ({ address, port }) => <Name text={`${address}:${port}`} />,
  },
  {
    key: 'version',
    label: t('sharing:nearby.version'),
    room: 'optional',
    sortBy: ({ version }) => version,
    cell: ({ version }) => <Name text={version} />,
  },
  {
    key: 'seen',
    label: t('sharing:nearby.heard'),
    number: true,
    room: 'optional',
    sortBy: ({ seenMs }) => seenMs,
    cell: ({ seenMs }) => t('ago', { time: formatDuration(seenMs / 1_000) }),
  },
];

const openColumn = (): DataColumn<NearbyHost> => ({
  key: 'open',
  label: t('sharing:nearby.page'),
  cell: ({ url }) => <HostLink url={url} />,
});

function watchColumn(onWatch: (url: string) => void): DataColumn<NearbyHost> {
  return {
    key: 'watch',
    label: t('sharing:nearby.window'),
    cell: ({ url, name }) => <WatchButton url={url} name={name} onWatch={onWatch} />,
  };
}

interface WatchButtonProps {
  readonly url: string;
  readonly name: string;
  readonly onWatch: (url: string) => void;
}

function WatchButton({ url, name, onWatch }: WatchButtonProps) {
  const address = parseHostUrl(url);
  if (address === null) return <Dash reason={t('sharing:nearby.noAddress', { url: showName(url) })} />;
  return (
    <Button data-testid="watch-nearby" onClick={() => onWatch(address)}>
      {t('sharing:watch.verb')}
      <span className="visually-hidden" translate="no">
        {' '}
        {showName(name)}
      </span>
    </Button>
  );
}

/** A link where it leads somewhere: a window of the app opens no page of another host. */
function HostLink({ url }: { readonly url: string }) {
  const address = parseHostUrl(url);
  if (address === null) return <Dash reason={t('sharing:nearby.noAddress', { url: showName(url) })} />;
  if (findBridge())
    return (
      <code className="nearby__url" translate="no">
        {address}
      </code>
    );
  return (
    <a className="more" href={address} target="_blank" rel="noopener noreferrer">
      {t('sharing:nearby.open')}
      <span className="visually-hidden" translate="no">
        {' '}
        {showName(address)}
      </span>
    </a>
  );
}
