import si from 'systeminformation';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import { answerParent } from './asked-child.ts';

/** The same subjects through `systeminformation`, once a second while it is told to. */
const wanted = {
  currentLoad: '*',
  mem: '*',
  networkStats: '*',
  fsSize: '*',
  disksIO: '*',
  processes: '*',
};
const intervalMs = 1_000;

let reading: AbortController | null = null;
let reads = 0;

async function readOn(signal: AbortSignal): Promise<void> {
  for (let dueMs = systemClock.monotonic(); !signal.aborted; dueMs += intervalMs) {
    await systemClock.sleep(dueMs - systemClock.monotonic());
    await si.get(wanted);
    reads++;
  }
}

answerParent({
  start: () => {
    reading?.abort();
    reading = new AbortController();
    void readOn(reading.signal);
  },
  reads: () => reads,
  stop: () => reading?.abort(),
});
