import type { SensorRaw } from '../../../shared/series/raw/sensor.ts';
import { told, Unsupported, type PortableSources } from './portable-sources.ts';

type Sensor = SensorRaw['sensors'][number];

/** Temperatures of the processor, all that the library knows of sensors. Throws `unsupported` where it knows none. */
export async function readPortableSensor({ library, node }: PortableSources): Promise<SensorRaw> {
  const { main, cores, socket, chipset } = await library.cpuTemperature();
  const isWindows = node().platform === 'win32';
  const sensors: Sensor[] = [];
  const add = (id: string, label: string, celsius: number | null | undefined): void => {
    const value = told(celsius);
    if (value === null) return;
    sensors.push({
      id,
      chip: 'systeminformation',
      label,
      kind: 'temperature',
      value,
      high: null,
      critical: null,
    });
  };
  // On Windows what it calls cores are thermal zones of the board, and the main one is their mean.
  if (!isWindows) add('cpu', 'Processor', main);
  (cores ?? []).forEach((value, index) => add(`core/${index}`, isWindows ? `Thermal zone ${index}` : `Core ${index}`, value)); // prettier-ignore
  (socket ?? []).forEach((value, index) => add(`socket/${index}`, `Socket ${index}`, value));
  add('chipset', 'Chipset', chipset);
  if (sensors.length === 0) {
    throw new Unsupported(
      isWindows
        ? 'Windows tells temperatures to administrators only, and on many machines to nobody.'
        : 'This system tells temperatures to no ordinary program.',
    );
  }
  return { sensors, energies: [], energyRemedy: null };
}
