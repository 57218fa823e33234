using System.Buffers;
using System.IO.Pipelines;
using Redactor.Redact;
using Redactor.Rules;

namespace Redactor.Cli;

/// <summary>Masks one JSON value a line. Line ends, blanks around a value and empty lines stay as they are.</summary>
internal static class JsonLinesPipe
{
    /// <summary>Greatest length of a line in bytes: 64 MiB, as much as OTLP recommends for one request.</summary>
    private const int MaxLineLength = 64 * 1024 * 1024;

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>Masks until the input ends or a line is no JSON value. Returns what was wrong, without any of the text, or null.</summary>
    public static async Task<string?> RunAsync(PipeReader input, PipeOutput output, RuleSet rules, CancellationToken cancellation)
    {
        long lines = 0, searched = 0;
        while (true)
        {
            ReadResult read = await input.ReadAsync(cancellation);
            ReadOnlySequence<byte> rest = read.Buffer;
            string? wrong = null;
            while (wrong is null && rest.Slice(searched).PositionOf((byte)'\n') is { } end)
            {
                SequencePosition next = rest.GetPosition(1, end);
                wrong = Mask(rest.Slice(0, next), ++lines, rules, output.Buffer);
                rest = rest.Slice(next);
                searched = 0;
            }

            searched = rest.Length;
            if (wrong is null && searched > MaxLineLength)
            {
                wrong = $"line {lines + 1} is longer than {MaxLineLength / (1024 * 1024)} MiB";
            }
            else if (wrong is null && read.IsCompleted && !rest.IsEmpty)
            {
                wrong = Mask(rest, lines + 1, rules, output.Buffer);
            }

            // The lines before a wrong one are as good as any.
            await output.FlushAsync(cancellation);
            if (wrong is not null || read.IsCompleted)
            {
                return wrong;
            }

            input.AdvanceTo(rest.Start, rest.End);
        }
    }

    private static string? Mask(ReadOnlySequence<byte> line, long number, RuleSet rules, IBufferWriter<byte> output)
    {
        ReadOnlyMemory<byte> text = line.IsSingleSegment ? line.First : line.ToArray();
        int start = text.Span.IndexOfAnyExcept(Blanks);
        if (start < 0)
        {
            output.Write(text.Span);
            return null;
        }

        int end = text.Span.LastIndexOfAnyExcept(Blanks) + 1;
        RedactedText value = JsonRedactor.Redact(text[start..end], rules);
        switch (value.Status)
        {
            case RedactionStatus.Ok:
                output.Write(text.Span[..start]);
                output.Write(value.Bytes.Span);
                output.Write(text.Span[end..]);
                return null;
            case RedactionStatus.TooDeep:
                return $"line {number} is nested deeper than {Locate.LocateLimits.MaxNesting} levels; it and what follows was not written";
            case RedactionStatus.TooDense:
                return $"line {number} has more places to look at than there is memory meant for; it and what follows was not written";
            default:
                return $"line {number} is no JSON value; it and what follows was not written (leave out --ndjson for plain text)";
        }
    }
}
