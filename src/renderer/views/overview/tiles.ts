import type { ComponentType } from 'react';
import type { TileId } from '../../../shared/preferences/layout.ts';
import type { Topic } from '../../../shared/series/raw.ts';
import type { MetricsStore } from '../../../shared/series/rings/metrics-store.ts';
import { CostTile } from './cost-tile.tsx';
import { DiskTile } from './disk-tile.tsx';
import { FilesystemTile } from './filesystem-tile.tsx';
import { GpuTile } from './gpu-tile.tsx';
import { MemoryTile } from './memory-tile.tsx';
import { NetworkTile } from './network-tile.tsx';
import { PressureTile } from './pressure-tile.tsx';
import { ProcessTile } from './process-tile.tsx';
import { ProcessorTile } from './processor-tile.tsx';
import { SensorTile } from './sensor-tile.tsx';

/** One kind of tile. */
export interface TileKind {
  /** It is about these; where none of them is granted there is no such tile. */
  readonly needs: readonly Topic[];
  readonly component: ComponentType;
  /** Of what many machines do not have: whether this one does. Absent for what every machine has. */
  readonly isFound?: (store: MetricsStore) => boolean;
}

/** Every tile there can be. */
export const tileKinds: Readonly<Record<TileId, TileKind>> = {
  processor: { needs: ['cpu'], component: ProcessorTile },
  process: { needs: ['process'], component: ProcessTile },
  memory: { needs: ['memory'], component: MemoryTile },
  disk: {
    needs: ['disk'],
    component: DiskTile,
    isFound: (store) => store.topic('disk').data?.devices.length !== 0,
  },
  network: {
    needs: ['network'],
    component: NetworkTile,
    isFound: (store) => store.topic('network').data?.interfaces.length !== 0,
  },
  filesystem: { needs: ['filesystem'], component: FilesystemTile },
  sensor: {
    needs: ['sensor', 'power'],
    component: SensorTile,
    isFound: (store) => {
      const [sensor, power] = [store.topic('sensor'), store.topic('power')];
      const isWarm = sensor.data?.sensors.some(({ kind }) => kind === 'temperature') ?? false;
      const hasBattery = power.data?.batteries.some(({ charge }) => charge !== null) ?? false;
      return isWarm || hasBattery || sensor.status === 'needsPermission';
    },
  },
  gpu: {
    needs: ['gpu'],
    component: GpuTile,
    isFound: (store) => {
      const { data, status } = store.topic('gpu');
      return (data?.devices.some(({ busy }) => busy !== null) ?? false) || status === 'needsPermission';
    },
  },
  pressure: {
    needs: ['cpu'],
    component: PressureTile,
    isFound: (store) =>
      store.topic('cpu').data?.pressure !== undefined && store.topic('cpu').data?.pressure !== null,
  },
  cost: { needs: ['cost'], component: CostTile },
};
