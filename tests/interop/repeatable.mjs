// Makes a run of a client repeatable, so that what it sends through Redactor can be compared with what it sends directly:
// time stands still, the process always has the same id, and random numbers come out in the same order. Loaded with `node --import`.
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

const now = Date.UTC(2026, 0, 2, 3, 4, 5);
Date.now = () => now;
Object.defineProperty(performance, 'timeOrigin', { value: now });
performance.now = () => 0;
process.hrtime = Object.assign(() => [0, 0], { bigint: () => 0n });
globalThis.Date = class extends Date {
  constructor(...args) {
    super(...(args.length === 0 ? [now] : args));
  }
};

Object.defineProperty(process, 'pid', { value: 4242 });

let state = 42;
Math.random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // the linear congruential generator of Numerical Recipes
  return state / 2 ** 32;
};

const fill = (bytes) => {
  const view = new Uint8Array(bytes.buffer ?? bytes, bytes.byteOffset ?? 0, bytes.byteLength);
  for (let i = 0; i < view.length; i++) {
    view[i] = Math.random() * 256;
  }
  return bytes;
};
crypto.randomBytes = (size) => fill(Buffer.alloc(size));
crypto.randomFillSync = fill;
crypto.webcrypto.getRandomValues = fill;
crypto.randomUUID = crypto.webcrypto.randomUUID = () =>
  crypto.randomBytes(16).toString('hex').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
syncBuiltinESMExports();
