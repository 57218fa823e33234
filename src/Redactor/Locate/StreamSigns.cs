using System.Runtime.CompilerServices;

namespace Redactor.Locate;

/// <summary>
/// Whether a request of traces or logs may hold a streamed text in pieces: a span with several events, or neighbouring log records of one span. Most have neither, and
/// are looked at no further. Told of every record as the walk over the request comes by.
/// </summary>
public sealed class StreamSigns
{
    // Of a span: events (11); of a log record: span id (10). Neither has what the other has under that number in the same wire type.
    private const int Events = 11, SpanId = 10;

    private int events;
    private (int Start, int Length) span, before;

    /// <summary>Whether there may be one.</summary>
    public bool Any { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Clear() => (events, span, before, Any) = (0, default, default, false);

    /// <summary>Takes the next field of a record.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in WireField field)
    {
        if (field.Type != WireType.Length)
        {
            return;
        }

        if (field.Number == Events)
        {
            Any |= ++events > 1;
        }
        else if (field.Number == SpanId && span.Length == 0)
        {
            span = (field.Start, field.Length);
        }
    }

    /// <summary>Ends a record.</summary>
    public void EndRecord(ReadOnlySpan<byte> payload)
    {
        Any |= span.Length > 0 && payload.Slice(span.Start, span.Length).SequenceEqual(payload.Slice(before.Start, before.Length));
        (events, span, before) = (0, default, span);
    }
}
