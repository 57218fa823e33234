using Redactor.Forward;

namespace Redactor.Tests.Forward;

/// <summary>An exporter that answers as the test says and remembers what it was given.</summary>
/// <param name="answer">Makes the outcome of each attempt.</param>
/// <param name="name">Its name.</param>
/// <param name="signals">The signals that it takes; all if none is named.</param>
internal sealed class ScriptedExporter(Func<RedactedPayload, CancellationToken, Task<ExportOutcome>> answer, string name = "scripted", params Signal[] signals) : IExporter
{
    private readonly List<byte[]> seen = [];

    public string Name => name;

    public string Destination => "nowhere";

    public IReadOnlyList<Signal> Signals => signals.Length == 0 ? Enum.GetValues<Signal>() : signals;

    /// <summary>The bytes of every payload in the order of the attempts.</summary>
    public IReadOnlyList<byte[]> Seen
    {
        get
        {
            lock (seen)
            {
                return [.. seen];
            }
        }
    }

    /// <summary>Answers the attempts one after the other; the last answer holds for all further ones.</summary>
    public static ScriptedExporter Answering(params ExportOutcome[] outcomes)
    {
        int attempts = 0;
        return new ScriptedExporter((_, _) => Task.FromResult(outcomes[Math.Min(Interlocked.Increment(ref attempts), outcomes.Length) - 1]));
    }

    public Task<ExportOutcome> ExportAsync(RedactedPayload payload, CancellationToken cancellation)
    {
        lock (seen)
        {
            seen.Add(payload.Bytes.ToArray());
        }

        return answer(payload, cancellation);
    }

    public void Dispose()
    {
    }
}
