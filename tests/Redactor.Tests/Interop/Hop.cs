using System.Text;
using Redactor.Otlp;

namespace Redactor.Tests.Interop;

/// <summary>A running Redactor between the tests and a backend; one for all tests of a class.</summary>
public sealed class Hop : IAsyncLifetime
{
    internal RecordingBackend Backend { get; private set; } = null!;

    internal RedactorProcess Redactor { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Backend = await RecordingBackend.StartAsync();
        Redactor = await RedactorProcess.StartAsync(Backend.Server);
    }

    public async Task DisposeAsync()
    {
        Redactor.Dispose();
        await Backend.DisposeAsync();
    }

    /// <summary>Asserts that the backend got what was sent, whole and without secrets, over both of the hop's exporters; and that the hop told no secret either.</summary>
    internal void AssertWholeAndClean(Arrival[] sent, Arrival[] arrived)
    {
        AssertPlanted(sent);
        AssertSame(sent, [.. arrived.Where(a => a.OverGrpc)]);
        AssertSame(sent, [.. arrived.Where(a => !a.OverGrpc)]);
        Assert.DoesNotContain(PlantedSecrets.Instance.All, secret => Redactor.Output.Contains(secret, StringComparison.Ordinal));
    }

    /// <summary>Every convention of conversations has arrived with a secret in it: some clients leave out spans that they don't know.</summary>
    internal static void AssertConversationsPlanted(Arrival[] sent)
    {
        var attributes = sent.Select(a => a.Message).OfType<ExportTraceServiceRequest>()
            .SelectMany(m => m.ResourceSpans).SelectMany(r => r.ScopeSpans).SelectMany(s => s.Spans).SelectMany(s => s.Attributes).ToArray();

        Assert.All(
            ["gen_ai.", "llm.", "langfuse.", "traceloop.", "mlflow.", "ai.", "langsmith."],
            convention => Assert.Contains(attributes, a =>
                a.Key.StartsWith(convention, StringComparison.Ordinal) && a.Value.StringValue.Contains(PlantedSecrets.Instance.Prompt, StringComparison.Ordinal)));
    }

    /// <summary>Each attribute, or log record by the name of its event, has arrived with a secret in it.</summary>
    internal static void AssertPlantedIn(Arrival[] sent, string[] places)
    {
        var attributes = sent.Select(a => a.Message).OfType<ExportTraceServiceRequest>()
            .SelectMany(m => m.ResourceSpans).SelectMany(r => r.ScopeSpans).SelectMany(s => s.Spans).SelectMany(s => s.Attributes)
            .Select(a => (Place: a.Key, Text: a.Value.ToString()));
        var events = sent.Select(a => a.Message).OfType<ExportLogsServiceRequest>()
            .SelectMany(m => m.ResourceLogs).SelectMany(r => r.ScopeLogs).SelectMany(s => s.LogRecords)
            .Select(record => (Place: record.Attributes.FirstOrDefault(a => a.Key == "event.name")?.Value.StringValue ?? record.EventName, Text: record.Body.ToString()));
        var planted = attributes.Concat(events).Where(text => PlantedSecrets.Instance.All.Any(secret => text.Text.Contains(secret, StringComparison.Ordinal))).Select(text => text.Place);
        Assert.Subset(planted.ToHashSet(), places.ToHashSet());
    }

    /// <summary>What every client sends holds the five secrets that belong there; a test without them would prove nothing.</summary>
    private static void AssertPlanted(Arrival[] sent)
    {
        var planted = PlantedSecrets.Instance;
        string all = string.Concat(sent.Where(a => a.Signal is Signal.Traces or Signal.Logs).Select(a => Encoding.UTF8.GetString(a.Bytes)));

        Assert.All(
            [planted.Prompt, planted.Answer, planted.Header, planted.Exception, planted.Name],
            secret => Assert.Contains(secret, all, StringComparison.Ordinal));
    }

    private static void AssertSame(Arrival[] sent, Arrival[] arrived)
    {
        Assert.Equal(sent.Select(a => a.Signal), arrived.Select(a => a.Signal));
        foreach (var (before, after) in sent.Zip(arrived))
        {
            string text = Encoding.UTF8.GetString(after.Bytes);
            Assert.DoesNotContain(PlantedSecrets.Instance.All, secret => text.Contains(secret, StringComparison.Ordinal));
            Assert.Empty(MessageComparison.Mistakes(before.Message, after.Message, PlantedSecrets.Instance.All));
        }
    }
}
