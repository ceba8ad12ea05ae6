import { counter, defineTopic, gauge, identifier } from './metric.ts';

/** `word` is the conventions' name of the state, `node` that of node_exporter. */
const tcpState = (word: string, node: string, meaning: string) =>
  gauge('system.network.connection.count', '{connection}', `TCP sockets ${meaning}.`, {
    attributes: { 'network.transport': 'tcp', 'network.connection.state': word },
    prometheus: {
      name: 'node_tcp_connection_states',
      labels: { state: node },
      help: 'TCP sockets in each state.',
    },
    source: '/proc/net/tcp and tcp6',
  });
const segments = (name: string, text: string, prometheus: string) =>
  counter(`system.network.tcp.segments.${name}`, '{segment}', text, { prometheus });
const connections = (name: string, text: string, prometheus: string) =>
  counter(`system.network.tcp.${name}`, '{connection}', text, { prometheus });
const datagrams = (name: string, text: string, prometheus: string) =>
  counter(`system.network.udp.${name}`, '{datagram}', text, { prometheus });

/** Figures of the topic `socket`. */
export const socketCatalogue = defineTopic(
  'socket',
  '/proc/net/snmp and netstat',
  {},
  {
    'tcpStates.established': tcpState('established', 'established', 'that are connected'),
    'tcpStates.synSent': tcpState('syn_sent', 'syn_sent', 'that asked for a connection'),
    'tcpStates.synReceived': tcpState('syn_received', 'syn_recv', 'that were asked for a connection'),
    'tcpStates.finWait1': tcpState('fin_wait_1', 'fin_wait1', 'that were closed here, not yet acknowledged'),
    'tcpStates.finWait2': tcpState(
      'fin_wait_2',
      'fin_wait2',
      'that were closed here and wait for the other side',
    ),
    'tcpStates.timeWait': tcpState('time_wait', 'time_wait', 'that wait for stragglers after their end'),
    'tcpStates.closed': tcpState('closed', 'close', 'that are closed'),
    'tcpStates.closeWait': tcpState(
      'close_wait',
      'close_wait',
      'that the other side closed and the program has not',
    ),
    'tcpStates.lastAck': tcpState('last_ack', 'last_ack', 'that wait for the last acknowledgement'),
    'tcpStates.listen': tcpState('listen', 'listen', 'that wait for connections'),
    'tcpStates.closing': tcpState('closing', 'closing', 'that both sides close at once'),
    tablesAgeMs: gauge(
      'system.network.connection.age',
      'ms',
      'How old the states and the listeners are, whose tables are read less often.',
      { prometheus: 'pulsewire_socket_tables_age_seconds' },
    ),
    udpSockets: gauge('system.network.udp.sockets', '{socket}', 'UDP sockets in use.', {
      prometheus: 'pulsewire_udp_sockets',
      source: '/proc/net/sockstat',
    }),
    unixSockets: gauge('system.network.unix.sockets', '{socket}', 'Unix sockets in use.', {
      prometheus: 'pulsewire_unix_sockets',
      source: '/proc/net/protocols',
    }),
    tcpMemoryBytes: gauge('system.network.tcp.memory', 'By', 'Memory that TCP’s buffers take.', {
      prometheus: 'node_sockstat_TCP_mem_bytes',
      source: '/proc/net/sockstat',
    }),
    sentSegments: segments('sent', 'TCP segments sent.', 'node_netstat_Tcp_OutSegs'),
    receivedSegments: segments('received', 'TCP segments received.', 'node_netstat_Tcp_InSegs'),
    retransmittedSegments: segments(
      'retransmitted',
      'TCP segments sent again.',
      'node_netstat_Tcp_RetransSegs',
    ),
    activeOpens: connections('active_opens', 'Connections opened from here.', 'node_netstat_Tcp_ActiveOpens'),
    passiveOpens: connections(
      'passive_opens',
      'Connections opened from elsewhere.',
      'node_netstat_Tcp_PassiveOpens',
    ),
    failedAttempts: connections(
      'failed_attempts',
      'Connections that did not come about.',
      'node_netstat_Tcp_AttemptFails',
    ),
    establishedResets: connections(
      'resets',
      'Connections that were cut off.',
      'node_netstat_Tcp_EstabResets',
    ),
    listenOverflows: connections(
      'listen_overflows',
      'Connections lost because nobody accepted them in time.',
      'node_netstat_TcpExt_ListenOverflows',
    ),
    udpReceived: datagrams('received', 'UDP datagrams received.', 'node_netstat_Udp_InDatagrams'),
    udpSent: datagrams('sent', 'UDP datagrams sent.', 'node_netstat_Udp_OutDatagrams'),
    udpErrors: datagrams('errors', 'UDP datagrams that could not be delivered.', 'node_netstat_Udp_InErrors'),
    listenersOmitted: gauge(
      'system.network.listener.omitted',
      '{socket}',
      'Listening sockets beyond those that are listed.',
      { prometheus: 'pulsewire_listeners_omitted' },
    ),
    'listeners[].port': identifier('The port.'),
    'listeners[].pid': identifier('The process that listens.'),
  },
);
