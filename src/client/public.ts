/** What `pulsewire/client` exports in Node and in browsers alike; `connect` and `pair` are their own. */
export { MonitorError, type MonitorErrorCode } from '../shared/lifecycle/monitor-error.ts';
export {
  tokenScopes,
  type Capabilities,
  type PairResponse,
  type PairingOpened,
  type ReasonCode,
  type TokenScope,
  type Welcome,
} from '../shared/protocol/index.ts';
export { catalogue, describeMetric, type MetricDescription } from '../shared/series/catalogue.ts';
export { units, type Unit } from '../shared/series/catalogue/unit.ts';
export type { Metric, MetricKind, TopicCatalogue } from '../shared/series/catalogue/metric.ts';
export { deriveContainerRates, type ContainerRates } from '../shared/series/rates/container.ts';
export { deriveCostRates, type CostRates } from '../shared/series/rates/cost.ts';
export { deriveCpuRates, type CpuRates, type CpuShares } from '../shared/series/rates/cpu.ts';
export { deriveDiskRates, type DeviceRates, type DiskRates } from '../shared/series/rates/disk.ts';
export { deriveMemoryRates, type MemoryRates } from '../shared/series/rates/memory.ts';
export { deriveNetworkRates, type InterfaceRates } from '../shared/series/rates/network.ts';
export { deriveProcessRows, type ProcessRow, type ProcessRows } from '../shared/series/rates/process.ts';
export { deriveSensorRates, type SensorRates } from '../shared/series/rates/sensor.ts';
export { deriveServiceRates } from '../shared/series/rates/service.ts';
export { deriveSocketRates, type SocketRates } from '../shared/series/rates/socket.ts';
export type { Gap, GapReason, Rated } from '../shared/series/rates/span.ts';
export { topics, type RawOf, type Topic } from '../shared/series/raw.ts';
export type { ProcessDetails, ProcessIdentity } from '../shared/series/raw/process.ts';
export type { Discontinuity, Section, Sections } from '../shared/series/sample.ts';
export type { ClientMethod, ClientMethods, MethodParams, MethodResult } from './client-methods.ts';
export { ClientSubscription, type ClientSample, type Seam } from './client-subscription.ts';
export type { ConnectOptions, PairOptions } from './connect.ts';
export type { ConnectionPhase, ConnectionState, LossReason } from './connection-state.ts';
export type { PairingOutcome } from './pairing-client.ts';
export { PulsewireClient, type ClientListeners, type SubscribeOptions } from './pulsewire-client.ts';
