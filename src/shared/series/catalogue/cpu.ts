import { counter, defineTopic, gauge, identifier } from './metric.ts';

const states = {
  user: 'on programs in user mode',
  nice: 'on programs of lowered priority in user mode',
  system: 'in the kernel on behalf of programs',
  idle: 'without work',
  iowait: 'without work while a disk was being waited for',
  irq: 'on hardware interrupts',
  softirq: 'on interrupts that the kernel put off',
  steal: 'in which this virtual machine was ready and the host ran something else',
} as const;
type State = keyof typeof states;

const totalTime = (state: State) =>
  counter('system.cpu.time', '{tick}', `Time of all cores together ${states[state]}.`, {
    attributes: { 'cpu.mode': deriveMode(state) },
  });
const coreTime = (state: State) =>
  counter('system.cpu.time', '{tick}', `Time of one core ${states[state]}.`, {
    attributes: { 'cpu.mode': deriveMode(state) },
    prometheus: {
      name: 'node_cpu_seconds_total',
      labels: { mode: state },
      help: 'Time that each core spent in each state.',
    },
  });
const guestTime = (mode: 'user' | 'nice', whose: string) =>
  counter(
    'system.cpu.linux.guest.time',
    '{tick}',
    `Time of ${whose} in guests of this host, ${mode} time too.`,
    {
      attributes: { 'cpu.mode': mode },
    },
  );
const coreGuestTime = (mode: 'user' | 'nice') => ({
  ...guestTime(mode, 'one core'),
  prometheus: {
    name: 'node_cpu_guest_seconds_total',
    labels: { mode },
    help: 'Time that each core spent in guests, counted in node_cpu_seconds_total too.',
  },
});

/** The conventions know interrupts of one kind; the soft ones keep the kernel's name. */
function deriveMode(state: State): string {
  return state === 'irq' ? 'interrupt' : state;
}

const cgroup = { source: 'cpu.max and cpu.stat of the control group' };

