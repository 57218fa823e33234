using System.Buffers;
using System.Text.Json;

namespace Redactor.Forward;

/// <summary>Writes each payload as an indented JSON document, for people and for <c>jq</c>. Documents never mix; a slow reader slows the senders.</summary>
public sealed class DebugExporter(DebugExporterOptions options, Stream output) : IExporter
{
    /// <summary>As deep as a message can nest, and the lists between the levels.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 4096 };

    private readonly SemaphoreSlim writing = new(1);

    public string Name => options.Name;

    public string Destination => "standard output";

    public IReadOnlyList<Signal> Signals => options.Signals;

    public async Task<ExportOutcome> ExportAsync(RedactedPayload payload, CancellationToken cancellation)
    {
        if (!TryWrite(payload, out var document))
        {
            return new ExportOutcome.Refused(Refusal.Malformed, "not an OTLP request");
        }

        await writing.WaitAsync(cancellation);
        try
        {
            await output.WriteAsync(document, cancellation);
            await output.FlushAsync(cancellation);
            return ExportOutcome.Success;
        }
        catch (IOException)
        {
            return new ExportOutcome.Retryable($"{Name}: standard output can't be written");
        }
        finally
        {
            writing.Release();
        }
    }

    public void Dispose() => writing.Dispose();

    private static bool TryWrite(RedactedPayload payload, out ReadOnlyMemory<byte> document)
    {
        if (!OtlpForm.TryToJson(payload, out document))
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(document, Deep);
            var indented = new ArrayBufferWriter<byte>(document.Length * 2);
            using (var writer = new Utf8JsonWriter(indented, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                json.WriteTo(writer);
            }

            indented.Write("\n"u8);
            document = indented.WrittenMemory;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
