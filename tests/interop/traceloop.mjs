// Traceloop's OpenLLMetry SDK: protobuf to ENDPOINT/v1/traces, with a Bearer token.
import * as traceloop from '@traceloop/node-server-sdk';
import { answer, endpoint, error, fillSpan, prompt, spanName } from './planted.mjs';

traceloop.initialize({
  appName: 'interop', baseUrl: endpoint, apiKey: 'traceloop-interop', disableBatch: false, silenceInitializationMessage: true, tracingEnabled: true,
});
await traceloop.withWorkflow({ name: 'chat', inputParameters: [{ prompt }] }, async () => {
  fillSpan(traceloop.getTraceloopTracer().startSpan(spanName));
  await traceloop.withTask({ name: 'connect', inputParameters: [prompt] }, async () => { throw error; }).catch(() => {});
  return answer;
});
await traceloop.forceFlush();
