// Traceloop's OpenLLMetry SDK with its instrumentation of OpenAI's client: protobuf to ENDPOINT/v1/traces, with a Bearer token.
import * as traceloop from '@traceloop/node-server-sdk';
import { load, talk } from './openai.mjs';
import { answer, conversation, endpoint, error, fillSpan, spanName } from './planted.mjs';

const OpenAI = load();
traceloop.initialize({
  instrumentModules: { openAI: OpenAI },
  appName: 'interop', baseUrl: endpoint, apiKey: 'traceloop-interop', disableBatch: false, silenceInitializationMessage: true, tracingEnabled: true,
});
await traceloop.withWorkflow({ name: 'chat', inputParameters: [{ conversation }] }, async () => {
  fillSpan(traceloop.getTraceloopTracer().startSpan(spanName));
  await traceloop.withTask({ name: 'connect', inputParameters: conversation }, async () => { throw error; }).catch(() => {});
  await talk(OpenAI);
  return answer;
});
await traceloop.forceFlush();
