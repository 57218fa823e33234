// Arize Phoenix's SDK: protobuf to ENDPOINT/v1/traces, with a Bearer token.
import { register } from '@arizeai/phoenix-otel';
import { answer, endpoint, fillSpan, prompt, spanName } from './planted.mjs';

const provider = register({ projectName: 'interop', url: endpoint, apiKey: 'phoenix-interop', batch: true, global: false });
const span = provider.getTracer('interop').startSpan(spanName);
span.setAttribute('openinference.span.kind', 'LLM');
span.setAttribute('input.value', prompt);
span.setAttribute('llm.input_messages.0.message.content', prompt);
span.setAttribute('llm.output_messages.0.message.content', answer);
fillSpan(span);
await provider.shutdown();