/** Figures of the topic `cpu`. */
export const cpuCatalogue = defineTopic(
  'cpu',
  '/proc/stat',
  { 'cores[]': { attributes: { 'cpu.logical_number': 'id' }, labels: { cpu: 'id' } } },
  {
    ticksPerSecond: identifier('How many ticks, in which times are counted here, make a second.'),
    'total.user': totalTime('user'),
    'total.nice': totalTime('nice'),
    'total.system': totalTime('system'),
    'total.idle': totalTime('idle'),
    'total.iowait': totalTime('iowait'),
    'total.irq': totalTime('irq'),
    'total.softirq': totalTime('softirq'),
    'total.steal': totalTime('steal'),
    'total.guest': guestTime('user', 'all cores'),
    'total.guestNice': guestTime('nice', 'all cores'),
    'cores[].id': identifier('The kernel’s number of the core.'),
    'cores[].times.user': coreTime('user'),
    'cores[].times.nice': coreTime('nice'),
    'cores[].times.system': coreTime('system'),
    'cores[].times.idle': coreTime('idle'),
    'cores[].times.iowait': coreTime('iowait'),
    'cores[].times.irq': coreTime('irq'),
    'cores[].times.softirq': coreTime('softirq'),
    'cores[].times.steal': coreTime('steal'),
    'cores[].times.guest': coreGuestTime('user'),
    'cores[].times.guestNice': coreGuestTime('nice'),
    'cores[].frequencyHz': gauge('system.cpu.frequency', 'Hz', 'How fast the core is clocked now.', {
      prometheus: 'node_cpu_scaling_frequency_hertz',
      source: 'cpufreq/scaling_cur_freq',
    }),
    'cores[].minFrequencyHz': gauge('hw.cpu.speed.limit', 'Hz', 'The slowest that the core may be clocked.', {
      attributes: { 'hw.limit_type': 'min' },
      prometheus: 'node_cpu_frequency_min_hertz',
      source: 'cpufreq/cpuinfo_min_freq',
    }),
    'cores[].maxFrequencyHz': gauge('hw.cpu.speed.limit', 'Hz', 'The fastest that the core may be clocked.', {
      attributes: { 'hw.limit_type': 'max' },
      prometheus: 'node_cpu_frequency_max_hertz',
      source: 'cpufreq/cpuinfo_max_freq',
    }),
    'cores[].throttles': counter(
      'hw.cpu.throttles',
      '{event}',
      'How often the core was slowed down for heat.',
      {
        prometheus: 'pulsewire_cpu_throttles_total',
        source: 'thermal_throttle/core_throttle_count',
      },
    ),
    'load.one': gauge(
      'system.cpu.load_average.1m',
      '{thread}',
      'Tasks running or waiting, mean of one minute.',
      {
        prometheus: 'node_load1',
        source: '/proc/loadavg',
      },
    ),
    'load.five': gauge(
      'system.cpu.load_average.5m',
      '{thread}',
      'Tasks running or waiting, mean of five minutes.',
      {
        prometheus: 'node_load5',
        source: '/proc/loadavg',
      },
    ),
    'load.fifteen': gauge(
      'system.cpu.load_average.15m',
      '{thread}',
      'Tasks running or waiting, mean of fifteen minutes.',
      { prometheus: 'node_load15', source: '/proc/loadavg' },
    ),
    runnable: gauge('system.cpu.linux.runnable', '{thread}', 'Tasks that run or wait for a core now.', {
      prometheus: 'node_procs_running',
    }),
    blocked: gauge('system.cpu.linux.blocked', '{thread}', 'Tasks that wait for a disk now.', {
      prometheus: 'node_procs_blocked',
    }),
    contextSwitches: counter(
      'system.cpu.context_switches',
      '{context_switch}',
      'How often a core turned from one task to another.',
      { prometheus: 'node_context_switches_total' },
    ),
    interrupts: counter('system.cpu.interrupts', '{interrupt}', 'Interrupts served.', {
      prometheus: 'node_intr_total',
    }),
    forks: counter('system.process.created', '{process}', 'Processes and threads started.', {
      prometheus: 'node_forks_total',
    }),
    'pressure.someMicros': counter(
      'system.linux.pressure.time',
      'us',
      'Time in which at least one task waited for a core.',
      {
        attributes: { 'system.resource': 'cpu', 'system.pressure': 'some' },
        prometheus: 'node_pressure_cpu_waiting_seconds_total',
        source: '/proc/pressure/cpu',
      },
    ),
    'pressure.fullMicros': counter(
      'system.linux.pressure.time',
      'us',
      'Time in which all tasks of the group waited for a core.',
      { attributes: { 'system.resource': 'cpu', 'system.pressure': 'full' }, source: '/proc/pressure/cpu' },
    ),
    'cgroup.limitCores': gauge(
      'pulsewire.cgroup.cpu.limit',
      '{cpu}',
      'How many cores’ worth of time may be used.',
      {
        prometheus: 'pulsewire_cgroup_cpu_limit_cores',
        ...cgroup,
      },
    ),
    'cgroup.usageMicros': counter(
      'pulsewire.cgroup.cpu.time',
      'us',
      'Time that the own control group has used.',
      {
        prometheus: 'pulsewire_cgroup_cpu_seconds_total',
        ...cgroup,
      },
    ),
    'cgroup.periods': counter(
      'pulsewire.cgroup.cpu.periods',
      '{period}',
      'Periods in which the limit was enforced.',
      {
        prometheus: 'pulsewire_cgroup_cpu_periods_total',
        ...cgroup,
      },
    ),
    'cgroup.throttledPeriods': counter(
      'pulsewire.cgroup.cpu.throttled_periods',
      '{period}',
      'Periods that were cut short by the limit.',
      { prometheus: 'pulsewire_cgroup_cpu_throttled_periods_total', ...cgroup },
    ),
    'cgroup.throttledMicros': counter(
      'pulsewire.cgroup.cpu.throttled_time',
      'us',
      'Time in which the own control group was held back by its limit.',
      { prometheus: 'pulsewire_cgroup_cpu_throttled_seconds_total', ...cgroup },
    ),
  },
);
