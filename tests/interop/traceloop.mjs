// Traceloop's OpenLLMetry SDK: protobuf to ENDPOINT/v1/traces, with a Bearer token.
import * as traceloop from '@traceloop/node-server-sdk';
import { answer, conversation, endpoint, error, fillSpan, spanName } from './planted.mjs';

traceloop.initialize({
  appName: 'interop', baseUrl: endpoint, apiKey: 'traceloop-interop', disableBatch: false, silenceInitializationMessage: true, tracingEnabled: true,
});
await traceloop.withWorkflow({ name: 'chat', inputParameters: [{ conversation }] }, async () => {
  fillSpan(traceloop.getTraceloopTracer().startSpan(spanName));
  await traceloop.withTask({ name: 'connect', inputParameters: conversation }, async () => { throw error; }).catch(() => {});
  return answer;
});
await traceloop.forceFlush();
