// The probe process of the host under measurement, compiled beside it.
import '../src/node/probe/probe-process.ts';
