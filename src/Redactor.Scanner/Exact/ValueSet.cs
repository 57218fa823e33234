using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Redactor.Scanning.Automata;
using Redactor.Scanning.Judging;

namespace Redactor.Scanning.Exact;

/// <summary>
/// A set of byte strings, by the ten thousand, that is searched for as one and does not hold them. Immutable and safe to share between threads.
/// </summary>
/// <remarks>
/// If the shortest value has 16 bytes, windows have 8 and the text is looked at every 9 bytes: wherever a value stands, one of any nine
/// neighbouring windows in it falls on such a place. The text <c>to=alice id=kZ81mfQ04xVbYw73 ok</c> and the value <c>kZ81mfQ04xVbYw73</c>:
/// <code>
///   to=alice id=kZ81mfQ04xVbYw73 ok
///   |        |        |                 windows at 0, 9 and 18: "to=alice", "id=kZ81m", "04xVbYw7"
/// </code>
/// <list type="number">
/// <item><b>Runs.</b> The value is made of word bytes alone, so only what stands in 16 of them in a row can be part of it: 9 and 18. In text 1 place in 6 to 16 is
/// left (<see cref="ValuePlaces"/>).</item>
/// <item><b>Bitmap.</b> Each such window is hashed into a bitmap of the windows of all values. That at 9 is in no value and most likely ends here:
/// with 5,000 values 1 in 190 passes, with 100,000 1 in 30 to 75.</item>
/// <item><b>Bitmap.</b> What remains is looked up once more, under another key: of chance 1 in 15 to 30 is left.</item>
/// <item><b>Table.</b> For <c>04xVbYw7</c> there is an entry, so 18 is a candidate. The entry says: a value of 16 bytes, 6 bytes into it.</item>
/// <item><b>Proof.</b> Then it would stand from 12 to 28. A keyed hash of exactly these bytes is looked up among the hashes of all values; it names the rule.</item>
/// </list>
/// The nine windows are the middle ones of a value, as many keys of one kind begin or end alike. Values of one length that share a window are
/// one entry and one hash, whatever their number: a place costs at most as many hashes as there are pairs of (length, offset) among the values that
/// its window is in, and a unit at most its budget of steps, of which a hashed byte is one. There is at most one candidate a stride.
/// <para>
/// What is kept of a value is its length, parts of the hashes of its nine to sixteen middle windows and 128 bits of one of the whole, all under keys made
/// for this set. So no value lies in memory; but who has all of that memory has the keys too, and can try values, and even windows of 8 bytes, by brute force.
/// </para>
/// </remarks>
internal sealed class ValueSet
{
    /// <summary>From this length of the shortest value on, windows are longer: text and other values then hold them less often.</summary>
    private const int LongWindowFrom = 20;
    private const int LongWindow = 12;
    private const int ShortWindow = 8;

    /// <summary>Greatest distance of two places: each byte of it is one more window a value in the table.</summary>
    private const int MaxStride = 1 << OffsetBits;
    private const int OffsetBits = 4;

    private readonly bool standAlone;
    private readonly int[] lengths;
    private readonly FingerprintKey key;
    private readonly FingerprintTable table;
    private readonly SipHash128 hash = SipHash128.Create();
    private readonly ProofTable proofs;

