using System.IO.Pipelines;
using Redactor.Redact;
using Redactor.Rules;

namespace Redactor.Cli;

/// <summary>Masks plain text on its way: in large pieces while there is input, line by line when it pauses.</summary>
internal static class TextPipe
{
    /// <summary>A pause of the input after which complete lines go out: too short for a person to see, longer than a busy writer needs.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Masks until the input ends; there is no text that it can't mask, so it returns null.</summary>
    public static async Task<string?> RunAsync(PipeReader input, PipeOutput output, RuleSet rules, CancellationToken cancellation)
    {
        var text = new TextStream(rules);
        while (true)
        {
            var reading = input.ReadAsync(cancellation).AsTask();
            if (!reading.IsCompleted && await Task.WhenAny(reading, Task.Delay(Pause, cancellation)) != reading)
            {
                text.Flush(output.Buffer);
                await output.FlushAsync(cancellation);
            }

            ReadResult read = await reading;
            foreach (ReadOnlyMemory<byte> piece in read.Buffer)
            {
                text.Append(piece.Span, output.Buffer);
                await output.FlushAsync(cancellation);
            }

            input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                text.Complete(output.Buffer);
                await output.FlushAsync(cancellation);
                return null;
            }
        }
    }
}
