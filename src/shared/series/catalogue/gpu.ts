import { defineTopic, gauge } from './metric.ts';

/** Figures of the topic `gpu`. */
export const gpuCatalogue = defineTopic(
  'gpu',
  'nvidia-smi, or /sys/class/drm',
  {
    'devices[]': {
      attributes: { 'hw.id': 'id', 'hw.name': 'name', 'hw.vendor': 'vendor' },
      labels: { gpu: 'id', name: 'name', vendor: 'vendor' },
    },
  },
  {
    'devices[].busy': gauge('hw.gpu.utilization', '1', 'Share of the time with work.', {
      prometheus: 'pulsewire_gpu_busy_ratio',
    }),
    'devices[].memoryUsedBytes': gauge('hw.gpu.memory.usage', 'By', 'Its own memory in use.', {
      prometheus: 'pulsewire_gpu_memory_used_bytes',
    }),
    'devices[].memoryTotalBytes': gauge('hw.gpu.memory.limit', 'By', 'Its own memory.', {
      prometheus: 'pulsewire_gpu_memory_size_bytes',
    }),
    'devices[].temperatureCelsius': gauge('hw.temperature', 'Cel', 'Temperature of the graphics processor.', {
      attributes: { 'hw.type': 'gpu' },
      prometheus: 'pulsewire_gpu_temperature_celsius',
    }),
    'devices[].powerWatts': gauge('hw.power', 'W', 'Power that it takes now.', {
      attributes: { 'hw.type': 'gpu' },
      prometheus: 'pulsewire_gpu_power_watts',
    }),
    'devices[].powerLimitWatts': gauge('hw.power.limit', 'W', 'Power that it may take.', {
      attributes: { 'hw.type': 'gpu' },
      prometheus: 'pulsewire_gpu_power_limit_watts',
    }),
    'devices[].frequencyHz': gauge('hw.gpu.speed', 'Hz', 'How fast it is clocked now.', {
      prometheus: 'pulsewire_gpu_frequency_hertz',
    }),
    'devices[].maxFrequencyHz': gauge('hw.gpu.speed.limit', 'Hz', 'The fastest that it may be clocked.', {
      attributes: { 'hw.limit_type': 'max' },
      prometheus: 'pulsewire_gpu_frequency_max_hertz',
    }),
    'devices[].memoryFrequencyHz': gauge('hw.gpu.memory.speed', 'Hz', 'How fast its memory is clocked now.', {
      prometheus: 'pulsewire_gpu_memory_frequency_hertz',
    }),
    'devices[].fan': gauge('hw.fan.speed_ratio', '1', 'Speed of its fan.', {
      attributes: { 'hw.type': 'gpu' },
      prometheus: 'pulsewire_gpu_fan_ratio',
    }),
  },
);
