namespace Redactor.Redact.Chunks;

/// <summary>The ends of streams' texts that were received lately, in bounded memory: what is over goes first. Not thread-safe.</summary>
/// <param name="maxBytes">The bound, for texts and for requests that are held.</param>
internal sealed class StreamMemory(long maxBytes)
{
    private readonly Dictionary<string, List<StreamEnds>> streams = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset Arrived, StreamEnds Ends)> arrivals = new();
    private long bytes;

    /// <summary>Bytes in use.</summary>
    public long Bytes => bytes;

    /// <summary>Takes room for a request that is held; false if there is none.</summary>
    public bool TryHold(int size)
    {
        if (bytes + size > maxBytes)
        {
            return false;
        }

        bytes += size;
        return true;
    }

    /// <summary>Gives the room back.</summary>
    public void Release(int size) => bytes -= size;

    /// <summary>Forgets what arrived before.</summary>
    public void Forget(DateTimeOffset before)
    {
        while (arrivals.TryPeek(out var oldest) && oldest.Arrived < before)
        {
            ForgetOldest();
        }
    }

    /// <summary>Remembers a text, in the order in which the pieces of its stream were written, as far as they say; in that of arrival else.</summary>
    public void Add(StreamEnds ends, DateTimeOffset now)
    {
        if (!streams.TryGetValue(ends.Stream, out List<StreamEnds>? known))
        {
            streams.Add(ends.Stream, known = []);
        }

        if (known.Exists(ends.IsSame))
        {
            // Sent again, by one who was not answered.
            return;
        }

        int place = known.FindLastIndex(other => other.Time == 0 || ends.Time == 0 || other.Time <= ends.Time) + 1;
        known.Insert(place, ends);
        arrivals.Enqueue((now, ends));
        bytes += ends.Size;
        while (bytes > maxBytes && arrivals.Count > 0)
        {
            ForgetOldest();
        }
    }

    /// <summary>What is remembered around a text.</summary>
    public StreamContext Around(StreamEnds ends)
    {
        List<StreamEnds> known = streams.GetValueOrDefault(ends.Stream, []);
        int place = known.FindIndex(ends.IsSame);
        byte[] before = [.. known.Take(Math.Max(0, place)).SelectMany(other => other.Tail).TakeLast(ChunkLimits.Window)];
        byte[] after = place < 0 ? [] : [.. known.Skip(place + 1).SelectMany(other => other.Head).Take(ChunkLimits.Window)];
        bool isOpen = ends.IsStreamed && OpenToken.LengthAtEnd([.. before, .. ends.Tail]) > 0 && !OpenToken.EndsIn(after) && after.Length < ChunkLimits.Window;
        return new StreamContext(before, after, isOpen);
    }

    private void ForgetOldest()
    {
        StreamEnds oldest = arrivals.Dequeue().Ends;
        if (streams.TryGetValue(oldest.Stream, out List<StreamEnds>? known) && known.RemoveAll(other => ReferenceEquals(other, oldest)) > 0)
        {
            bytes -= oldest.Size;
            if (known.Count == 0)
            {
                streams.Remove(oldest.Stream);
            }
        }
    }
}
