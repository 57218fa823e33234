namespace Redactor.Scanning.Filtering;

/// <summary>
/// Which buckets admit which byte at which position of a window, in the forms that kernels look it up in.
/// Where a byte's entry for position 0 and its followers' entries for 1, 2 and so on share a bit, the window of some atom in that bucket may be.
/// </summary>
internal sealed class WindowTables
{
    private const int MaxGroups = Window.MaxBuckets / 8;

    private readonly uint[][] buckets;
    private readonly byte[] bytes;
    private readonly byte[] lowBits;
    private readonly byte[] highBits;

    /// <summary>Fills the tables from the windows that were chosen, of <paramref name="length"/> positions each.</summary>
    public WindowTables(IEnumerable<Window> windows, int length)
    {
        Length = length;
        buckets = [.. Enumerable.Range(0, length).Select(_ => new uint[256])];
        bytes = new byte[MaxGroups * length * 128];
        lowBits = new byte[MaxGroups * length * 16];
        highBits = new byte[MaxGroups * length * 16];
        foreach (Window window in windows)
        {
            Groups = Math.Max(Groups, (window.Bucket / 16 * 2) + 2);
            for (int position = 0; position < length; position++)
            {
                foreach (byte value in window[position].Bytes())
                {
                    Admit(window.Bucket, position, value);
                }
            }
        }
    }

    /// <summary>How many positions a window has: <see cref="Window.Long"/> or <see cref="Window.Short"/>.</summary>
    public int Length { get; }

    /// <summary>How many groups have a window; an even number.</summary>
    public int Groups { get; }

    /// <summary>For each byte the buckets that admit it, a bit each.</summary>
    public ReadOnlySpan<uint> Buckets(int position) => buckets[position];

    /// <summary>
    /// For each seven low bits of a byte the buckets of one group (of eight) that admit some byte with them.
    /// </summary>
    public ReadOnlySpan<byte> Bytes(int group, int position) => bytes.AsSpan((group * Length + position) * 128, 128);

    /// <summary>For bits 0 to 3 of a byte the buckets of one group that admit some byte with them.</summary>
    public ReadOnlySpan<byte> LowBits(int group, int position) => lowBits.AsSpan((group * Length + position) * 16, 16);

    /// <summary>For bits 3 to 6 of a byte the buckets of one group that admit some byte with them.</summary>
    public ReadOnlySpan<byte> HighBits(int group, int position) => highBits.AsSpan((group * Length + position) * 16, 16);

    private void Admit(int bucket, int position, byte value)
    {
        byte bit = (byte)(1 << (bucket & 7));
        int table = (bucket >> 3) * Length + position;
        buckets[position][value] |= 1u << bucket;
        bytes[table * 128 + (value & 0x7F)] |= bit;
        lowBits[table * 16 + (value & 15)] |= bit;
        highBits[table * 16 + (value >> 3 & 15)] |= bit;
    }
}
