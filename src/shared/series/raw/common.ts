import * as v from 'valibot';

/** A figure that is never negative: a counter or a gauge. */
export const count = v.pipe(v.number(), v.finite(), v.minValue(0));
/** A figure that may be below zero, such as a temperature. */
export const signed = v.pipe(v.number(), v.finite());
/** A name that the machine gives, which is anybody's text: shown as it is, never run. */
export const name = v.pipe(v.string(), v.maxLength(4096));

/**
 * Pressure stall information: for how long, since boot, some or all runnable tasks waited for the resource.
 * Source: /proc/pressure, Documentation/accounting/psi.rst. `fullMicros` is null where the kernel does not tell it.
 */
export const pressureSchema = v.object({ someMicros: count, fullMicros: v.nullable(count) });
export type Pressure = v.InferOutput<typeof pressureSchema>;
