using Redactor.Redact.Conversations;

namespace Redactor.Redact.Chunks;

/// <summary>The two ends of what one request holds of a stream.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="Time">When the first piece was written, nanoseconds since 1970; 0: not said.</param>
/// <param name="Head">The text's first bytes, at most <see cref="ChunkLimits.Window"/>.</param>
/// <param name="Tail">Its last bytes, likewise.</param>
/// <param name="IsStreamed">Whether it is sure to be a stream: of a conversation, an event, or JSON in pieces. Log lines that happen to follow each other are not.</param>
internal sealed record StreamEnds(string Stream, ulong Time, byte[] Head, byte[] Tail, bool IsStreamed)
{
    /// <summary>Bytes of memory it takes.</summary>
    public int Size => Head.Length + Tail.Length + Stream.Length + ChunkLimits.KeptOverhead;

    /// <summary>The ends of all streams of a request.</summary>
    public static List<StreamEnds> Read(Payload payload)
    {
        List<StreamEnds> ends = [];
        if (payload.Signal is not (Signal.Traces or Signal.Logs) || payload.Encoding is not (PayloadEncoding.Protobuf or PayloadEncoding.Json))
        {
            return ends;
        }

        var collector = new ChunkCollector();
        var joined = new JoinedText();
        var siblings = new Siblings();
        ReadOnlySpan<byte> bytes = payload.Bytes.Span;
        collector.Read(bytes, payload.Encoding, payload.Signal);
        var around = new FieldSurroundings(bytes, payload.Encoding, collector.Fields, payload.Signal);
        foreach (ChunkStream stream in collector.Streams)
        {
            joined.Clear();
            foreach (ChunkPiece piece in stream.Pieces)
            {
                joined.Add(piece, collector.TextOf(piece.Field, bytes));
            }

            if (stream.Name[0] != ' ' && !joined.IsConstant)
            {
                ReadOnlySpan<byte> text = joined.Text;
                int kept = Math.Min(text.Length, ChunkLimits.Window);
                ChunkPiece first = stream.Pieces[0];
                bool isStreamed = first.InJson || new ContentFinder(bytes, payload.Encoding, collector.Fields, siblings).IsStreamed(first.Field);
                ends.Add(new StreamEnds(stream.Name, ChunkStreams.TimeOf(around.EventOf(first.Field), payload.Encoding), text[..kept].ToArray(), text[^kept..].ToArray(), isStreamed));
            }
        }

        return ends;
    }

    /// <summary>Whether both are the same text of the same request, sent again.</summary>
    public bool IsSame(StreamEnds other) => Time == other.Time && Head.AsSpan().SequenceEqual(other.Head) && Tail.AsSpan().SequenceEqual(other.Tail);
}
