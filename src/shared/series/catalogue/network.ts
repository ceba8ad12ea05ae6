import { counter, defineTopic, gauge, identifier } from './metric.ts';

const receive = { 'network.io.direction': 'receive' };
const transmit = { 'network.io.direction': 'transmit' };
const sys = { source: '/sys/class/net' };
const wireless = { source: '/proc/net/wireless' };

/** Figures of the topic `network`. */
export const networkCatalogue = defineTopic(
  'network',
  '/proc/net/dev',
  { 'interfaces[]': { attributes: { 'network.interface.name': 'name' }, labels: { device: 'name' } } },
  {
    'interfaces[].index': identifier('The kernel’s index of the interface.'),
    'interfaces[].state': gauge('hw.network.up', '1', 'Whether the link is up.', {
      equals: 'up',
      prometheus: 'node_network_up',
      ...sys,
    }),
    'interfaces[].speedBitsPerSecond': gauge('hw.network.bandwidth.limit', 'bit/s', 'Speed of the link.', {
      prometheus: 'node_network_speed_bytes',
      ...sys,
    }),
    'interfaces[].mtuBytes': gauge('system.network.mtu', 'By', 'Size of the largest packet.', {
      prometheus: 'node_network_mtu_bytes',
      ...sys,
    }),
    'interfaces[].carrierChanges': counter(
      'system.network.carrier.changes',
      '{change}',
      'How often the link came or went.',
      {
        prometheus: 'node_network_carrier_changes_total',
        ...sys,
      },
    ),
    'interfaces[].wifi.signalDbm': gauge(
      'system.network.wifi.signal',
      '{dBm}',
      'Strength of the wireless signal.',
      {
        prometheus: 'node_wifi_station_signal_dbm',
        ...wireless,
      },
    ),
    'interfaces[].wifi.quality': gauge(
      'system.network.wifi.quality',
      '1',
      'Quality of the wireless link, by its driver.',
      {
        prometheus: 'pulsewire_wifi_quality_ratio',
        ...wireless,
      },
    ),
    'interfaces[].rxBytes': counter('system.network.io', 'By', 'Bytes received.', {
      attributes: receive,
      prometheus: 'node_network_receive_bytes_total',
    }),
    'interfaces[].rxPackets': counter('system.network.packet.count', '{packet}', 'Packets received.', {
      attributes: receive,
      prometheus: 'node_network_receive_packets_total',
    }),
    'interfaces[].rxErrors': counter('system.network.errors', '{error}', 'Packets that arrived damaged.', {
      attributes: receive,
      prometheus: 'node_network_receive_errs_total',
    }),
    'interfaces[].rxDropped': counter(
      'system.network.packet.dropped',
      '{packet}',
      'Packets received and thrown away.',
      {
        attributes: receive,
        prometheus: 'node_network_receive_drop_total',
      },
    ),
    'interfaces[].txBytes': counter('system.network.io', 'By', 'Bytes sent.', {
      attributes: transmit,
      prometheus: 'node_network_transmit_bytes_total',
    }),
    'interfaces[].txPackets': counter('system.network.packet.count', '{packet}', 'Packets sent.', {
      attributes: transmit,
      prometheus: 'node_network_transmit_packets_total',
    }),
    'interfaces[].txErrors': counter('system.network.errors', '{error}', 'Packets that could not be sent.', {
      attributes: transmit,
      prometheus: 'node_network_transmit_errs_total',
    }),
    'interfaces[].txDropped': counter(
      'system.network.packet.dropped',
      '{packet}',
      'Packets thrown away before sending.',
      {
        attributes: transmit,
        prometheus: 'node_network_transmit_drop_total',
      },
    ),
  },
);