    /// <summary>Builds the set. Of equal values the one of the first rule counts.</summary>
    /// <param name="values">The values, at least one, each of <see cref="ScanLimits.MinExactLength"/> to <see cref="ScanLimits.MaxMatchLength"/> bytes.</param>
    /// <param name="standAlone">Whether they count only where they are no part of a longer word.</param>
    internal ValueSet(IReadOnlyList<ExactValue> values, bool standAlone = false)
    {
        this.standAlone = standAlone;
        lengths = [.. values.Select(v => v.Value.Length).Distinct().Order()];
        Window = lengths[0] < LongWindowFrom ? ShortWindow : LongWindow;
        Stride = Math.Min(lengths[0] - Window + 1, MaxStride);
        key = FingerprintKey.Create(Window);
        var hashes = new UInt128[values.Count];
        var rules = new int[values.Count];
        var windows = new UInt128[checked(values.Count * Stride)];
        Places = new ValuePlaces(Window, Stride, values.Max(value => ValuePlaces.KindOf(Middle(value.Value.Span, Window + Stride - 1))));
        int plain = Places.Selects ? values.Sum(value => CountPlain(value.Value.Span)) : 0;
        FirstLook = new FingerprintBitmap(Window, plain, windows.Length - plain, parted: Places.Selects);
        SecondLook = new FingerprintBitmap(Window, 0, windows.Length, parted: false);
        try
        {
            for (int i = 0; i < values.Count; i++)
            {
                ReadOnlySpan<byte> value = values[i].Value.Span;
                (hashes[i], rules[i]) = (hash.Of(value), values[i].Rule);
                AddWindows(value, windows.AsSpan(i * Stride, Stride));
            }

            proofs = new ProofTable(hashes, rules);
            windows.AsSpan().Sort();
            table = new FingerprintTable(windows.AsSpan(0, RemoveRepeats(windows)));
        }
        finally
        {
            // Whole fingerprints say more than what is kept of them.
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(windows.AsSpan()));
        }
    }

    /// <summary>How many bytes of a text a fingerprint is made of.</summary>
    internal int Window { get; }

    /// <summary>The distance of the places that are looked at, in bytes.</summary>
    internal int Stride { get; }

    /// <summary>The length of the longest value in bytes.</summary>
    internal int MaxLength => lengths[^1];

    /// <summary>The first stage.</summary>
    internal ValuePlaces Places { get; }

    /// <summary>The second stage.</summary>
    internal FingerprintBitmap FirstLook { get; }

    /// <summary>The third stage.</summary>
    internal FingerprintBitmap SecondLook { get; }

    /// <summary>How many different values there are.</summary>
    internal int Count => proofs.Count;

    /// <summary>What the windows of <paramref name="value"/> are made of (<see cref="ValuePlaces.KindOf"/>), whatever others it is searched for with.</summary>
    internal static int KindOf(ReadOnlySpan<byte> value) => ValuePlaces.KindOf(Middle(value, LongWindow + MaxStride - 1));

    /// <summary>Whether <paramref name="value"/> is one of them.</summary>
    internal bool Contains(ReadOnlySpan<byte> value) => proofs.TryFind(hash.Of(value), out _);

    /// <summary>Adds every place in a part of a text where a window of some value may stand, in ascending order: one place a stride at most.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where the part begins: at 0, or behind at least 64 bytes.</param>
    /// <param name="until">Where it ends; a window that begins before may reach beyond.</param>
    /// <param name="atom">What the candidates have for an atom.</param>
    /// <param name="candidates">Receives the places.</param>
    [SkipLocalsInit]
    internal void FindCandidates(ReadOnlySpan<byte> text, int from, int until, int atom, CandidateList candidates)
    {
        Span<ushort> kept = stackalloc ushort[Places.Room(until - from)];

        // The same places whatever the parts are: two strides that do not go on with one another would see a value twice.
        for (int at = Places.FirstFrom(from); at < until && at <= text.Length - Window; at += Math.Min(Places.BlockLength, until - at))
        {
            int count = Places.List(text, at, until, kept);
            ReadOnlySpan<byte> block = text[at..];
            count = FirstLook.Keep(block, kept[..count]);
            if (count == 0)
            {
                continue;
            }

            count = SecondLook.Keep(block, kept[..count]);
            foreach (ushort place in kept[..count])
            {
                int seen = 0;
                if (table.TryNext(key.Of(in block[place]), ref seen, out _))
                {
                    candidates.Add(at + place, atom);
                }
            }
        }
    }

    /// <summary>Adds a finding for each value that stands around a candidate.</summary>
    /// <param name="unit">The unit of text.</param>
    /// <param name="place">Where in it the candidate's window begins.</param>
    /// <param name="from">Where the first value may start.</param>
    /// <param name="until">Just behind where the last may.</param>
    /// <param name="budget">The steps that are left for the unit; each byte that is hashed is one.</param>
    /// <param name="findings">Receives the findings.</param>
    /// <returns>Whether the budget sufficed.</returns>
    internal bool TryConfirm(ReadOnlySpan<byte> unit, int place, int from, int until, ref long budget, FindingList findings)
    {
        if (place > unit.Length - Window)
        {
            return true;
        }

        ulong fingerprint = key.Of(in unit[place]);
        int seen = 0;
        while (table.TryNext(fingerprint, ref seen, out int entry))
        {
            int length = lengths[entry >> OffsetBits], offset = entry & (MaxStride - 1);
            int start = place - offset - FirstWindow(length), end = start + length;
            if (start < from || start >= until || end > unit.Length)
            {
                continue;
            }

            budget -= length;
            if (budget < 0)
            {
                return false;
            }

            if (proofs.TryFind(hash.Of(unit[start..end]), out int rule)
                && (!standAlone || StandsAlone(unit, start, end))
                && !MaskText.Covers(unit, start, end))
            {
                findings.Add(new Finding(rule, start, length));
            }
        }

        return true;
    }

    /// <summary>Whether a value is no part of a longer word: at neither of its ends two letters, digits or underscores stand side by side.</summary>
    private static bool StandsAlone(ReadOnlySpan<byte> unit, int start, int end) => !IsInWord(unit, start) && !IsInWord(unit, end);

    private static bool IsInWord(ReadOnlySpan<byte> unit, int place) =>
        place > 0 && place < unit.Length && ByteClasses.Word.Contains(unit[place - 1]) && ByteClasses.Word.Contains(unit[place]);

    /// <summary>Moves what differs from its forerunner to the front of a sorted array and returns how much that is.</summary>
    private static int RemoveRepeats(UInt128[] sorted)
    {
        int count = 1;
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] != sorted[count - 1])
            {
                sorted[count++] = sorted[i];
            }
        }

        return count;
    }

    private int CountPlain(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> middle = Middle(value, Window + Stride - 1);
        int count = 0;
        for (int offset = 0; offset < Stride; offset++)
        {
            count += FingerprintBitmap.IsPlain(in middle.Slice(offset, Window)[0]) ? 1 : 0;
        }

        return count;
    }

    private void AddWindows(ReadOnlySpan<byte> value, Span<UInt128> windows)
    {
        int kind = Array.BinarySearch(lengths, value.Length);
        ReadOnlySpan<byte> middle = Middle(value, Window + Stride - 1);
        for (int offset = 0; offset < Stride; offset++)
        {
            ref readonly byte window = ref middle.Slice(offset, Window)[0];
            FirstLook.Add(in window);
            SecondLook.Add(in window);
            windows[offset] = new UInt128(key.Of(in window), (uint)((kind << OffsetBits) | offset));
        }
    }

    /// <summary>Where the windows of a value begin: as far from its start as from its end.</summary>
    private int FirstWindow(int length) => (length - Window - Stride + 1) / 2;

    private static ReadOnlySpan<byte> Middle(ReadOnlySpan<byte> value, int length)
    {
        int taken = Math.Min(value.Length, length);
        return value.Slice((value.Length - taken) / 2, taken);
    }
}
