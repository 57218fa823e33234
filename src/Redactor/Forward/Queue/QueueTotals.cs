namespace Redactor.Forward.Queue;

/// <summary>How much of something there is.</summary>
/// <param name="Count">Batches.</param>
/// <param name="Bytes">Of their payloads.</param>
internal readonly record struct Amount(long Count, long Bytes)
{
    public static Amount operator +(Amount a, Amount b) => new(a.Count + b.Count, a.Bytes + b.Bytes);
}

/// <summary>What the file holds, counted along: asking costs nothing. Thread-safe; the writer alone changes it, after its commits.</summary>
internal sealed class QueueTotals
{
    private readonly Lock gate = new();
    private Contents contents = new();
    private long reserved;

    /// <summary>The payloads that wait, each once, in bytes.</summary>
    public long QueuedBytes
    {
        get
        {
            lock (gate)
            {
                return contents.QueuedBytes;
            }
        }
    }

    /// <summary>The dead letters of all backends.</summary>
    public Amount Dead
    {
        get
        {
            lock (gate)
            {
                return contents.Dead.Values.Aggregate(default(Amount), (sum, one) => sum + one);
            }
        }
    }

    /// <summary>What waits in a lane.</summary>
    public Amount Of(LaneKey lane)
    {
        lock (gate)
        {
            return contents.Lanes.GetValueOrDefault(lane);
        }
    }

    /// <summary>The dead letters by backend.</summary>
    public IReadOnlyDictionary<string, Amount> DeadByExporter
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<string, Amount>(contents.Dead);
            }
        }
    }

    /// <summary>The backend with the most bytes waiting; null if nothing waits.</summary>
    public (string Exporter, long Bytes)? Longest()
    {
        lock (gate)
        {
            return contents.Lanes.Where(l => l.Value.Bytes > 0).GroupBy(l => l.Key.Exporter, l => l.Value.Bytes)
                .Select(g => ((string Exporter, long Bytes)?)(g.Key, g.Sum())).MaxBy(g => g!.Value.Bytes);
        }
    }

    /// <summary>Takes room for a payload that is about to be written; false if there is none.</summary>
    public bool TryReserve(long bytes, long max)
    {
        lock (gate)
        {
            if (contents.QueuedBytes + reserved + bytes > max)
            {
                return false;
            }

            reserved += bytes;
            return true;
        }
    }

    /// <summary>Gives the room back: the payload is counted as content now, or was not written.</summary>
    public void Release(long bytes)
    {
        lock (gate)
        {
            reserved -= bytes;
        }
    }

    /// <summary>Adds what a commit changed.</summary>
    public void Add(Contents change)
    {
        lock (gate)
        {
            contents.Add(change);
        }
    }

    /// <summary>Begins anew with what was counted in the file.</summary>
    public void Reset(Contents counted)
    {
        lock (gate)
        {
            contents = counted;
        }
    }

    /// <summary>What is in a file, or how a commit changed it.</summary>
    internal sealed class Contents
    {
        public Dictionary<LaneKey, Amount> Lanes { get; } = [];

        public Dictionary<string, Amount> Dead { get; } = [];

        public long QueuedBytes { get; set; }

        public void AddTo(LaneKey lane, Amount amount) => Lanes[lane] = Lanes.GetValueOrDefault(lane) + amount;

        public void AddToDead(string exporter, Amount amount) => Dead[exporter] = Dead.GetValueOrDefault(exporter) + amount;

        public void Add(Contents other)
        {
            QueuedBytes += other.QueuedBytes;
            foreach (var (lane, amount) in other.Lanes)
            {
                AddTo(lane, amount);
            }

            foreach (var (exporter, amount) in other.Dead)
            {
                AddToDead(exporter, amount);
            }
        }
    }
}
