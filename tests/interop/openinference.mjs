// OpenInference's instrumentation of OpenAI's client, as Phoenix takes it: protobuf to ENDPOINT/v1/traces.
import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { load, talk } from './openai.mjs';
import { endpoint, spanName } from './planted.mjs';

const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }))] });
provider.register();
const OpenAI = load();
new OpenAIInstrumentation({ tracerProvider: provider }).manuallyInstrument(OpenAI);
await provider.getTracer('app').startActiveSpan(spanName, async (span) => { await talk(OpenAI); span.end(); });
await provider.shutdown();
