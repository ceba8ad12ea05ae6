import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProcessTree } from '../collectors/process/testing/process-tree.ts';
import { reniceProcess, signalProcess, type ProcessSystem } from './act-on-process.ts';

let tree: ProcessTree;
let calls: [number, string | number][];
let system: ProcessSystem;
const target = { pid: 70, startTicks: 500 };

beforeEach(() => {
  tree = new ProcessTree();
  calls = [];
  system = {
    procRoot: tree.root,
    ownPid: 99,
    kill: (pid, signal) => void calls.push([pid, signal]),
    setPriority: (thread, priority) => void calls.push([thread, priority]),
  };
  tree.put(70, { name: 'victim', startTicks: 500 });
});

afterEach(() => {
  tree[Symbol.dispose]();
});

function failing(code: string, isWrapped = false): ProcessSystem {
  const fail = (): never => {
    throw Object.assign(new Error(code), isWrapped ? { code: 'ERR_SYSTEM_ERROR', info: { code } } : { code });
  };
  return { ...system, kill: fail, setPriority: fail };
}

describe('a signal', () => {
  it.each([
    ['end', 'SIGTERM'],
    ['kill', 'SIGKILL'],
    ['stop', 'SIGSTOP'],
    ['continue', 'SIGCONT'],
  ] as const)('to %s a process is %s', (action, signal) => {
    expect(signalProcess(system, target, action).name).toBe('victim');
    expect(calls).toEqual([[70, signal]]);
  });

  it('promise: killing the wrong process: is not sent where the process has ended, or its number is another’s by now', () => {
    expect(() => signalProcess(system, { pid: 71, startTicks: 500 }, 'kill')).toThrow(
      'Process 71 has ended.',
    );
    tree.put(70, { name: 'bystander', startTicks: 501 });
    expect(() => signalProcess(system, target, 'kill')).toThrow(
      'Process 70 has ended, and its number is another’s now: bystander.',
    );
    expect(calls).toEqual([]);
  });

  it('is not sent to Pulsewire itself, to the dead, to the kernel, or to what cannot be told', () => {
    tree.put(99, { startTicks: 500 });
    expect(() => signalProcess(system, { pid: 99, startTicks: 500 }, 'kill')).toThrow('Pulsewire itself');
    tree.put(70, { startTicks: 500, state: 'Z', parentPid: 8 });
    expect(() => signalProcess(system, target, 'kill')).toThrow('until its parent, process 8,');
    tree.put(70, { startTicks: 500, flags: 0x20_8040 });
    expect(() => signalProcess(system, target, 'kill')).toThrow('part of the kernel');
    tree.stat(70, 'nonsense');
    expect(() => signalProcess(system, target, 'kill')).toThrow('cannot be used');
    expect(calls).toEqual([]);
  });

  it('that the system refuses comes with the command that sends it', () => {
    const refused = expect.objectContaining({ code: 'needsPermission', remedy: 'sudo kill -s TERM 70' });
    expect(() => signalProcess(failing('EPERM'), target, 'end')).toThrow(refused);
    expect(() => signalProcess(failing('ESRCH'), target, 'end')).toThrow('Process 70 has ended.');
  });
});

describe('a new priority', () => {
  it('is given to every thread, that of the process first', () => {
    for (const thread of [70, 71, 72])
      mkdirSync(join(tree.folder(70), 'task', String(thread)), { recursive: true });
    reniceProcess(system, target, 5);
    expect(calls[0]).toEqual([70, 5]);
    expect(calls.toSorted()).toEqual([[70, 5], [71, 5], [72, 5]]); // prettier-ignore
  });

  it('is given although a thread has ended meanwhile', () => {
    mkdirSync(join(tree.folder(70), 'task', '71'), { recursive: true });
    const setPriority = (thread: number, priority: number): void => {
      if (thread === 71) failing('ESRCH', true).setPriority(thread, priority);
      calls.push([thread, priority]);
    };
    reniceProcess({ ...system, setPriority }, target, 5);
    expect(calls).toEqual([[70, 5]]);
  });

  it('that the system refuses comes with the command that gives it', () => {
    const remedy = 'sudo renice -n -5 -p $(ls /proc/70/task)';
    for (const code of ['EPERM', 'EACCES']) {
      const refused = expect.objectContaining({ code: 'needsPermission', remedy });
      expect(() => reniceProcess(failing(code, true), target, -5)).toThrow(refused);
    }
    expect(() => reniceProcess(system, { ...target, startTicks: 1 }, 5)).toThrow('is another’s now');
    expect(() => reniceProcess(system, { pid: 99, startTicks: 1 }, 5)).toThrow('Pulsewire itself');
    expect(calls).toEqual([]);
  });
});
