import { formatBytes, formatShare, showText } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useSession, useTopic } from '../../session-context.ts';
import type { BusyProcess } from '../../store/busy/busy-processes.ts';
import { Figure } from '../figure.tsx';
import { formatAddress } from '../address.ts';
import { showName } from '../show-name.ts';
import { describeSince } from './describe-busy.ts';
import { Tile } from './tile.tsx';
import { useBusyProcesses } from './use-busy.ts';
import { useRows } from './use-rows.ts';

/** Who keeps the machine busy: the busiest first, with what they hold and since when. As many as there is room for. */
export function ProcessTile() {
  const state = useTopic('process');
  const { store } = useSession();
  const { busiest } = useBusyProcesses();
  const { frame, count } = useRows(2);
  return (
    <Tile title={t('overview:process.title')} area="process" page="processes" state={state}>
      {(data) => (
        <div className="tile__rows tile__rows--wide" ref={frame}>
          <table className="tile__processes">
            <thead>
              <tr>
                <th scope="col">{t('overview:process.name')}</th>
                <th scope="col" className="number">
                  {t('overview:process.processor')}
                </th>
                <th scope="col" className="number tile__wide tile__held">
                  {t('overview:process.memory')}
                </th>
                <th scope="col" className="tile__wide tile__since">
                  {t('overview:process.busy')}
                </th>
              </tr>
            </thead>
            <tbody>
              {busiest.slice(0, count - 1).map((process) => (
                <Row key={process.key} process={process} nowX={store.nowX} />
              ))}
            </tbody>
          </table>
          {busiest.length === 0 && (
            <p className="empty">{t('overview:process.allIdle', { count: data.pid.length })}</p>
          )}
        </div>
      )}
    </Tile>
  );
}

function Row({ process, nowX }: { readonly process: BusyProcess; readonly nowX: number }) {
  const { pid, name, cpuShare, residentBytes, sinceX, isOlder } = process;
  return (
    <tr data-testid="busy-row" data-pid={pid} data-since={sinceX ?? undefined}>
      <th scope="row" title={showName(name)}>
        <span className="tile__process">
          <a className="clip" translate="no" href={formatAddress('processes', String(pid))}>
            {showName(name)}
          </a>{' '}
          <span className="quiet">{pid}</span>
        </span>
      </th>
      <td className="number">
        <Figure shown={formatShare(cpuShare)} raw={cpuShare} />
      </td>
      <td className="number tile__wide tile__held">{showText(formatBytes(residentBytes))}</td>
      <td className="tile__wide tile__since">
        {sinceX === null ? <span className="quiet">–</span> : describeSince({ sinceX, isOlder }, nowX)}
      </td>
    </tr>
  );
}
