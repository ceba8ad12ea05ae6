import { describe, expect, it } from 'vitest';
import { FrameTicker } from './frame-ticker.ts';

/** A ticker whose frames and time are turned by hand. */
function createTicker() {
  const frames: (() => void)[] = [];
  let nowMs = 0;
  const ticker = new FrameTicker<string>({ requestFrame: (draw) => frames.push(draw), nowMs: () => nowMs });
  return {
    ticker,
    frames,
    frame: () => frames.shift()?.(),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('FrameTicker', () => {
  it('asks for one frame however much changes, and for none while nothing does', () => {
    const { ticker, frames, frame } = createTicker();
    const heard: string[][] = [];
    ticker.onFrame((changes) => heard.push([...changes]));
    ticker.mark(['cpu']);
    ticker.mark(['memory', 'cpu']);
    expect(frames).toHaveLength(1);
    frame();
    expect(heard).toEqual([['cpu', 'memory']]);
    expect(frames).toHaveLength(0);
  });

  it('spreads much work over frames, and calls each once for all that changed meanwhile', () => {
    const { ticker, frames, frame, pass } = createTicker();
    const heard: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      ticker.onFrame((changes) => {
        heard.push(`${name}:${[...changes].join('+')}`);
        pass(20);
      });
    }
    ticker.mark(['cpu']);
    frame();
    expect(heard).toEqual(['a:cpu']);
    ticker.mark(['disk']);
    frame();
    frame();
    frame();
    expect(heard).toEqual(['a:cpu', 'b:cpu+disk', 'c:cpu+disk', 'a:disk']);
    expect(frames).toHaveLength(0);
  });

  it('does not call who has left meanwhile', () => {
    const { ticker, frame, pass } = createTicker();
    const heard: string[] = [];
    ticker.onFrame(() => {
      heard.push('first');
      pass(20);
    });
    const leave = ticker.onFrame(() => heard.push('second'));
    ticker.mark(['cpu']);
    frame();
    leave();
    frame();
    expect(heard).toEqual(['first']);
  });
});
