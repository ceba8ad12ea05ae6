export * from './access-methods.ts';
export * from './client-messages.ts';
export * from './codec.ts';
export * from './limits.ts';
export * from './pairing.ts';
export * from './scope.ts';
export * from './server-messages.ts';
export * from './version.ts';
