import { describe, expect, it } from 'vitest';
import { parsePressure } from './parse-pressure.ts';

const parse = (text: string): ReturnType<typeof parsePressure> => parsePressure(Buffer.from(text));

describe('the pressure of a resource', () => {
  it('is the time that some and that all tasks waited', () => {
    const text =
      'some avg10=1.49 avg60=1.70 avg300=6.97 total=114014022\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=12\n';
    expect(parse(text)).toEqual({ someMicros: 114_014_022, fullMicros: 12 });
  });

  it('has no full line for the processor of kernels before 5.13', () => {
    const text = 'some avg10=0.00 avg60=0.00 avg300=0.00 total=7\n';
    expect(parse(text)).toEqual({ someMicros: 7, fullMicros: null });
  });

  it.each(['', 'some', 'some ', 'some avg10=0.00\n', 'full total=5\n', 'some total=-3', 'some total=', 'some total=1e5'])(
    'is unknown, not zero, where the file says %j',
    (text) => {
      expect(parse(text)).toBeNull();
    },
  ); // prettier-ignore

  it('is not read from a number that no counter can have', () => {
    expect(parse(`some total=${'9'.repeat(400)}`)).toBeNull();
  });
});
